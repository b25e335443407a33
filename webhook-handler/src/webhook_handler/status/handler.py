"""The Lambda entry for status callbacks: its own function, so that the one for messages starts without the ledger."""

from functools import cache

from webhook_handler.endpoint import Endpoint, lambda_entry
from webhook_handler.status import settings, wiring
from webhook_handler.status.webhook import EVENT


@cache
def endpoint() -> Endpoint:
    """The endpoint of this process; raises Misconfigured."""
    return wiring.build(settings.load())


handle = lambda_entry(EVENT, endpoint)
