"""Old copies of messages are deleted at Twilio, but no copy that somebody may still need."""

import itertools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, cast

import httpx
import pytest
from support.account import Account
from support.app import MESSAGES, OUR_NUMBER, FakeLookup, FakeTwilio
from support.finished import finish

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import timestamp
from ai_voice_shared.errors import Misconfigured, RetryLater
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.note_lists import Status
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from voice_parser import eraser_handler
from voice_parser.twilio.copies import QUEUED, TwilioCopies

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD = NOW - 40 * DAY
SAM, STRANGER = "+15550100001", "+15550100099"
OTHER_NUMBER = "whatsapp:+15550100777"


@dataclass
class Lookup:
    """A lookup that knows Sam, and may fail first."""

    before: Callable[[], None] = lambda: None

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.before()
        known = json.loads(request["Payload"])["identities"] == [SAM]
        return (FakeLookup() if known else FakeLookup(None)).invoke(Payload=request["Payload"])


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Scene:
    """What Twilio keeps, and what the ledger knows of it.

    Attributes:
        deleted: what was there and is not any more, in order.
        dies_at: before which deletion the process is killed; never for zero.
    """

    account: Account
    twilio: FakeTwilio = field(default_factory=FakeTwilio)
    lookup: Lookup = field(default_factory=Lookup)
    deleted: list[str] = field(default_factory=list)
    numbers: tuple[str, ...] = (OUR_NUMBER,)
    dies_at: int = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE" and self.dies_at and len(self.deleted) + 1 >= self.dies_at:
            raise Killed
        answer = self.twilio(request)
        if request.method == "DELETE" and answer.status_code == httpx.codes.NO_CONTENT:
            self.deleted.append(request.url.path.removeprefix(f"{MESSAGES}/").removesuffix(".json"))
        return answer

    def copies(self, days: float = 30) -> TwilioCopies:
        """As a new Lambda has it."""
        ledger = self.account.ledger
        api = replace(self.twilio.api(self.account), http=httpx.Client(transport=httpx.MockTransport(self)))
        lookup = CustomerLookup(cast("Any", self.lookup), "lookup")
        parts = (Checkpoints(ledger), Notes(ledger), Replies(ledger), lookup)
        return TwilioCopies(api, ledger, *parts, self.numbers, days * DAY, lambda: NOW)

    def run(self, days: float = 30) -> Counter[Any]:
        return self.copies(days).run(lambda: True)

    def left(self) -> set[str]:
        """The messages that Twilio still has."""
        return {one["sid"] for one in (*self.twilio.received, *self.twilio.log)}

    def receive(self, sid: str, at: datetime = OLD, sender: str = SAM, **media: str) -> None:
        self.twilio.receive(sid, at, "words", sender, **media)
        self.twilio.media |= dict.fromkeys(media, b"OggS")

    def note(self, sid: str, status: Status = "filed", files: str = "", *, finished: bool = True) -> None:
        """A note of Sam's, with so much of it in the bucket."""
        checkpoint = Checkpoints(self.account.ledger).claim(sid, "acme", timedelta(minutes=1))
        notes = Notes(self.account.ledger)
        notes.open(Note("acme", sid, "sam", timestamp(OLD)))
        keys = [str(ArtifactKey("acme", "other", "valve", sid, type_, "bin")) for type_ in files.split()]
        notes.update("acme", sid, {"status": status, "artifacts": "\n".join(keys)})
        finish(checkpoint) if finished else checkpoint.release()

    def send(self, sid: str, at: datetime = OLD, direction: str = "outbound-api", sender: str = OUR_NUMBER) -> None:
        """A message of ours that Twilio keeps."""
        fields = {"sid": sid, "from": sender, "to": f"whatsapp:{SAM}", "body": "Filed.", "direction": direction}
        times = dict.fromkeys(("date_sent", "date_created"), format_datetime(at))
        self.twilio.log.append(fields | times | {"num_media": "0"})

    def swept(self, until: datetime) -> None:
        self.account.ledger.put({"pk": "SWEEP", "sk": "TWILIO", "swept_until": timestamp(until)})


