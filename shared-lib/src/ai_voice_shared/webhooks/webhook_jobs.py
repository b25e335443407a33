"""What a message in the queue of webhooks is about, for those who list parked ones."""

import json
from dataclasses import dataclass
from typing import Self

from ai_voice_shared.errors import DeadLetter

_ABOUT = {"event": "event_id", "delivery": "place", "resume": "endpoint_id"}
"""Each action, and the field that names what it is about."""


@dataclass(frozen=True)
class WebhookJob:
    """A message in the queue of webhooks; `message_id` is the event's, the delivery's or the endpoint's id."""

    company_id: str
    message_id: str
    action: str

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours."""
        try:
            ((action, fields),) = json.loads(body).items()
            return cls(str(fields["company_id"]), str(fields[_ABOUT[action]]), action)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise DeadLetter("the queue body is not about a webhook") from None
