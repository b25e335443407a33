"""Which times clients may name: ISO 8601, in UTC unless it says otherwise."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def _iso(given: object) -> object:
    """Pydantic alone would take a number for seconds or milliseconds since 1970, whichever it looks like."""
    if isinstance(given, datetime) or (isinstance(given, str) and _DATED.match(given)):
        return given
    raise PydanticCustomError("refused", "Should be a time as ISO 8601 writes it")


def _utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("refused", "Should be a time that UTC can tell") from None


Moment = Annotated[datetime, BeforeValidator(_iso), AfterValidator(_utc)]
"""A time that a client names, in UTC."""
