"""An erasure leaves nothing of a message and everything of all others, after a kill at any point."""

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import httpx
import pytest
from support.account import Account
from support.app import FakeApp, FakeTwilio, job
from support.erasing import Killed, Life, eraser, erasing, everything, function, keep, of_notes
from support.reminders import remind, reminders

from ai_voice_local.templates import INFRASTRUCTURE
from ai_voice_shared.aws.object_store import ObjectStore, Version
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.jobs import FollowUpJob
from ai_voice_shared.records.checkpoints import Busy, Checkpoints
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from voice_parser.commands.sources import Sources

type Named = set[tuple[str, ...]]

SPEECH = (INFRASTRUCTURE / "local" / "samples" / "job.ogg").read_bytes()
CACHES = {"ANSWERS#acme", "CONVERSATIONS#acme", "SOURCES#acme#sam"}


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def of(sid: str, left: Named) -> Named:
    """What names the message."""
    return {one for one in left if any(sid in part.replace(f"{sid}0", "") for part in one)}


def cached(left: Named) -> Named:
    return {one for one in left if one[1] in CACHES}


def test_nothing_is_left_of_an_erased_message_but_a_tombstone_and_the_receipt(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    erasure = eraser(account, twilio).erase("acme", "MM1")
    assert of_notes(account, twilio) == {("item", "MESSAGE#MM1", "RECEIPT"), ("item", "MESSAGE#MM1", "ERASED")}
    assert erasure
    assert erasure.to_wire()["erased"] == {
        "artifacts": 5,
        "versions": 7,
        "twilio_media": 1,
        "twilio_messages": 2,
        "replies": 1,
        "receipt_steps": 3,
        "answers": 1,
        "conversations": 1,
        "sources": 2,
        "parked": 0,
    }


def test_the_tombstone_holds_no_words_and_no_person(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    eraser(account, twilio).erase("acme", "MM1")
    (erased, record) = account.ledger.partition("MESSAGE#MM1")
    assert set(record) == {"pk", "sk", "company_id", "claimed_at", "finished_at", "erased_at"}
    assert set(erased) == {"pk", "sk", "company_id", "receipt"}


def test_nothing_else_is_erased(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    for sid, company_id, customer_id in (("MM10", "acme", "ana"), ("XMM1", "acme", "ana"), ("MM2", "acme-1", "sam")):
        keep(account, twilio, sid, company_id, customer_id)
    others = everything(account, twilio) - before
    eraser(account, twilio).erase("acme", "MM1")
    assert others - everything(account, twilio) == cached(others)


def test_killed_anywhere_and_repeated_everything_is_gone_and_nothing_else(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MMX", "bolt", "sam")
    others = everything(account, twilio)
    life = Life()
    for ends_at in range(1, 100):
        keep(account, twilio, f"MM{ends_at}")
        remind(account.ledger, "acme", "sam", f"MM{ends_at}")
        life = Life(ends_at)
        with suppress(Killed):
            eraser(account, twilio, life, more=(reminders,)).erase("acme", f"MM{ends_at}")
        erasure = eraser(account, twilio, more=(reminders,)).erase("acme", f"MM{ends_at}")
        assert erasure
        assert (erasure.erased.versions, erasure.erased.twilio_messages, erasure.erased.receipt_steps) == (7, 2, 3)
        left = of_notes(account, twilio) - others
        tombs = {
            ("item", f"MESSAGE#MM{number}", sk) for number in range(1, ends_at + 1) for sk in ("RECEIPT", "ERASED")
        }
        assert left == tombs, ends_at
        assert others <= everything(account, twilio)
        if life.effects < ends_at:
            break
    assert 20 < life.effects < 100
    assert all(json.loads(str(sent["Body"]))["action"] == "remove" for sent in account.queued(account.index_queue))


def test_a_repeated_erasure_answers_with_the_same_receipt(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    first = eraser(account, twilio).erase("acme", "MM1")
    assert first
    assert eraser(account, twilio).erase("acme", "MM1") == first


def test_another_companys_message_and_an_unknown_one_are_not_there(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    assert eraser(account, twilio).erase("bolt", "MM1") is None
    assert eraser(account, twilio).erase("acme", "MM2") is None
    assert everything(account, twilio) == before
    eraser(account, twilio).erase("acme", "MM1")
    assert eraser(account, twilio).erase("bolt", "MM1") is None


def test_a_message_in_work_is_left_to_its_worker(account: Account, twilio: FakeTwilio) -> None:
    Notes(account.ledger).open(Note("acme", "MM1", "sam", "2026-11-20T10:00:00.000Z"))
    checkpoint = Checkpoints(account.ledger).claim("MM1", "acme", timedelta(minutes=1))
    before = everything(account, twilio)
    with pytest.raises(Busy):
        eraser(account, twilio).erase("acme", "MM1")
    assert everything(account, twilio) == before
    checkpoint.release()
    assert eraser(account, twilio).erase("acme", "MM1")


def test_an_artifact_of_another_message_in_a_notes_list_stops_the_erasure(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    keep(account, twilio, "MM2")
    before = account.store.versions("")
    key = account.store.list("acme/other/boiler_MM2_", 1)[0].key
    Notes(account.ledger).update("acme", "MM1", {"artifacts": key})
    with pytest.raises(DeadLetter, match="not its own"):
        eraser(account, twilio).erase("acme", "MM1")
    assert account.store.versions("") == before


def test_what_was_written_before_a_worker_was_killed_is_found_by_the_folder_it_had_chosen(
    account: Account, twilio: FakeTwilio
) -> None:
    Notes(account.ledger).open(Note("acme", "MM1", "sam", "2026-11-20T10:00:00.000Z"))
    checkpoint = Checkpoints(account.ledger).claim("MM1", "acme", timedelta(minutes=1))
    checkpoint.once("folder", lambda: "acme/other/boiler_MM1_", str)
    account.store.put("acme/other/boiler_MM1_audio.ogg", b"x", "audio/ogg")
    checkpoint.release()
    eraser(account, twilio).erase("acme", "MM1")
    assert not account.store.versions("acme/")


def test_while_twilio_does_not_answer_the_message_is_buried_and_erased_later(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    twilio.answers = [httpx.ConnectError("away")]
    with pytest.raises(RetryLater):
        eraser(account, twilio).erase("acme", "MM1")
    assert Checkpoints(account.ledger).is_erased("MM1")
    assert Notes(account.ledger).get("acme", "MM1")
    eraser(account, twilio).erase("acme", "MM1")
    assert not of("MM1", everything(account, twilio)) - {
        ("item", "MESSAGE#MM1", "RECEIPT"),
        ("item", "MESSAGE#MM1", "ERASED"),
    }


def test_what_twilio_has_no_more_is_no_hindrance(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    twilio.received, twilio.log, twilio.attached, twilio.media = [], [], {}, {}
    assert eraser(account, twilio).erase("acme", "MM1")
    assert Notes(account.ledger).get("acme", "MM1") is None


def test_every_erasure_asks_the_index_anew(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    twilio.answers = [httpx.ConnectError("away")]
    with suppress(RetryLater):
        eraser(account, twilio).erase("acme", "MM1")
    eraser(account, twilio).erase("acme", "MM1")
    bodies = [json.loads(str(sent["Body"])) for sent in account.queued(account.index_queue)]
    asked = [(one["company_id"], one["message_id"], one["action"]) for one in bodies]
    assert asked == [("acme", "MM1", "remove")] * 3  # as each erasure begins, and once the words are gone


@dataclass(frozen=True)
class Corrected(ObjectStore):
    """A bucket where a note is corrected each time its versions are about to be deleted."""

    key: str = ""
    corrections: list[bytes] = field(default_factory=list)

    def delete_versions(self, versions: Iterable[Version]) -> None:
        """As the bucket does, after one more version was written."""
        if self.corrections:
            self.put_if_unchanged(self.key, self.corrections.pop(), "application/json", self.get(self.key).etag)
        super().delete_versions(versions)


def test_a_correction_that_is_under_way_leaves_nothing_behind(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    segments, corrections = "acme/other/boiler_MM1_segments.json", [b"once", b"twice"]
    store = Corrected(account.store.client, account.store.bucket, segments, corrections)
    eraser(account, twilio, store=store).erase("acme", "MM1")
    assert not account.store.versions("")


def test_a_key_that_is_no_artifacts_stops_the_erasure_without_being_told(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    Notes(account.ledger).update("acme", "MM1", {"artifacts": "Elm Street"})
    with pytest.raises(DeadLetter, match="no artifact") as refused:
        eraser(account, twilio).erase("acme", "MM1")
    assert "Elm" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_what_might_quote_the_note_is_forgotten(account: Account, twilio: FakeTwilio) -> None:
    sent = keep(account, twilio, "MM1")
    keep(account, twilio, "MM2", "bolt")
    assert Replies(account.ledger).find(sent)
    eraser(account, twilio).erase("acme", "MM1")
    assert AnswerCache(account.ledger).get("acme", "MM1") is None
    assert AnswerCache(account.ledger).get("bolt", "MM2")
    assert not Conversations(account.ledger).turns("acme", "sam", "whatsapp")
    assert Conversations(account.ledger).turns("bolt", "sam", "whatsapp")
    assert Sources(account.ledger).find("acme", "sam", "") is None
    assert Sources(account.ledger).find("bolt", "sam", "")
    assert Replies(account.ledger).find(sent) is None


def test_a_redelivered_message_stays_erased(account: Account) -> None:
    app = FakeApp(account)
    assert app.deliver(app.voice(SPEECH, "MM1"))
    app.twilio.attached["MM1"] = []
    eraser(account, app.twilio).erase("acme", "MM1")
    app.twilio.media.clear()
    left = everything(account, app.twilio)
    assert app.deliver(app.voice(SPEECH, "MM1"))
    app.twilio.media.clear()
    assert everything(account, app.twilio) == left
    assert Checkpoints(account.ledger).known("MM1")


def test_nothing_is_left_of_what_a_real_worker_filed(account: Account) -> None:
    app = FakeApp(account)
    assert app.deliver(app.voice(SPEECH, "MM1"))
    assert app.artifacts()
    app.twilio.attached["MM1"] = [{"uri": "/2010-04-01/Accounts/x/Messages/MM1/Media/MEMM1.json", "content_type": "x"}]
    eraser(account, app.twilio).erase("acme", "MM1")
    assert not account.store.versions("")
    assert not app.twilio.log
    sks = {str(item["sk"]) for item in account.ledger.partition("MESSAGE#MM1")}
    assert sks == {"RECEIPT", "ERASED"}


def test_a_parked_message_goes_from_among_the_dead_letters_too(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    Notes(account.ledger).update("acme", "MM1", {"status": "parked"})
    for parked in (job("MM1"), job("MM2"), replace(job("MM1"), company_id="bolt")):
        account.dead_letters.park(parked.to_json(), "a reason")
    erasure = eraser(account, twilio).erase("acme", "MM1")
    assert erasure
    assert erasure.erased.parked == 1
    left = [json.loads(str(one["Body"])) for one in account.queued(account.dead_letters)]
    assert {(one["company_id"], one["message"]["MessageSid"]) for one in left} == {("acme", "MM2"), ("bolt", "MM1")}


def test_a_filed_message_that_was_parked_before_its_sender_was_told_goes_too(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    Notes(account.ledger).update("acme", "MM1", {"problem": "Twilio did not answer"})
    account.dead_letters.park(job("MM1").to_json(), "Twilio did not answer")
    eraser(account, twilio).erase("acme", "MM1")
    assert account.queued(account.dead_letters) == []


def test_a_parked_follow_up_goes_too_as_it_names_the_sender(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    replies = Replies(account.ledger)
    replies.begin("MM1", "acme", "feedback-2")
    replies.move("MM1", "feedback-2", "failed", "63016")
    follow_up = FollowUpJob("MM1", "acme", "feedback-2", our_number="whatsapp:+15550100000", sender="whatsapp:+1555")
    account.dead_letters.park(follow_up.to_json(), "a reason")
    eraser(account, twilio).erase("acme", "MM1")
    assert account.queued(account.dead_letters) == []


def test_neither_eraser_nor_sweep_pays_for_the_search_index_when_they_start() -> None:
    program = "import sys, voice_parser.eraser_handler, voice_parser.sweep_handler; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    assert not {"tantivy", "numpy", "openai", "ai_voice_shared.answering.answering"} & set(done.stdout.split())


def test_the_function_believes_only_what_names_a_company_and_a_message(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    called = function(account, twilio)
    for company_id, message_id in (("acme/other", "MM1"), ("", "MM1"), ("acme", "../MM1"), ("acme", ""), ("*", "*")):
        with pytest.raises(RetryLater):
            erasing(called).erase(company_id, message_id)
    assert everything(account, twilio) == before
