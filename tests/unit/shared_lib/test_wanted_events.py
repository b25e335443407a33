"""What no endpoint of a company wants costs no message; a new endpoint is known a few seconds later."""

from dataclasses import dataclass, field

import pytest
from support.account import Account

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.webhooks.endpoint import Endpoint
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Event, Publisher
from ai_voice_shared.webhooks.wanted import KNOWN_FOR, WantedEvents

URL = "https://erp.example/in"


@dataclass(frozen=True)
class Counted(Endpoints):
    """Endpoints that count how often they are read."""

    read: list[str] = field(default_factory=list)

    def of_company(self, company_id: str) -> list[Endpoint]:
        self.read.append(company_id)
        return super().of_company(company_id)


@dataclass
class Told:
    """A publisher with a clock of its own, and the queue that it puts events into."""

    account: Account
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.endpoints = Counted(self.account.ledger)
        wanted = WantedEvents(self.endpoints, lambda: self.seconds)
        self.publisher = Publisher(self.account.webhooks_queue, wanted)

    def publish(self, type_: str = "note.filed", company: str = "acme") -> int:
        """How many messages the queue got for this event."""
        self.publisher.publish(Event.of(type_, company, {"id": "SM1"}, ""))
        return len(self.account.queued(self.account.webhooks_queue))


@pytest.fixture
def told(account: Account) -> Told:
    return Told(account)


def test_a_company_without_endpoints_costs_one_read_and_no_message(told: Told) -> None:
    assert [told.publish() for _ in range(3)] == [0, 0, 0]
    assert told.endpoints.read == ["acme"]


def test_a_new_endpoint_gets_what_happens_once_the_last_read_is_forgotten(told: Told) -> None:
    told.publish()
    told.endpoints.create("acme", URL, ["note.filed"])
    told.seconds = KNOWN_FOR
    assert told.publish() == 1


def test_only_what_an_endpoint_of_this_company_wants_is_sent_also_while_it_is_paused(told: Told) -> None:
    _, made = told.endpoints.create("acme", URL, ["task.added"])
    told.endpoints.create("bolt", URL, ["note.filed"])
    told.endpoints.pause(made, "by_hand")
    sent = [told.publish(*one) for one in (("note.filed",), ("task.added",), ("note.filed", "bolt"))]
    assert sent == [0, 1, 1]


def test_while_the_ledger_does_not_answer_nobody_may_go_on(account: Account) -> None:
    class Silent(Endpoints):
        def of_company(self, company_id: str) -> list[Endpoint]:
            raise RetryLater(company_id)

    publisher = Publisher(account.webhooks_queue, WantedEvents(Silent(account.ledger)))
    for _ in range(2):
        with pytest.raises(RetryLater):
            publisher.note_erased("acme", "SM1")
