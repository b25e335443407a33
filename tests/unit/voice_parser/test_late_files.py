"""A file that Twilio does not have yet is asked for again; its sender hears once that it is missing."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from support.account import Account
from support.app import FakeApp
from support.erasing import Killed, Life, eraser

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes
from voice_parser.sweep.bringing_back import BringingBack

MISSING = "WhatsApp no longer has your file"
FILED = "Job filed"


def received(note: NoteJob, ago: timedelta) -> NoteJob:
    return replace(note, received_at=timestamp(now() - ago))


def absent(app: FakeApp, voice_note: bytes, ago: timedelta, caption: str = "") -> NoteJob:
    """A voice note that was announced, and that Twilio answers 404 for."""
    note = received(app.voice(voice_note, caption=caption), ago)
    app.twilio.media.clear()
    return note


def waiting(account: Account) -> list[WaitingNote]:
    return list(WaitingNotes(account.ledger).due(now() + timedelta(days=99)))


def brought_back(account: Account, after: timedelta) -> list[NoteJob]:
    BringingBack(WaitingNotes(account.ledger), account.queue, lambda: now() + after).run()
    return [NoteJob.from_json(str(message["Body"])) for message in account.queued()]


def told(app: FakeApp, words: str) -> int:
    return sum(words in reply for reply in app.replies())


@pytest.mark.parametrize("minutes", [0, 5, 11, 14])
@pytest.mark.parametrize("caption", ["", "Invoice 8822"])
def test_a_young_message_waits_for_its_file_and_nobody_is_told(
    app: FakeApp, voice_note: bytes, minutes: int, caption: str
) -> None:
    note = absent(app, voice_note, timedelta(minutes=minutes), caption)
    assert app.deliver(note)
    assert (app.note("MM1").status, app.replies()) == ("waiting", [])
    assert app.note("MM1").problem == "the message's file is not there yet"
    assert app.account.queue.count() == 1
    app.twilio.media["MEMM1"] = voice_note
    assert app.deliver(note)
    assert (app.note("MM1").status, told(app, MISSING), told(app, FILED)) == ("filed", 0, 1)
    assert any(key.endswith("audio.ogg") for key in app.artifacts())


def test_tries_get_rarer_and_the_last_one_is_when_the_message_is_a_quarter_of_an_hour_old(
    app: FakeApp, voice_note: bytes
) -> None:
    seconds = []
    for age in (0, 21, 60, 300, 880):
        assert app.deliver(absent(app, voice_note, timedelta(seconds=age)))
        (note,) = waiting(app.account)
        seconds.append(round((note.until - now()).total_seconds()))
    assert [round(wait, -1) for wait in seconds] == [20, 20, 60, 120, 20]


def test_after_a_quarter_of_an_hour_the_sender_hears_once_and_the_file_is_still_asked_for(
    app: FakeApp, voice_note: bytes
) -> None:
    note = absent(app, voice_note, timedelta(minutes=16))
    for _ in range(3):
        assert app.deliver(note)
    assert (app.note("MM1").status, app.note("MM1").problem) == ("refused", "media_gone")
    assert app.note("MM1").waits_until
    assert (app.account.queue.count(), told(app, MISSING), len(app.replies())) == (0, 1, 1)
    assert len(brought_back(app.account, timedelta(hours=1))) == 1


def test_a_file_that_comes_within_a_day_is_filed_and_the_sender_hears_so(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(absent(app, voice_note, timedelta(minutes=16)))
    app.twilio.media["MEMM1"] = voice_note
    (note,) = brought_back(app.account, timedelta(hours=1))
    assert app.deliver(note)
    assert (app.note("MM1").status, app.note("MM1").problem, app.note("MM1").waits_until) == ("filed", "", "")
    assert (told(app, MISSING), told(app, FILED)) == (1, 1)
    assert [key for key in app.artifacts() if "/other/" in key] == []
    assert waiting(app.account) == []


def test_after_a_day_it_is_refused_for_good_and_nobody_hears_it_twice(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(absent(app, voice_note, timedelta(minutes=16)))
    assert app.deliver(absent(app, voice_note, timedelta(hours=25)))
    note = app.note("MM1")
    assert (note.status, note.problem, note.waits_until) == ("refused", "media_gone", "")
    assert note.artifacts
    assert len(app.replies()) == 1
    assert waiting(app.account) == []
    app.twilio.media["MEMM1"] = voice_note
    assert app.deliver(received(app.voice(voice_note), timedelta(hours=26)))
    assert app.note("MM1").status == "refused"


def test_a_message_with_words_of_its_own_is_filed_with_them_after_a_quarter_of_an_hour(
    app: FakeApp, voice_note: bytes
) -> None:
    assert app.deliver(absent(app, voice_note, timedelta(minutes=16), "Please order two valves by Friday."))
    assert app.note("MM1").status == "filed"
    assert waiting(app.account) == []


def test_another_reason_than_a_missing_file_is_told_at_once(app: FakeApp) -> None:
    note = received(app.voice(b"this is a text, whatever its name says"), timedelta(0))
    assert app.deliver(note)
    assert app.note("MM1").problem == "unreadable_audio"
    assert len(app.replies()) == 1


def test_erased_while_its_file_is_asked_for_the_message_is_gone(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(absent(app, voice_note, timedelta(minutes=16)))
    assert eraser(app.account, app.twilio).erase("acme", "MM1")
    assert waiting(app.account) == []
    assert "15550100001" not in str(app.account.ledger.partition("MESSAGE#MM1"))


def test_killed_at_any_effect_the_sender_hears_each_thing_once(app: FakeApp, voice_note: bytes) -> None:
    life, ends_at = Life(), 0
    while life.effects >= ends_at:
        ends_at += 1
        sid = f"MM{ends_at}"
        note = received(app.voice(voice_note, sid), timedelta(minutes=16))
        missing, filed = told(app, MISSING), told(app, FILED)
        app.twilio.media.clear()
        life = Life(ends_at)
        mortal = replace(app.account, ledger=Ledger(life.of(app.account.ledger.client), "ledger"))
        with suppress(Killed):
            replace(app, account=mortal, greeted=False).deliver(note)
        app.account.ledger.update(f"MESSAGE#{sid}", "RECEIPT", {}, remove=("lease_until", "held_by"))
        assert app.deliver(note)  # which was never acknowledged, or is announced twice
        app.twilio.media[f"ME{sid}"] = voice_note
        (again,) = brought_back(app.account, timedelta(hours=4))
        assert app.deliver(again)
        assert app.note(sid).status == "filed"
        assert (told(app, MISSING) - missing, told(app, FILED) - filed) == (1, 1), ends_at
    assert ends_at > 5


def test_a_file_that_cannot_be_asked_for_is_no_late_one(app: FakeApp, voice_note: bytes) -> None:
    note = received(app.voice(voice_note), timedelta(minutes=1))
    app.twilio.answers = [httpx.Response(500)]
    assert not app.deliver(note)
    assert app.note("MM1").status == "retrying"
