"""What happens to a message's files: they are kept as the type that their bytes show."""

import json

import pytest
from support.app import FakeApp
from support.audio_fixtures import encoded, sample
from support.file_fixtures import PNG, WRONG_FOR_M4A, brand

from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored.stored_notes import StoredNotes

UNTYPED = "application/octet-stream"
M4A = encoded(sample("job.ogg").samples, "ipod", "aac")
FILM = encoded(sample("job.ogg").samples, "mp4", "aac", pictures=True)
FILED = "acme/job-to-be-done/order-valves_MM1_"


def stored_type(app: FakeApp, key: str) -> str:
    store = app.account.store
    return store.client.head_object(Bucket=store.bucket, Key=key)["ContentType"]


@pytest.mark.parametrize("declared", WRONG_FOR_M4A)
def test_an_m4a_is_heard_and_kept_as_one_whatever_it_came_as(app: FakeApp, declared: str) -> None:
    assert app.deliver(app.voice(M4A, content_type=declared))
    note = app.note("MM1")
    assert (note.status, note.kind, app.transcriber.calls > 0) == ("filed", "voice", True)
    assert app.account.store.get(f"{FILED}audio.m4a").body == M4A
    assert stored_type(app, f"{FILED}audio.m4a") == "audio/mp4"


@pytest.mark.parametrize("declared", [UNTYPED, "audio/mpeg", "application/pdf"])
def test_a_voice_note_is_heard_and_kept_as_ogg_whatever_it_came_as(
    app: FakeApp, voice_note: bytes, declared: str
) -> None:
    assert app.deliver(app.voice(voice_note, content_type=declared))
    assert stored_type(app, f"{FILED}audio.ogg") == "audio/ogg"
    analysis = json.loads(app.account.store.get(f"{FILED}analysis.json").body)
    assert (app.note("MM1").kind, analysis["kind"]) == ("voice", "voice")


def test_a_recording_found_by_its_bytes_can_be_cited_and_played(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note, content_type=UNTYPED))
    account = app.account
    stored = StoredNotes(Notes(account.ledger), account.store).find("acme", "MM1")
    assert stored
    assert str(stored.recording) == f"{FILED}audio.ogg"


def test_a_film_sent_as_a_document_is_a_video(app: FakeApp) -> None:
    assert app.deliver(app.voice(FILM, content_type=UNTYPED))
    assert (app.note("MM1").kind, stored_type(app, f"{FILED}video.mp4")) == ("video", "video/mp4")


def test_a_picture_sent_as_sound_is_kept_as_a_picture(app: FakeApp) -> None:
    assert app.deliver(app.voice(PNG, content_type="audio/ogg"))
    assert app.artifacts() == ["acme/other/image_MM1_image.png"]
    assert (app.note("MM1").kind, app.note("MM1").status, app.transcriber.calls) == ("image", "filed", 0)


def test_a_vcard_sent_as_a_text_is_a_contact(app: FakeApp) -> None:
    assert app.deliver(app.voice(b"BEGIN:VCARD\r\nFN:Bo\r\nEND:VCARD\r\n", content_type="text/plain"))
    assert app.note("MM1").kind == "contact"
    assert "acme/other/bo_MM1_contact.vcf" in app.artifacts()


def test_a_text_declared_as_sound_stays_a_recording_that_could_not_be_opened(app: FakeApp) -> None:
    assert app.deliver(app.voice(b"this is a text, whatever its name says"))
    assert (app.note("MM1").kind, app.note("MM1").problem) == ("voice", "unreadable_audio")
    assert stored_type(app, "acme/other/unreadable-audio_MM1_audio.ogg") == "audio/ogg"


@pytest.mark.parametrize(
    ("content", "declared", "name"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "text/html", "document.html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", "image.svg"),
        (b"<a/>", "application/xml", "document.xml"),
        (b"alert(1)", "text/javascript", "document.js"),
        (b"?", "application/x-unknown", "document.bin"),
    ],
)
def test_what_a_browser_would_run_is_kept_as_bytes(app: FakeApp, content: bytes, declared: str, name: str) -> None:
    assert app.deliver(app.voice(content, content_type=declared))
    (key,) = app.artifacts()
    assert (key.rpartition("_")[2], stored_type(app, key)) == (name, UNTYPED)


def test_of_several_files_the_one_that_speaks_is_heard_wherever_it_stands(app: FakeApp, voice_note: bytes) -> None:
    note = app.voice(PNG, content_type=UNTYPED)
    app.twilio.media["MEtwo"] = voice_note
    note.message.update({"MediaUrl1": "https://api.twilio.com/MEtwo", "MediaContentType1": UNTYPED})
    assert app.deliver(note)
    assert {f"{FILED}image.png", f"{FILED}audio.ogg"} < set(app.artifacts())
    assert (app.note("MM1").kind, app.transcriber.calls) == ("voice", 1)


@pytest.mark.parametrize("killed", ["while the files are fetched", "while it is transcribed"])
def test_a_retry_after_a_kill_sees_the_same_kind(app: FakeApp, voice_note: bytes, killed: str) -> None:
    note = app.voice(voice_note, content_type=UNTYPED)
    two = {"MediaUrl1": "https://api.twilio.com/MEtwo", "MediaContentType1": UNTYPED}
    app.twilio.media["MEtwo"] = PNG
    note.message.update(two)
    if killed == "while the files are fetched":
        del app.twilio.media["MEtwo"]
        app.twilio.slept = _Killing()
    else:
        app.transcriber.before = _die
    with pytest.raises(KeyboardInterrupt):
        app.deliver(note)
    app.twilio.media["MEtwo"], app.twilio.slept, app.transcriber.before = PNG, [], lambda: None
    assert app.deliver(note, attempt=2)
    assert (app.note("MM1").kind, app.transcriber.calls, len(app.replies())) == ("voice", 1, 1)
    assert sorted(key.rpartition("_")[2] for key in app.artifacts() if "audio" in key or "image" in key) == [
        "audio.ogg",
        "image.png",
    ]
    assert app.artifacts("_receipts/") == []


def test_a_note_keeps_its_declared_kind_when_its_file_is_gone(app: FakeApp) -> None:
    note = app.voice(b"", content_type="video/mp4")
    app.twilio.media.clear()
    assert app.deliver(note)
    assert (app.note("MM1").kind, app.note("MM1").problem) == ("video", "media_gone")


def test_an_mp4_without_any_track_is_what_it_was_declared_to_be(app: FakeApp) -> None:
    assert app.deliver(app.voice(brand("mp42"), content_type="video/mp4"))
    assert app.artifacts() == ["acme/other/unreadable-audio_MM1_video.mp4"]


class _Killing(list[float]):
    """The pauses before a file is asked for again; the first one is the end."""

    def append(self, _pause: float, /) -> None:
        if _pause:
            _die()


def _die() -> None:
    raise KeyboardInterrupt
