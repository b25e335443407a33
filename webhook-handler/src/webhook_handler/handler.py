"""The Lambda entry: an HTTP API event in, an HTTP answer out."""

import time
from contextlib import suppress
from functools import cache
from typing import Any

from ai_voice_shared.errors import Misconfigured
from webhook_handler import replies, settings
from webhook_handler.webhook import Webhook, told
from webhook_handler.wiring import build


@cache
def webhook() -> Webhook:
    """The webhook of this process; raises Misconfigured."""
    return build(settings.load())


with suppress(Misconfigured):
    webhook()  # inside Lambda's init phase, which has a whole CPU; what is wrong is told with each request


def handle(event: Any, _context: object) -> dict[str, object]:
    """Answers one request; never fails, whatever the event holds."""
    try:
        ready = webhook()
    except Misconfigured as error:
        return told(replies.refusal(error), time.perf_counter())
    return ready.answer(event)
