"""An upload is treated like a note: kept, heard, understood, filed and indexed; only nobody gets an answer."""

from dataclasses import replace

import pytest
from support.app import FakeApp, FakeTwilio
from support.audio_fixtures import SAMPLES
from support.erasing import eraser
from support.file_fixtures import PNG
from unit.voice_parser.test_index_step import jobs

from ai_voice_shared.artifacts import upload_key
from ai_voice_shared.jobs import NoteJob, notes_job

KEY = upload_key("acme", "UP1", 0)
RECORDING = (SAMPLES / "job.ogg").read_bytes()


def upload(app: FakeApp, content: bytes = b"", content_type: str = "audio/ogg", **parameters: str) -> NoteJob:
    """A job as who takes an upload makes it, its file in place."""
    files = {"FileKey0": KEY, "FileType0": content_type} if content else {}
    if content:
        app.account.store.put(KEY, content, content_type)
    message: dict[str, str | list[str]] = {"MessageSid": "UP1", "SenderName": "Console", **files, **parameters}
    return NoteJob(message, "acme", "key-1a2b", "2026-11-20T10:00:00.000Z", "upload")


def waiting(app: FakeApp) -> list[str]:
    """What is left of a message's files beside the note's own."""
    return app.artifacts("_receipts/")


def test_an_uploaded_recording_is_filed_like_a_voice_note(app: FakeApp) -> None:
    assert app.deliver(upload(app, RECORDING))
    note = app.note("UP1")
    assert (note.kind, note.status, note.sender_name, note.customer_id) == ("voice", "filed", "Console", "key-1a2b")
    assert app.artifacts() == [
        f"acme/job-to-be-done/order-valves_UP1_{name}"
        for name in ("analysis.json", "audio.ogg", "full_text.txt", "segments.json", "text_summary.txt")
    ]
    assert [asked["message_id"] for asked in jobs(app)] == ["UP1"]


def test_nobody_is_answered_and_nothing_waits_any_more(app: FakeApp) -> None:
    assert app.deliver(upload(app, RECORDING))
    assert (app.twilio.sent, app.twilio.authorized) == ([], set())
    assert waiting(app) == []


def test_its_words_are_a_caption_and_a_picture_is_kept_beside_them(app: FakeApp) -> None:
    assert app.deliver(upload(app, PNG, "image/png", Body="The valve at Elm Street"))
    assert app.note("UP1").kind == "image"
    assert app.analyzer.words[0].full_text == "The valve at Elm Street"


def test_a_file_that_was_never_uploaded_is_waited_for_and_then_told_on_the_note(app: FakeApp) -> None:
    job = replace(upload(app), message={"MessageSid": "UP1", "FileKey0": KEY, "FileType0": "audio/ogg"})
    assert app.deliver(job)
    assert (app.note("UP1").status, app.note("UP1").problem) == ("refused", "media_gone")
    assert app.twilio.sent == []


@pytest.mark.parametrize(
    "key",
    [
        upload_key("bolt", "UP1", 0),
        upload_key("acme", "UP2", 0),
        upload_key("acme", "UP1", 10),
        "acme/other/parked_SM1_audio.ogg",
        f"{KEY}/../../bolt/UP1/upload-0",
        "",
    ],
)
def test_a_file_that_is_not_the_messages_own_is_never_read(app: FakeApp, key: str) -> None:
    job = replace(upload(app), message={"MessageSid": "UP1", "FileKey0": key})
    assert app.deliver(job)
    assert app.account.dead_letters.count() == 1
    assert app.artifacts("acme/") == []


def test_an_id_that_twilio_could_have_given_is_refused(app: FakeApp) -> None:
    assert app.deliver(replace(upload(app), message={"MessageSid": "SM1", "Body": "Please order two valves."}))
    assert app.account.dead_letters.count() == 1


def test_its_erasure_asks_nothing_of_twilio(app: FakeApp) -> None:
    assert app.deliver(upload(app, RECORDING))
    app.twilio = FakeTwilio(answers=[RuntimeError("called")])
    erased = eraser(app.account, app.twilio).erase("acme", "UP1")
    assert erased
    assert (erased.erased.twilio_messages, erased.erased.twilio_media) == (0, 0)
    assert app.artifacts("acme/") == []


def test_a_parameter_with_two_values_is_refused(app: FakeApp) -> None:
    assert app.deliver(replace(upload(app), message={"MessageSid": "UP1", "Body": ["one", "two"]}))
    assert app.account.dead_letters.count() == 1


def test_an_upload_is_tried_again_from_where_it_stopped(app: FakeApp) -> None:
    def fail() -> None:
        raise RuntimeError("the engine broke")

    app.analyzer.before = fail
    job = upload(app, RECORDING)
    assert not app.deliver(job)
    app.analyzer.before = lambda: None
    assert app.deliver(job, attempt=2)
    assert (app.note("UP1").status, app.transcriber.calls) == ("filed", 1)


def test_the_source_survives_the_queue_and_messages_from_whatsapp_are_as_before(app: FakeApp) -> None:
    job = upload(app)
    assert notes_job(job.to_json()) == job
    assert '"source"' not in replace(job, source="whatsapp").to_json()


def test_twilio_is_not_asked_about_an_upload(app: FakeApp) -> None:
    app.twilio = FakeTwilio(answers=[RuntimeError("called")])
    assert app.deliver(upload(app, Body="Please order two valves."))
    assert app.note("UP1").status == "filed"
