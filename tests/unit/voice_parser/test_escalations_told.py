"""An escalation of a call is told to the company's systems and its supervisor: each once, or an operator sees why."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from support.account import Account
from support.app import LEASE, OUR_NUMBER, FakeApp
from support.erasing import eraser

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.company_calls import CompanyCalls
from ai_voice_shared.calls.events import Event
from ai_voice_shared.calls.live_records import KeptEvent, LiveRecords, LiveState
from ai_voice_shared.calls.model import Hint
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import Budget, Company, Customer, now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage, month_of
from ai_voice_shared.webhooks.events import Publisher
from voice_parser.escalating.planning import Planning
from voice_parser.escalating.telling import EscalationMessages
from voice_parser.replying.outgoing import Outbox

SUPERVISOR = "+15550100009"
ACME = Company("acme", "Acme", ("en",), calls=CompanyCalls(supervisor=SUPERVISOR))
CALL = Call("CA1", "acme", timestamp(now()), customer="+15550100001", customer_name="Sam Hill", agent_name="Dana")
JOB = EscalationJob("acme", "CA1", 4, "manager")
TEMPLATE = f"HX{'1' * 32}"


@dataclass
class Events:
    sent: list[dict[str, Any]] = field(default_factory=list)

    def send(self, body: str, group: str, wait_seconds: int = 0) -> None:
        assert (group, wait_seconds) == ("acme", 0)
        self.sent.append(json.loads(body)["event"])


@dataclass
class Scene:
    app: FakeApp
    events: Events = field(default_factory=Events)
    template: str = ""

    def __post_init__(self) -> None:
        self.app.lookup.known = IdentifiedSender(Customer("boss", "acme", "The Boss"), ACME)
        self.app.lookup.company = ACME
        calls, records = Calls(self.app.account.ledger), LiveRecords(self.app.account.ledger)
        calls.begin(CALL)
        content = {"cause": "manager", "sentences": [4], "texts": ["I want your manager, *now*."]}
        event = Event("GT1", 4, "content", now(), "customer", text="I want your manager, *now*.")
        kept = KeptEvent(event, (Hint("escalation", "CA1.escalation.manager", 4, content),))
        assert records.keep(CALL, LiveState(), kept)

    def messages(self) -> EscalationMessages:
        ledger = self.app.account.ledger
        customers = CustomerLookup(cast("Any", self.app.lookup), "lookup")
        return EscalationMessages(
            calls=Calls(ledger),
            checkpoints=Checkpoints(ledger),
            customers=customers,
            planning=Planning(customers, Notes(ledger)),
            outbox=Outbox(self.app.twilio.api(self.app.account), Replies(ledger)),
            usage=Usage(ledger),
            webhooks=Publisher(cast("Any", self.events)),
            our_number=OUR_NUMBER,
            template=self.template,
        )

    def wrote(self, hours: float) -> None:
        """The supervisor wrote so long ago."""
        received = timestamp(now() - timedelta(hours=hours))
        Notes(self.app.account.ledger).open(Note("acme", "SM5", "boss", received, "The Boss", "text"))


@pytest.fixture
def scene(account: Account) -> Scene:
    return Scene(FakeApp(account))


def test_the_supervisor_is_told_who_why_and_what_was_said(scene: Scene) -> None:
    scene.wrote(hours=2)
    scene.messages().process(JOB, LEASE)
    (sent,) = scene.app.twilio.sent
    assert (sent["To"], sent["From"]) == (f"whatsapp:{SUPERVISOR}", OUR_NUMBER)
    assert "Dana" in sent["Body"]
    assert "Sam Hill" in sent["Body"]
    assert "asks for a manager" in sent["Body"]
    assert "I want your manager" in sent["Body"]
    assert Usage(scene.app.account.ledger).of("acme", month_of(now())).messages_sent == 1


def test_the_companys_systems_hear_of_the_call_and_the_cause_and_of_no_word(scene: Scene) -> None:
    scene.messages().process(JOB, LEASE)
    (event,) = scene.events.sent
    assert (event["type"], event["data"]) == ("call.escalated", {"id": "CA1", "cause": "manager"})
    again = Events()
    Publisher(cast("Any", again)).call_escalated("acme", "CA1", "manager")
    assert again.sent[0]["event_id"] == event["event_id"]


def test_it_is_told_once_however_often_the_job_comes(scene: Scene) -> None:
    scene.wrote(hours=2)
    for _ in range(3):
        scene.messages().process(JOB, LEASE)
    assert len(scene.app.twilio.sent) == len(scene.events.sent) == 1


def test_a_message_that_twilio_took_before_a_kill_is_not_sent_again(scene: Scene) -> None:
    scene.wrote(hours=2)

    def dies() -> None:
        raise RetryLater("killed")

    scene.app.twilio.after = dies
    with pytest.raises(RetryLater):
        scene.messages().process(JOB, LEASE)
    scene.app.twilio.after = lambda: None
    scene.messages().process(JOB, LEASE)
    assert len(scene.app.twilio.sent) == 1


def test_who_wrote_nothing_for_a_day_gets_the_template(scene: Scene) -> None:
    scene.wrote(hours=30)
    scene.template = TEMPLATE
    scene.messages().process(JOB, LEASE)
    (sent,) = scene.app.twilio.sent
    assert sent["ContentSid"] == TEMPLATE
    assert json.loads(sent["ContentVariables"]) == {"1": "Sam Hill", "2": "the customer asks for a manager"}


def test_a_supervisor_who_is_no_sender_gets_the_template(scene: Scene) -> None:
    scene.app.lookup.known, scene.template = None, TEMPLATE
    scene.messages().process(JOB, LEASE)
    assert [one["ContentSid"] for one in scene.app.twilio.sent] == [TEMPLATE]


def test_text_that_is_refused_because_a_day_has_passed_becomes_the_template(scene: Scene) -> None:
    scene.wrote(hours=2)
    scene.template = TEMPLATE
    scene.app.twilio.answers.append(httpx.Response(400, json={"code": 63016, "message": "outside", "status": 400}))
    scene.messages().process(JOB, LEASE)
    assert [one.get("ContentSid") for one in scene.app.twilio.sent] == [TEMPLATE]


@pytest.mark.parametrize(("hours", "budget", "why"), [(30, None, "no template"), (2, Budget(messages=0), "budget")])
def test_what_cannot_be_sent_is_measured_with_its_reason(
    scene: Scene, capsys: pytest.CaptureFixture[str], hours: float, budget: Budget | None, why: str
) -> None:
    scene.wrote(hours=hours)
    scene.app.lookup.company = replace(ACME, budget=budget)
    scene.messages().process(JOB, LEASE)
    assert scene.app.twilio.sent == []
    told = capsys.readouterr().out
    assert "EscalationNotSent" in told
    assert why in told
    assert "Sam Hill" not in told


def test_a_company_without_a_supervisor_sends_nothing(scene: Scene) -> None:
    scene.app.lookup.company = Company("acme", "Acme")
    scene.messages().process(JOB, LEASE)
    assert scene.app.twilio.sent == []
    assert len(scene.events.sent) == 1


@pytest.mark.parametrize(
    "job",
    [
        replace(JOB, company_id="globex"),
        replace(JOB, call_id="CA2"),
        replace(JOB, cause="threat"),
        replace(JOB, number=9),
    ],
)
def test_what_the_company_has_not_is_not_told(scene: Scene, job: EscalationJob) -> None:
    scene.wrote(hours=2)
    scene.messages().process(job, LEASE)
    assert scene.app.twilio.sent == scene.events.sent == []


def test_nothing_is_told_of_an_erased_call(scene: Scene) -> None:
    scene.wrote(hours=2)
    Checkpoints(scene.app.account.ledger).bury("CA1")
    scene.messages().process(JOB, LEASE)
    assert scene.app.twilio.sent == scene.events.sent == []


def test_it_is_erased_with_the_call_and_its_words_are_kept_no_longer_than_needed(scene: Scene) -> None:
    scene.wrote(hours=2)
    scene.messages().process(JOB, LEASE)
    ledger = scene.app.account.ledger
    assert all("I want your manager" not in str(one) for one in ledger.partition(f"MESSAGE#{JOB.message_id}"))
    note = Note("acme", "CA1", "+15550100001", CALL.started_at)
    an_eraser = eraser(scene.app.account, scene.app.twilio)
    message = an_eraser._bury(note)  # noqa: SLF001 - as an erasure begins
    held = [record.of_message(message) for record in an_eraser.records]
    assert [one.counts["escalation_messages"] for one in held if "escalation_messages" in one.counts] == [1]
    for one in held:
        one.erase()
    assert Replies(ledger).of(JOB.message_id) == []
    assert Checkpoints(ledger).is_erased(JOB.message_id)
    scene.messages().process(JOB, LEASE)
    assert len(scene.app.twilio.sent) == 1


def test_the_worker_does_the_job(scene: Scene) -> None:
    assert scene.app.deliver(JOB)
    assert Checkpoints(scene.app.account.ledger).standing(JOB.message_id)
