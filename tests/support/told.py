"""A queue of webhooks that keeps what it is told, or does not take it."""

import json
from dataclasses import dataclass, field

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.webhooks.events import Event


@dataclass
class FakeQueue:
    """Stands for a `Queue`.

    Attributes:
        events: what it took, in order.
        waits: seconds after which each of them can be received.
        refuses: how the types of events begin that it does not take; empty if it takes all.
    """

    events: list[Event] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)
    refuses: str = ""

    def send(self, body: str, group: str, wait_seconds: int = 0) -> None:
        """Takes an event, or raises RetryLater."""
        event = Event(**json.loads(body)["event"])
        if self.refuses and event.type.startswith(self.refuses):
            raise RetryLater("the queue did not take the message")
        assert event.company_id == group
        self.events.append(event)
        self.waits.append(wait_seconds)

    def taken(self) -> list[Event]:
        """What it took since it was last asked."""
        events, self.events = self.events, []
        return events
