"""What Twilio has and we do not have is enqueued, and nothing is left out."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from support.account import ACCOUNT_SID, Account
from support.app import LEASE, OUR_NUMBER, TWILIO, FakeApp, FakeLookup, FakeTwilio

from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.errors import DeadLetter, Misconfigured, RetryLater
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoints import Checkpoints
from voice_parser import sweep_handler
from voice_parser.settings import SweepSettings
from voice_parser.sweep.sweep import Sweep

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
A_DAY_BACK = "2026-11-19T09:58:00.000Z"
TEXT = "Please order two valves by Friday."


@dataclass
class Lookup:
    """A lookup that knows one number, and may do something first."""

    before: Callable[[], None] = lambda: None

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.before()
        known = json.loads(request["Payload"])["identities"] == ["+15550100001"]
        return (FakeLookup() if known else FakeLookup(None)).invoke(Payload=request["Payload"])


class Scene:
    """A sweep at ten o'clock, and what it stands on."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.twilio = FakeTwilio()
        self.lookup = Lookup()
        self.now = NOW

    def sweep(self, since: datetime | None = None, numbers: tuple[str, ...] = (OUR_NUMBER,)) -> Counter[Any]:
        """One sweep as a new Lambda does it."""
        return Sweep(
            twilio=self.twilio.api(self.account),
            checkpoints=Checkpoints(self.account.ledger),
            ledger=self.account.ledger,
            customers=CustomerLookup(cast("Any", self.lookup), "lookup"),
            queue=self.account.queue,
            numbers=numbers,
            grace=2 * MINUTE,
            clock=lambda: self.now,
        ).run(since)

    def jobs(self) -> list[NoteJob]:
        """What was enqueued since the last look."""
        return [NoteJob.from_json(str(message["Body"])) for message in self.account.queued()]

    def sids(self) -> list[str]:
        """The messages of those jobs, sorted."""
        return sorted(job.message_id for job in self.jobs())

    def mark(self) -> str:
        """Up to when everything is swept."""
        item = self.account.ledger.get("SWEEP", "TWILIO")
        return str(item["swept_until"]) if item else ""


@pytest.fixture
def scene(account: Account) -> Scene:
    return Scene(account)


def test_a_missing_message_is_enqueued_as_its_webhook_would_have_been(scene: Scene) -> None:
    scene.twilio.receive("MM1", NOW - 30 * MINUTE, "look", ME1="audio/ogg", ME2="image/jpeg")
    assert scene.sweep() == {"enqueued": 1}
    (message,) = scene.account.queued()
    assert cast("dict[str, str]", message["Attributes"])["MessageGroupId"] == "acme"
    media = f"{TWILIO}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM1/Media"
    parameters: dict[str, str | list[str]] = {
        "MessageSid": "MM1",
        "SmsSid": "MM1",
        "SmsMessageSid": "MM1",
        "AccountSid": ACCOUNT_SID,
        "From": "whatsapp:+15550100001",
        "To": OUR_NUMBER,
        "Body": "look",
        "NumMedia": "2",
        "MediaUrl0": f"{media}/ME1",
        "MediaContentType0": "audio/ogg",
        "MediaUrl1": f"{media}/ME2",
        "MediaContentType1": "image/jpeg",
    }
    expected = NoteJob(parameters, "acme", "sam", "2026-11-20T09:30:00.000Z")
    assert NoteJob.from_json(str(message["Body"])) == expected


def test_a_swept_voice_note_is_filed_and_its_late_webhook_changes_nothing(scene: Scene, voice_note: bytes) -> None:
    app = FakeApp(scene.account, twilio=scene.twilio)
    announced = app.voice(voice_note, "MM1")
    scene.twilio.receive("MM1", NOW - 30 * MINUTE, MEMM1="audio/ogg")
    scene.sweep()
    (swept,) = scene.jobs()
    assert swept.message["MediaUrl0"] == announced.message["MediaUrl0"]
    assert app.deliver(swept)
    before = (app.artifacts(), app.note("MM1"), app.replies())
    assert len(before[2]) == 1
    assert app.deliver(announced)
    assert (app.artifacts(), app.note("MM1"), app.replies()) == before
    assert app.transcriber.calls == 1


