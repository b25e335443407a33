"""Which failure is told as which problem over the WebSocket; over HTTP, problems.py says so (and costs FastAPI)."""

import traceback
from http import HTTPStatus
from pathlib import PurePath

from pydantic import JsonValue

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.telemetry import log, metric
from ai_voice_shared.usage import OverBudget


class Unusable(Exception):  # noqa: N818 - reads as what it is
    """A message that can not be answered, for a reason the client may know."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem(error: Exception) -> dict[str, JsonValue]:
    """Title, detail and status (RFC 9457); what only we may know is logged."""
    match error:
        case Unusable(status=status, detail=detail):
            return _problem(status, detail)
        case OverBudget():
            over = _problem(429, "This month's allowance is used up; ask again once there is room.")
            return {"type": "urn:problem:over-budget", **over}
        case RetryLater():
            log("unavailable", reason=str(error))
            return _problem(503, "What this needs does not answer right now; try again in a few seconds.")
        case DeadLetter():
            log("answer_refused", reason=str(error))
            return _problem(502, HTTPStatus.BAD_GATEWAY.description)
        case _:
            metric("UnexpectedError", error=type(error).__name__, at=_place(error))
            return _problem(500, "Something unexpected happened; it has been logged.")


def _problem(status: int, detail: str) -> dict[str, JsonValue]:
    return {"title": HTTPStatus(status).phrase, "detail": detail, "status": status}


def _place(error: Exception) -> str:
    """Where it was raised; not what it says, which may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
