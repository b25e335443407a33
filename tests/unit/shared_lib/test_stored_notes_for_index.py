"""What is read of a note's words, and how they are corrected."""

import json
from dataclasses import replace

import pytest
from support.account import Account
from support.stored import BOILER, CAPTION, RECEIVED, file_image, file_text, file_voice, key, stored_notes

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.domain import Segment
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored.stored_notes import StoredNote, StoredNotes, Unreadable


def _found(stored: StoredNotes, sid: str = "SM1") -> StoredNote:
    found = stored.find("acme", sid)
    assert found is not None
    return found


def test_a_voice_note_is_indexed_with_its_sender_time_and_segments(account: Account) -> None:
    file_voice(account, "SM1")
    note = stored_notes(account).read("acme", "SM1")
    assert note == IndexedNote("SM1", "job-to-be-done", "ana", "Ana Ruiz", RECEIVED, "en", BOILER)


def test_a_caption_is_found_like_a_text_note(account: Account) -> None:
    file_image(account, "SM1", "The broken valve")
    found = _found(stored_notes(account))
    assert found.segments == (Segment(0.0, 0.0, "The broken valve", written=True),)
    assert found.recording is None


def test_a_text_note_of_an_earlier_release_is_written(account: Account) -> None:
    file_text(account, "SM1", "Two valves\n\nThanks")
    written = tuple(Segment(0.0, 0.0, text, written=True) for text in ("Two valves", "Thanks"))
    assert _found(stored_notes(account)).segments == written


def test_the_caption_of_a_recording_is_told_from_what_is_said(account: Account) -> None:
    file_voice(account, "SM1", (*CAPTION, *BOILER))
    assert _found(stored_notes(account)).segments == (*CAPTION, *BOILER)


def test_only_what_is_spoken_has_a_recording(account: Account) -> None:
    file_voice(account, "SM1")
    file_text(account, "SM2", "Two valves")
    stored = stored_notes(account)
    assert str(_found(stored).recording) == key("acme", "SM1", "audio.ogg")
    assert _found(stored, "SM2").recording is None


def test_another_companys_note_is_not_there(account: Account) -> None:
    file_voice(account, "SM1", company_id="bolt")
    assert stored_notes(account).find("acme", "SM1") is None


@pytest.mark.parametrize("status", ["refused", "parked"])
def test_a_note_that_was_not_understood_is_not_found(account: Account, status: str) -> None:
    file_voice(account, "SM1")
    Notes(account.ledger).update("acme", "SM1", {"status": status})
    assert stored_notes(account).find("acme", "SM1") is None


def test_a_note_whose_words_are_gone_is_not_found(account: Account) -> None:
    file_voice(account, "SM1")
    account.store.delete(key("acme", "SM1", "segments.json"))
    assert stored_notes(account).find("acme", "SM1") is None


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"segments": 3}', b'{"segments": [{"start": "soon"}]}'])
def test_unreadable_words_are_told_apart_from_missing_ones(account: Account, body: bytes) -> None:
    file_voice(account, "SM1")
    account.store.put(key("acme", "SM1", "segments.json"), body, "application/json")
    with pytest.raises(Unreadable):
        stored_notes(account).find("acme", "SM1")
    assert stored_notes(account).read("acme", "SM1") is None


def test_words_corrected_by_somebody_else_are_read_anew(account: Account) -> None:
    file_voice(account, "SM1")
    reader, writer = stored_notes(account), stored_notes(account)
    before = _found(reader)
    assert _found(reader).words is before.words
    writer.correct(_found(writer), BOILER[:1], BOILER[0].text)
    assert _found(reader).segments == BOILER[:1]


def test_a_correction_rewrites_both_objects_and_keeps_what_else_they_hold(account: Account) -> None:
    file_voice(account, "SM1")
    stored = stored_notes(account)
    right = (replace(BOILER[0], text="The boiler on Oak Street loses pressure."), *BOILER[1:])
    stored.correct(_found(stored), right, "The right text")
    content = json.loads(account.store.get(key("acme", "SM1", "segments.json")).body)
    assert content["segments"][0]["text"] == "The boiler on Oak Street loses pressure."
    assert content["engine"] == "fake"
    assert account.store.get(key("acme", "SM1", "full_text.txt")).body == b"The right text"
    note = Notes(account.ledger).get("acme", "SM1")
    assert note is not None
    assert note.steps["corrected"] == content["corrected_at"]


def test_the_same_correction_again_changes_nothing(account: Account) -> None:
    file_voice(account, "SM1")
    stored = stored_notes(account)
    first = stored.correct(_found(stored), BOILER[1:], "text")
    assert stored.correct(_found(stored), BOILER[1:], "text") == first


def test_a_correction_that_was_cut_short_is_completed_when_sent_again(account: Account) -> None:
    file_voice(account, "SM1")
    stored = stored_notes(account)
    first = stored.correct(_found(stored), BOILER[1:], "right")
    account.store.put(key("acme", "SM1", "full_text.txt"), b"wrong", "text/plain")
    assert stored.correct(_found(stored), BOILER[1:], "right") == first
    assert account.store.get(key("acme", "SM1", "full_text.txt")).body == b"right"


def test_of_two_corrections_at_once_one_is_told_of_the_other(account: Account) -> None:
    file_voice(account, "SM1")
    mine, theirs = stored_notes(account), stored_notes(account)
    old = _found(mine)
    theirs.correct(_found(theirs), BOILER[1:], "theirs")
    with pytest.raises(Conflict) as conflict:
        mine.correct(old, BOILER[:1], "mine")
    assert "acme" not in str(conflict.value)  # a key's tag comes from what was said


def test_a_caption_is_corrected_in_its_only_object(account: Account) -> None:
    file_image(account, "SM1", "The broken walve")
    stored = stored_notes(account)
    etag = stored.correct(_found(stored), (), "The broken valve")
    assert _found(stored).segments[0].text == "The broken valve"
    assert _found(stored).words.etag == etag
