"""Which events a company's endpoints want, so that what nobody wants costs no message in the queue."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ai_voice_shared.webhooks.endpoints import Endpoints

KNOWN_FOR = 3.0
"""Seconds for which a process remembers it.

So an endpoint gets each event from three seconds after it was added, or chose that type. Of what happens in those three
seconds it may get nothing. A paused endpoint still wants its events: they are kept for it.
"""


@dataclass(frozen=True)
class WantedEvents:
    """What the endpoints of each company want: one read, then none for a few seconds."""

    endpoints: Endpoints
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, frozenset[str]]] = field(default_factory=dict)

    def include(self, company_id: str, type_: str) -> bool:
        """Whether an endpoint of the company wants events of this type; raises RetryLater."""
        moment = self.clock()
        until, types = self._known.get(company_id, (moment, frozenset()))
        if until <= moment:
            types = frozenset(event for one in self.endpoints.of_company(company_id) for event in one.events)
            self._known[company_id] = (moment + KNOWN_FOR, types)
        return type_ in types
