"""The Lambda entry for messages: an HTTP API event in, an HTTP response out."""

from functools import cache

from webhook_handler.endpoint import Endpoint, lambda_entry
from webhook_handler.message import settings, wiring
from webhook_handler.message.webhook import EVENT


@cache
def endpoint() -> Endpoint:
    """The endpoint of this process; raises Misconfigured."""
    return wiring.build(settings.load())


handle = lambda_entry(EVENT, endpoint)
