"""The Lambda entry for calls: its own function, because a caller hears how fast it starts."""

from functools import cache

from webhook_handler.endpoint import Endpoint, lambda_entry
from webhook_handler.voice import settings, wiring
from webhook_handler.voice.failing import refuse


@cache
def endpoint() -> Endpoint:
    """The endpoint of this process; raises Misconfigured."""
    return wiring.build(settings.load())


handle = lambda_entry(wiring.EVENT, endpoint, refuse)
