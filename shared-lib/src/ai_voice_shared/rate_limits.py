"""How long to wait when a server says that it was asked too much, from the headers of its answer."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from ai_voice_shared.domain import now

USUAL = 20
"""Seconds, when the answer does not tell."""

LONGEST = 900
"""Seconds; whoever says more is asked again by then."""

_RESETS = ("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens")
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds_to_wait(headers: Mapping[str, str]) -> int:
    """Whole seconds, from 1 to `LONGEST`; `headers` are found whatever their case.

    `Retry-After` decides (seconds or a date: RFC 9110), else the later of the two resets (such as `6m0s`: OpenAI,
    "Rate limits").
    """
    told = {name.casefold(): value.strip() for name, value in headers.items()}
    seconds = max(_asked_for(told), default=None) or max(_resets(told), default=None) or USUAL
    return max(1, min(LONGEST, math.ceil(seconds)))


def _asked_for(headers: Mapping[str, str]) -> Iterator[float]:
    value = headers.get("retry-after", "")
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]*)?", value):
        yield float(value)
    elif value:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return
        yield (moment.replace(tzinfo=moment.tzinfo or UTC) - now()).total_seconds()


def _resets(headers: Mapping[str, str]) -> Iterator[float]:
    for name in _RESETS:
        value = headers.get(name, "")
        if value and not _PART.sub("", value):
            yield sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(value))