@pytest.fixture
def scene(account: Account) -> Scene:
    made = Scene(account)
    made.swept(NOW)
    return made


def test_a_filed_message_goes_with_its_files_when_it_is_old_enough_and_no_earlier(scene: Scene) -> None:
    for sid, at in (("MM3", OLD), ("MM1", NOW - 30 * DAY), ("MM2", NOW - 30 * DAY + timedelta(seconds=1))):
        scene.receive(sid, at, **{f"ME{sid}": "audio/ogg"})
        scene.note(sid, files="audio full_text")
    assert scene.run() == {"deleted": 2}
    assert scene.left() == {"MM2"}
    assert set(scene.twilio.media) == {"MEMM2"}
    assert scene.deleted == ["MM1/Media/MEMM1", "MM1", "MM3/Media/MEMM3", "MM3"]


@pytest.mark.parametrize("status", ["received", "waiting", "retrying", "parked", "filed", "refused"])
def test_a_message_that_is_not_done_with_stays_whatever_it_is_called(scene: Scene, status: Status) -> None:
    scene.receive("MM1", ME1="audio/ogg")
    scene.note("MM1", status, "audio", finished=False)
    assert scene.run() == {"kept": 1}
    assert scene.deleted == []


@pytest.mark.parametrize("status", ["received", "waiting", "retrying", "parked"])
def test_a_note_that_waits_or_is_parked_keeps_its_copy_even_if_its_receipt_is_closed(
    scene: Scene, status: Status
) -> None:
    scene.receive("MM1", ME1="audio/ogg")
    scene.note("MM1", status, "audio")
    assert scene.run() == {"kept": 1}


@pytest.mark.parametrize(
    ("files", "media", "outcome"),
    [
        ("full_text", 0, "deleted"),
        ("", 0, "deleted"),
        ("full_text segments analysis text_summary message location", 1, "kept"),
        ("", 1, "kept"),
        ("audio", 1, "deleted"),
        ("image", 2, "kept"),
        ("image image-2", 2, "deleted"),
        ("document video contact", 3, "deleted"),
    ],
)
@pytest.mark.parametrize("status", ["filed", "refused"])
def test_a_file_that_only_twilio_has_stays_there(
    scene: Scene, status: Status, files: str, media: int, outcome: str
) -> None:
    scene.receive("MM1", OLD, **{f"ME{number}": "image/jpeg" for number in range(media)})
    scene.note("MM1", status, files)
    assert scene.run() == {outcome: 1}
    assert len(scene.twilio.media) == (media if outcome == "kept" else 0)


def test_a_strangers_message_goes_and_what_the_webhook_answered(scene: Scene) -> None:
    scene.receive("MM1", sender=STRANGER, ME1="audio/ogg")
    scene.send("SM2", direction="outbound-reply")
    assert scene.run() == {"deleted": 2}
    assert (scene.left(), scene.twilio.media) == (set(), {})


def test_a_message_of_a_known_sender_that_was_never_worked_on_stays_for_a_sweep_by_hand(scene: Scene) -> None:
    scene.receive("SM1")
    assert scene.run() == {"kept": 1}


def test_a_message_that_was_enqueued_and_no_more_stays_though_nobody_knows_its_sender_now(scene: Scene) -> None:
    scene.receive("SM1", sender=STRANGER)
    Checkpoints(scene.account.ledger).note_enqueued("SM1")
    assert scene.run() == {"kept": 1}


@pytest.mark.parametrize(
    ("until", "outcome"),
    [
        (None, "kept"),
        (OLD, "kept"),
        (OLD + timedelta(hours=1), "kept"),
        (OLD + timedelta(hours=1, seconds=1), "deleted"),
    ],
)
def test_a_strangers_message_stays_as_long_as_the_sweep_may_find_it(
    account: Account, until: datetime | None, outcome: str
) -> None:
    scene = Scene(account)
    if until:
        scene.swept(until)
    scene.receive("SM1", sender=STRANGER)
    assert scene.run() == {outcome: 1}


