"""How a log record is shown to an operator as one line."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from ai_voice_operations.problems import Refused

_SPAN = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

_NOISE = {"platform.start", "platform.initStart", "platform.initRuntimeDone", "platform.runtimeDone"}
"""What `platform.report` sums up (AWS Lambda, "Lambda Telemetry API Event schema reference")."""

_FAILED = re.compile(r"ERROR|Traceback|errorType=|level=error|\bfailed\b|Status: (error|timeout)", re.IGNORECASE)
"""What a line of a failure has, of ours and of Lambda's."""

_HIDDEN = {"_aws", "event", "type", "time", "timestamp"}


def seconds(span: str) -> int:
    """The seconds of a time such as 90s, 15m, 2h or 3d; raises Refused."""
    match = _SPAN.fullmatch(span)
    if not match:
        raise Refused(f"SINCE is a time such as 90s, 15m, 2h or 3d, not {span}.")
    return int(match[1]) * _SECONDS[match[2]]


def line(source: str, milliseconds: int, message: str) -> str | None:
    """The record as one line: when (UTC), where, what; None for a record without use for an operator."""
    at = f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%H:%M:%S}.{milliseconds % 1000:03d}"
    record = _parsed(message)
    if record is None:
        return f"{at} {source:<22} {' '.join(message.split())}"
    kind = str(record.get("event") or record.get("type") or record.get("level") or "")
    if kind in _NOISE:
        return None
    told = " ".join(f"{name}={value}" for name, value in _fields(record))
    return f"{at} {source:<22} {kind:<18} {told}".rstrip()


def style(told: str) -> str:
    """The colour of a line for a person: what failed is red."""
    return "red" if _FAILED.search(told) else ""


def _parsed(message: str) -> dict[str, Any] | None:
    try:
        record = json.loads(message)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _fields(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if not prefix and name in _HIDDEN:
            continue
        if isinstance(value, dict):
            yield from _fields(value, f"{prefix}{name}.")
        elif value is not None and value != "":
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"{prefix}{name}", json.dumps(text, ensure_ascii=False) if " " in text else text
