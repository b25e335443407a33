"""Which failure becomes which problem over the WebSocket. For HTTP, problems.py says so (and imports FastAPI)."""

from http import HTTPStatus

from pydantic import JsonValue

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.records.paces import TooFast
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.telemetry import log, metric
from data_api_server.gateway.problem_texts import DETAILS, OVER_BUDGET, TOO_FAST, TYPES, place
from data_api_server.models.ask import Unknown


class Unusable(Exception):  # noqa: N818 - reads as what it is
    """A message that cannot be answered, for a reason that the client may know."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem(error: Exception) -> dict[str, JsonValue]:  # noqa: PLR0911 - one return a rule
    """Title, detail and status (RFC 9457). Details that only we may know are logged."""
    match error:
        case Unusable(status=status, detail=detail):
            return _problem(status, detail)
        case Unknown():
            return _problem(422, str(error))
        case OverBudget():
            return {"type": TYPES[OVER_BUDGET], **_problem(OVER_BUDGET, DETAILS[OVER_BUDGET])}
        case TooFast():
            return _problem(OVER_BUDGET, TOO_FAST["detail"]) | {"type": TOO_FAST["type"], "retry_after": error.seconds}
        case RetryLater():
            log("unavailable", reason=str(error))
            return _problem(503, DETAILS[503])
        case DeadLetter():
            log("answer_refused", reason=str(error))
            return _problem(502, DETAILS[502])
        case _:
            metric("UnexpectedError", error=type(error).__name__, at=place(error))
            return _problem(500, DETAILS[500])


def _problem(status: int, detail: str) -> dict[str, JsonValue]:
    return {"title": HTTPStatus(status).phrase, "detail": detail, "status": status}