def test_a_strangers_message_stays_as_long_as_a_queue_may_hold_it(scene: Scene) -> None:
    scene.receive("SM1", NOW - QUEUED, STRANGER)
    scene.receive("SM2", NOW - QUEUED - timedelta(seconds=1), STRANGER)
    assert scene.run(days=2) == {"kept": 1, "deleted": 1}
    assert scene.left() == {"SM1"}


def test_a_lookup_that_is_down_makes_no_strangers(scene: Scene) -> None:
    def down() -> None:
        raise KeyError

    scene.lookup.before = down
    scene.receive("SM1", sender=STRANGER)
    assert scene.run() == {"failed": 1}
    assert scene.left() == {"SM1"}


def begun(scene: Scene, sid: str) -> Replies:
    """A reply to the message, whose sending has begun."""
    replies = Replies(scene.account.ledger)
    replies.begin(sid, "acme", "feedback-1", "Filed.")
    return replies


def test_our_reply_goes_as_soon_as_it_is_old_and_in_no_doubt(scene: Scene) -> None:
    replies = begun(scene, "SM1")
    reply = replies.get("SM1", "feedback-1")
    assert reply
    assert replies.claim(reply, "SM9")
    scene.send("SM9", NOW - 3 * DAY)
    assert scene.run(days=2) == {"deleted": 1}
    assert replies.of("SM1")[0].sid == "SM9"


def test_a_reply_in_doubt_stays_until_no_queue_can_hold_who_would_look_for_it(scene: Scene) -> None:
    begun(scene, "SM1")
    scene.send("SM8", NOW - 2 * QUEUED)
    scene.send("SM9", NOW - 2 * QUEUED - timedelta(seconds=1))
    assert scene.run(days=2) == {"kept": 1, "deleted": 1}
    assert scene.left() == {"SM8"}
    found = scene.twilio.api(scene.account).sent(OUR_NUMBER, f"whatsapp:{SAM}", NOW - 2 * QUEUED)
    assert [one.sid for one in found] == ["SM8"]


def test_an_erased_message_that_twilio_still_lists_goes(scene: Scene) -> None:
    scene.receive("SM1")
    scene.note("SM1")
    Checkpoints(scene.account.ledger).bury("SM1")
    Notes(scene.account.ledger).forget("acme", "SM1")
    assert scene.run() == {"deleted": 1}


def test_another_number_and_another_channel_of_the_account_are_left_alone(scene: Scene) -> None:
    scene.receive("SM1", sender=STRANGER)
    scene.receive("SM2", sender=STRANGER)
    scene.receive("SM3", sender=STRANGER)
    scene.twilio.received[1]["to"] = OTHER_NUMBER
    scene.twilio.received[2] |= {"from": STRANGER, "to": OUR_NUMBER.removeprefix("whatsapp:")}
    scene.send("SM4", direction="outbound-reply", sender=OTHER_NUMBER)
    scene.run()
    assert scene.left() == {"SM2", "SM3", "SM4"}


def times(count: int) -> Callable[[], bool]:
    """Goes on so often, for each list of a run together."""
    looks = itertools.count()
    return lambda: next(looks) < count


def many(scene: Scene, count: int) -> None:
    for number in range(count):
        scene.receive(f"MM{number}", OLD + timedelta(minutes=number), **{f"ME{number}": "audio/ogg"})
        scene.note(f"MM{number}", files="audio")


def test_a_run_that_has_no_time_left_is_gone_on_with_and_nothing_is_deleted_twice(scene: Scene) -> None:
    many(scene, 9)
    scene.twilio.largest_page = 2
    runs = 0
    while scene.left():
        assert scene.copies().run(times(2))["deleted"] <= 2
        runs += 1
        assert runs < 20
    assert len(scene.deleted) == len(set(scene.deleted)) == 18


