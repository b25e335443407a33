"""A question over HTTP, answered in one piece."""

from fastapi import APIRouter, Security

from data_api_server.gateway.auth import Caller, InPace
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Wired
from data_api_server.models import ask_examples, examples
from data_api_server.models.ask import AnswerShown, Ask
from data_api_server.notes.asking import Asking

router = APIRouter(
    prefix="/v1/ask",
    tags=["ask"],
    dependencies=[Security(API_KEY), READ],
    responses=documented(429, 502),
)


@router.post(
    "",
    summary="Ask the notes",
    dependencies=[InPace],
    responses=examples.shown(ask_examples.ANSWER),
)
def ask(caller: Caller, services: Wired, asked: Ask) -> AnswerShown:
    """Every statement cites the notes word for word, with the second at which it was said.

    Here an answer takes at most half a minute. Over the WebSocket (see `/v1/tickets`) it may take longer, and each
    statement arrives as soon as it is verified.
    """
    asking = Asking(services.answering, services.notes, services.store, services.url_seconds, services.quotas)
    return asking.answered(asked, caller)