def test_a_message_that_a_worker_has_begun_with_is_known(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    Checkpoints(scene.account.ledger).claim("SM1", "acme", LEASE)
    assert scene.sweep() == {"known": 1}
    assert scene.sids() == []


def test_a_message_that_still_waits_in_the_queue_is_not_swept_again(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    assert [scene.sweep(), scene.sweep()] == [{"enqueued": 1}, {"known": 1}]
    assert scene.sids() == ["SM1"]


def test_a_message_young_enough_for_its_webhook_waits_for_the_next_sweep(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - MINUTE, TEXT)
    assert scene.sweep() == {}
    scene.now = NOW + 15 * MINUTE
    assert scene.sweep() == {"enqueued": 1}


def test_what_we_sent_and_what_came_to_another_number_is_none_of_ours(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    scene.twilio.receive("SM2", NOW - 30 * MINUTE, TEXT)
    scene.twilio.received[0] |= {"direction": "outbound-api", "from": None}
    scene.twilio.received[1] |= {"to": "whatsapp:+15550100999"}
    assert scene.sweep() == {}


@pytest.mark.parametrize(
    "change",
    [{"from": "+15550100001"}, {"from": "sms:+15550100001"}, {"from": "+15550100001", "to": OUR_NUMBER[9:]}],
)
def test_an_sms_from_a_customers_number_is_not_that_customer(
    scene: Scene, change: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    scene.twilio.received[0] |= change
    scene.lookup.before = lambda: pytest.fail("nobody is to be asked whose number a forger shows")
    assert scene.sweep(numbers=(OUR_NUMBER, change.get("to", OUR_NUMBER))) == {"refused": 1}
    assert (scene.sids(), scene.sweep()["refused"]) == ([], "to" not in change)
    assert "it did not come by WhatsApp" in capsys.readouterr().out


@pytest.mark.parametrize("numbers", ["", " ", "+15550100000", "whatsapp:+15550100000,whatsapp:+15550100001"])
def test_a_sweep_that_is_not_told_our_numbers_does_not_run(monkeypatch: pytest.MonkeyPatch, numbers: str) -> None:
    for name in ("QUEUE_URL", "TABLE", "CUSTOMER_LOOKUP_FUNCTION", "TWILIO_SECRET"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("OUR_NUMBERS", numbers)
    with pytest.raises(Misconfigured, match="OUR_NUMBERS"):
        SweepSettings.load()
    monkeypatch.setenv("OUR_NUMBERS", "whatsapp:+15550100000 whatsapp:+15550100001")
    assert SweepSettings.load().our_numbers.split() == ["whatsapp:+15550100000", "whatsapp:+15550100001"]


def test_strangers_are_counted_and_not_enqueued(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT, sender="+15550100777")
    assert scene.sweep() == {"stranger": 1}
    assert scene.sids() == []


def test_an_outage_of_days_is_recovered_whole_over_all_pages(scene: Scene) -> None:
    scene.sweep()
    sent = [NOW + number * timedelta(minutes=20) for number in range(250)]
    for number, moment in enumerate(sent):
        scene.twilio.receive(f"SM{number:03}", moment, TEXT)
    scene.twilio.largest_page = 40
    scene.now = sent[-1] + 15 * MINUTE
    assert scene.sweep() == {"enqueued": 250}
    assert scene.sids() == [f"SM{number:03}" for number in range(250)]


def test_the_first_sweep_looks_back_a_day_and_one_by_hand_as_far_as_it_is_told(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - timedelta(hours=30), TEXT)
    scene.twilio.receive("SM2", NOW - timedelta(hours=23), TEXT)
    assert scene.sweep() == {"enqueued": 1}
    assert scene.sids() == ["SM2"]
    assert scene.sweep(since=NOW - timedelta(hours=31)) == {"enqueued": 1, "known": 1}
    assert scene.sids() == ["SM1"]


def test_a_sweep_by_hand_passes_over_nothing_that_the_schedule_has_not_swept(scene: Scene) -> None:
    scene.sweep()
    scene.twilio.receive("SM1", NOW + 10 * MINUTE, TEXT)
    scene.now = NOW + timedelta(hours=5)
    assert scene.sweep(since=scene.now - MINUTE) == {"enqueued": 1}


def test_a_message_that_twilio_lists_late_is_found_by_the_next_sweep(scene: Scene) -> None:
    scene.sweep()
    scene.twilio.receive("SM1", NOW - 50 * MINUTE, TEXT)
    assert scene.sweep() == {"enqueued": 1}


@pytest.mark.parametrize("killed_at", [1, 2, 99, 100, 101, 149])
def test_a_sweep_killed_anywhere_loses_nothing(scene: Scene, killed_at: int, account: Account) -> None:
    class Killed(BaseException):
        pass

    for number in range(150):
        scene.twilio.receive(f"SM{number:03}", NOW - timedelta(hours=20) + number * MINUTE, TEXT)
    put_item, calls = account.ledger.client.put_item, 0

    def dies(**request: Any) -> Any:  # between the queue and the note that the message is there
        nonlocal calls
        calls += 1
        if calls == killed_at:
            raise Killed
        return put_item(**request)

    account.ledger.client.put_item = dies  # type: ignore[method-assign]
    with pytest.raises(Killed):
        scene.sweep()
    assert scene.mark() == ("2026-11-19T15:39:00.000Z" if killed_at > 100 else A_DAY_BACK)
    scene.now = NOW + timedelta(hours=12)
    scene.sweep()
    swept = Counter(scene.sids())
    assert set(swept) == {f"SM{number:03}" for number in range(150)}
    assert swept.total() == 151


def test_the_mark_stays_before_a_message_that_could_not_be_enqueued_while_the_others_are(scene: Scene) -> None:
    scene.sweep()
    mark = scene.mark()
    scene.twilio.receive("MM1", NOW + MINUTE, ME1="audio/ogg")
    scene.twilio.receive("SM2", NOW + 2 * MINUTE, TEXT)
    held = scene.twilio.attached.pop("MM1")
    scene.now = NOW + 15 * MINUTE
    with pytest.raises(RetryLater, match="1 messages"):
        scene.sweep()
    assert (scene.sids(), scene.mark()) == (["SM2"], mark)
    scene.twilio.attached["MM1"] = held
    assert scene.sweep() == {"enqueued": 1, "known": 1}
    assert scene.mark() == "2026-11-20T10:13:00.000Z"


def test_a_lookup_that_is_down_is_not_asked_for_every_message(scene: Scene) -> None:
    asked = 0

    def down() -> None:
        nonlocal asked
        asked += 1
        raise KeyError

    scene.lookup.before = down
    for number in range(50):
        scene.twilio.receive(f"SM{number}", NOW - 30 * MINUTE, TEXT)
    with pytest.raises(RetryLater):
        scene.sweep()
    assert asked == 11
    assert scene.mark() == A_DAY_BACK


def test_the_mark_never_goes_back(scene: Scene) -> None:
    scene.sweep()
    mark = scene.mark()
    scene.now = NOW - timedelta(hours=3)
    scene.sweep()
    assert scene.mark() == mark


@pytest.mark.parametrize("elsewhere", ["https://example.org/next", "@example.org/next"])
def test_a_next_page_elsewhere_never_sees_the_credentials(scene: Scene, elsewhere: str) -> None:
    scene.twilio.answers = [httpx.Response(200, json={"messages": [], "next_page_uri": elsewhere})]
    with pytest.raises(DeadLetter, match="not its own"):
        scene.sweep()
    assert scene.twilio.authorized == {"api.twilio.com"}


def test_a_list_that_is_not_as_documented_moves_no_mark(scene: Scene) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    scene.twilio.received[0]["date_sent"] = None
    with pytest.raises(RetryLater, match="not as documented"):
        scene.sweep()
    assert scene.mark() == A_DAY_BACK


def test_a_sweep_that_fails_is_counted_and_fails_the_function(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUEUE_URL", raising=False)
    with pytest.raises(Misconfigured, match="QUEUE_URL"):
        sweep_handler.handle({}, None)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["SweepFailed"] == 1


def test_no_text_and_no_number_is_logged(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    scene.twilio.receive("SM1", NOW - 30 * MINUTE, TEXT)
    scene.twilio.receive("MM2", NOW - 30 * MINUTE, TEXT, ME1="audio/ogg")
    scene.twilio.attached.clear()
    with pytest.raises(RetryLater):
        scene.sweep()
    logged = capsys.readouterr().out
    assert '"message swept"' in logged
    assert '"message not swept"' in logged
    assert "valves" not in logged
    assert "5550100001" not in logged
