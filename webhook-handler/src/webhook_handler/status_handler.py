"""The Lambda entry for status callbacks; apart from the message webhook, so that this one starts without the ledger."""

import time
from contextlib import suppress
from functools import cache
from typing import Any

from ai_voice_shared.errors import Misconfigured
from webhook_handler import replies, settings, status_wiring
from webhook_handler.status import StatusWebhook, told


@cache
def webhook() -> StatusWebhook:
    """The webhook of this process; raises Misconfigured."""
    return status_wiring.build(settings.load_status())


with suppress(Misconfigured):
    webhook()  # inside Lambda's init phase, which has a whole CPU; what is wrong is told with each request


def handle(event: Any, _context: object) -> dict[str, object]:
    """Answers one request; never fails, whatever the event holds."""
    try:
        ready = webhook()
    except Misconfigured as error:
        return told(replies.refusal(error), time.perf_counter())
    return ready.answer(event)