@pytest.mark.parametrize("dies_at", range(1, 9))
def test_killed_at_any_deletion_the_next_run_deletes_the_rest(scene: Scene, dies_at: int) -> None:
    many(scene, 4)
    scene.dies_at = dies_at
    with pytest.raises(Killed):
        scene.run()
    scene.dies_at = 0
    for _ in range(2):
        scene.run()
    assert (scene.left(), scene.twilio.media) == (set(), {})
    assert len(scene.deleted) == len(set(scene.deleted)) == 8


def test_what_stays_does_not_keep_a_short_run_from_what_lies_behind_it(scene: Scene) -> None:
    scene.receive("SM0", OLD - DAY, STRANGER)
    for number in range(1, 8):
        scene.receive(f"SM{number}", OLD + timedelta(minutes=number))
    for _ in range(5):
        scene.copies().run(times(3))
    assert "SM0" not in scene.left()
    assert len(scene.left()) == 7


def test_a_list_that_leads_back_is_worked_on_as_far_as_it_goes_and_gone_on_with(scene: Scene) -> None:
    many(scene, 3)
    first = scene.twilio(httpx.Request("GET", f"https://api.twilio.com{MESSAGES}.json?PageSize=2"))
    scene.twilio.answers = [first, first]
    for left in ({"MM0"}, set[str]()):
        scene.run()
        assert scene.left() == left


def test_a_message_that_twilio_will_not_delete_yet_does_not_hold_up_the_others(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    for sid in ("SM1", "SM2"):
        scene.receive(sid)
        scene.note(sid)
    twilio = scene.twilio
    page = twilio(httpx.Request("GET", f"https://api.twilio.com{MESSAGES}.json?PageSize=9"))
    twilio.answers = [page, httpx.Response(409, json={"code": 20009})]
    with pytest.raises(RetryLater, match="1 copies"):
        eraser_handler.expire_copies(scene.copies(), Context(900))
    assert len(scene.left()) == 1
    told = capsys.readouterr().out
    assert '"TwilioCopiesDeleted": 1' in told
    assert '"RetentionFailed": 1' in told
    assert "words" not in told
    assert SAM not in told


def test_when_twilio_wants_us_to_wait_the_run_ends_and_the_next_one_goes_on(scene: Scene) -> None:
    many(scene, 3)
    page = scene.twilio(httpx.Request("GET", f"https://api.twilio.com{MESSAGES}.json?PageSize=9"))
    scene.twilio.answers = [page, httpx.Response(429, json={"code": 20429})]
    assert scene.run() == {}
    scene.run()
    scene.run()
    assert scene.left() == set()


def test_a_twilio_that_is_down_is_not_asked_for_every_message(scene: Scene) -> None:
    many(scene, 30)
    page = scene.twilio(httpx.Request("GET", f"https://api.twilio.com{MESSAGES}.json?PageSize=99"))
    scene.twilio.answers = [page, *(httpx.ConnectError("away") for _ in range(30))]
    with pytest.raises(RetryLater, match="too many"):
        scene.run()
    assert len(scene.twilio.answers) == 19


def test_a_secret_that_nobody_set_stops_the_run(scene: Scene) -> None:
    scene.receive("SM1")
    scene.account.put_secret("ai-voice-tool/test/twilio", {"account_sid": "unset"})
    with pytest.raises(Misconfigured):
        scene.run()


@dataclass
class Context:
    """Lambda's, with so many seconds left."""

    seconds: int

    def get_remaining_time_in_millis(self) -> int:
        return self.seconds * 1000


def test_the_schedules_event_starts_it_and_a_short_time_does_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(scene, 2)
    monkeypatch.setattr(eraser_handler, "_copies", scene.copies)
    event = {"expire": "twilio-copies"}
    assert eraser_handler.handle(event, Context(60)) == {"deleted": 0, "kept": 0, "failed": 0}
    assert eraser_handler.handle(event, Context(900)) == {"deleted": 2, "kept": 0, "failed": 0}
