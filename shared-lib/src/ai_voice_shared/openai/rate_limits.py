"""How long to wait when a server says that there were too many requests, from the headers of its answer."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from ai_voice_shared.domain import now

USUAL = 20
"""Seconds, if the answer does not say."""

LONGEST = 3_600
"""Seconds; if a server says more, we ask again after this time."""

_RESETS = ("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens")
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds_to_wait(headers: Mapping[str, str]) -> int:
    """Whole seconds, from 1 to `LONGEST`; `headers` are found in upper or lower case.

    `Retry-After` decides (seconds or a date: RFC 9110), otherwise the later of the two resets (such as `6m0s`: OpenAI,
    "Rate limits").
    """
    told = _lowered(headers)
    seconds = next(_asked_for(told), None)
    if seconds is None:
        seconds = max(_resets(told), default=USUAL)
    return math.ceil(max(1, min(LONGEST, seconds)))


def asked_to_wait(headers: Mapping[str, str]) -> bool:
    """Whether the answer says when to try again."""
    return "retry-after" in _lowered(headers)


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): value.strip() for name, value in headers.items()}


def _asked_for(headers: Mapping[str, str]) -> Iterator[float]:
    value = headers.get("retry-after", "")
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]*)?", value):
        yield float(value)
    elif value:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return
        yield (moment.replace(tzinfo=moment.tzinfo or UTC) - now()).total_seconds()


def _resets(headers: Mapping[str, str]) -> Iterator[float]:
    for name in _RESETS:
        value = headers.get(name, "")
        if value and not _PART.sub("", value):
            yield sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(value))
