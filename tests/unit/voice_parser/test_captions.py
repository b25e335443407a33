"""A file's caption is text: kept, understood, indexed and answered, also if the file cannot be used."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from support.app import ACME, JOB, FakeAnswering, FakeApp, FakeLookup
from support.audio_fixtures import encoded, sample, silent_film
from unit.voice_parser.test_index_step import jobs
from unit.voice_parser.test_questions import ANSWER

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Customer
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.intents import Other
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.understanding.understanding import Analysis

BOILER = "Serial number of the boiler is ZX-4711, the roof leaks"
PREFIX = "acme/job-to-be-done/order-valves_MM1_"
HEARD_NOTHING = "We heard nothing in the file itself; it is kept."
FILED = "✅ Job filed: Order valves"
SUMMARY = f"{FILED}\n\nTwo valves are wanted.\n\n• Maria: order two valves (Friday, 27 Nov)"


def film() -> bytes:
    """A film in which somebody speaks."""
    return encoded(sample("job.ogg").samples, "mp4", "aac", pictures=True)


def silence() -> bytes:
    """A film with a sound track on which nothing is to be heard."""
    return encoded(np.zeros(16_000 * 3, np.int16), "mp4", "aac", pictures=True)


def text(app: FakeApp, name: str) -> str:
    return app.account.store.get(PREFIX + name).body.decode()


def segments(app: FakeApp) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(app, "segments.json"))["segments"]
    return found


def company(app: FakeApp, feedback: Any) -> None:
    """Lets the company want this much feedback."""
    app.lookup = FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), replace(ACME, feedback=feedback)))


@pytest.mark.parametrize(
    ("content_type", "caption"), [("video/mp4", BOILER), ("audio/ogg", "Invoice 8822 belongs to this")]
)
def test_the_caption_of_a_recording_is_filed_with_what_is_said(
    app: FakeApp, voice_note: bytes, content_type: str, caption: str
) -> None:
    content = film() if content_type == "video/mp4" else voice_note
    assert app.deliver(app.voice(content, content_type=content_type, caption=caption))
    said = app.transcriber.text
    assert text(app, "full_text.txt").startswith(f"{caption}\n\n{said}")
    first, *spoken = segments(app)
    assert first == {"text": caption, "speaker": None, "written": True}
    assert all(one["end"] > one["start"] >= 0 and "written" not in one for one in spoken)
    (words,) = app.analyzer.words
    assert (words.caption, words.text.startswith(said)) == (caption, True)
    assert app.replies()[0].startswith(FILED)
    assert HEARD_NOTHING not in app.replies()[0]


def test_the_caption_and_what_is_said_are_indexed_as_one_note(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note, caption="Invoice 8822\nbelongs to this"))
    assert [one["message_id"] for one in jobs(app)] == ["MM1"]
    indexed = StoredNotes(Notes(app.account.ledger), app.account.store).to_index("acme", "MM1")
    assert indexed
    written = [one.text for one in indexed.segments if one.written]
    assert written == ["Invoice 8822", "belongs to this"]
    assert any(not one.written for one in indexed.segments)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(silence(), "video/mp4"), (silent_film(), "video/mp4"), (b"no recording", "audio/ogg"), (b"", "video/mp4")],
)
def test_a_recording_that_cannot_be_heard_is_filed_by_its_caption(
    app: FakeApp, content: bytes, content_type: str
) -> None:
    assert app.deliver(app.voice(content, content_type=content_type, caption=BOILER))
    note = app.note("MM1")
    assert (note.status, note.intent, note.title, note.problem) == ("filed", "job-to-be-done", "Order valves", "")
    assert text(app, "full_text.txt") == BOILER
    assert segments(app) == [{"text": BOILER, "speaker": None, "written": True}]
    assert any(key.startswith(PREFIX + content_type[:5]) for key in app.artifacts())
    assert app.replies()[0].startswith(FILED)
    assert app.replies()[0].endswith(HEARD_NOTHING)
    assert [one["message_id"] for one in jobs(app)] == ["MM1"]


def test_a_recording_that_is_too_long_is_filed_by_its_caption(app: FakeApp) -> None:
    recording = encoded(np.zeros(16_000 * 61, np.int16), "ogg", "libopus")
    app.deliver(app.voice(recording, caption=BOILER))
    assert app.note("MM1").status == "filed"
    assert app.replies()[0].startswith(FILED)
    assert "longer than 1 minutes" in app.replies()[0]


@pytest.mark.parametrize("content_type", ["audio/ogg", "image/jpeg", "text/vcard"])
@pytest.mark.parametrize(("size", "told"), [(None, "no longer has your file"), (17_000_000, "larger than 16 MB")])
def test_a_file_that_could_not_be_fetched_is_filed_by_its_caption(
    app: FakeApp, content_type: str, size: int | None, told: str
) -> None:
    note = app.voice(bytes(size or 0), content_type=content_type, caption=BOILER)
    if size is None:
        app.twilio.media.clear()
    assert app.deliver(note)
    assert text(app, "full_text.txt") == BOILER
    assert "MediaUrl0" in json.loads(text(app, "message.json"))
    assert app.replies()[0].startswith(FILED)
    assert told in app.replies()[0]


@pytest.mark.parametrize(("content_type", "name"), [("image/jpeg", "image.jpg"), ("application/pdf", "document.pdf")])
def test_a_picture_with_a_caption_is_filed_as_its_words_are_understood(
    app: FakeApp, content_type: str, name: str
) -> None:
    assert app.deliver(app.voice(b"content", content_type=content_type, caption="Please order this valve by Friday"))
    types = ["analysis.json", name, "full_text.txt", "segments.json", "text_summary.txt"]
    assert app.artifacts() == [PREFIX + one for one in sorted(types)]
    assert app.account.store.get(PREFIX + name).body == b"content"
    assert app.replies()[0].startswith(FILED)
    assert app.replies()[0].endswith("The file itself is kept as it is.")
    assert len(jobs(app)) == 1


@pytest.mark.parametrize("caption", ["", "\u200b", "👍", "."])
def test_a_caption_without_words_leaves_the_file_as_it_is(app: FakeApp, samples: Path, caption: str) -> None:
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg", caption=caption))
    app.deliver(app.voice((samples / "silence.ogg").read_bytes(), "MM2", caption=caption))
    assert "kept your file" in app.replies()[0]
    assert "no speech" in app.replies()[1]
    assert "title" not in app.account.ledger.get("NOTE#acme", "MM1")  # type: ignore[operator]
    assert app.analyzer.calls == 0
    assert jobs(app) == []


def test_a_question_beside_a_photo_is_a_question(app: FakeApp) -> None:
    note = Other(intent="other", title="Valve?", tag="valve", question="Which valve is this?")
    app.analyzer.analysis = Analysis(language="en", note=note, engine="fake")
    app.answering = FakeAnswering([ANSWER])
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg", caption="Which valve is this?"))
    assert [one.text for one in app.answering.asked] == ["Which valve is this?"]
    assert "acme/other/valve_MM1_image.jpg" in app.artifacts()
    assert app.replies()[0].startswith("The cellar door is 78 cm wide.")
    assert jobs(app) == []


@pytest.mark.parametrize("caption", ["play 1", "forget that"])
@pytest.mark.parametrize("content_type", ["image/jpeg", "video/mp4"])
def test_a_command_beside_a_file_is_a_command_and_the_file_is_kept(
    app: FakeApp, caption: str, content_type: str
) -> None:
    app.deliver(app.voice(silent_film(), content_type=content_type, caption=caption))
    assert app.analyzer.calls == 0
    assert len(app.artifacts()) == 2
    assert "nothing to play" in app.replies()[0] or "Which message?" in app.replies()[0]


def test_a_command_beside_spoken_words_is_a_caption_like_any_other(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note, caption="forget that"))
    assert app.replies()[0].startswith(FILED)


def test_a_number_beside_a_photo_is_no_request_to_play(app: FakeApp, voice_note: bytes) -> None:
    note = Other(intent="other", title="Door?", tag="door", question="How wide is the door?")
    app.analyzer.analysis = Analysis(language="en", note=note, engine="fake")
    app.answering = FakeAnswering([ANSWER])
    app.deliver(app.voice(voice_note))
    app.analyzer.analysis = Analysis(language="en", note=JOB, engine="fake")
    app.deliver(app.voice(b"JFIF", "MM2", content_type="image/jpeg", caption="1"))
    assert app.replies()[1].startswith(FILED)


@pytest.mark.parametrize(
    ("wanted", "picture", "film"),
    [
        (
            "summary",
            f"{SUMMARY}\n\nThe file itself is kept as it is.",
            f"{SUMMARY}\n\n{HEARD_NOTHING}",
        ),
        ("short", FILED, f"{FILED}\n\n{HEARD_NOTHING}"),
        ("problems-only", None, HEARD_NOTHING),
    ],
)
def test_the_company_decides_how_much_is_told_of_a_captioned_file(
    app: FakeApp, wanted: str, picture: str | None, film: str
) -> None:
    company(app, wanted)
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg", caption="Order this"))
    assert app.replies() == ([picture] if picture else [])
    app.deliver(app.voice(silent_film(), "MM2", content_type="video/mp4", caption="Order this"))
    assert app.replies()[-1] == film


@pytest.mark.parametrize("failing", ["analyzer", "twilio"])
@pytest.mark.parametrize(("content", "content_type"), [(silence(), "video/mp4"), (b"JFIF", "image/jpeg")])
def test_a_caption_is_paid_for_and_told_once_whatever_fails(
    app: FakeApp, content: bytes, content_type: str, failing: str
) -> None:
    def fail() -> None:
        raise RetryLater("OpenAI answered 500")

    note = app.voice(content, content_type=content_type, caption=BOILER)
    if failing == "analyzer":
        app.analyzer.before = fail
    else:
        usual = httpx.MockTransport(app.twilio)
        url = str(note.message["MediaUrl0"])
        fetched = [httpx.Request("GET", one) for one in (url, url.replace("api.twilio.com", "mms.twiliocdn.com"))]
        app.twilio.answers = [*map(usual.handle_request, fetched), httpx.Response(503)]
    assert not app.deliver(note)
    app.analyzer.before = lambda: None
    assert app.deliver(note, attempt=2)
    assert app.deliver(note, attempt=3)
    assert (app.analyzer.calls, len(app.twilio.sent), len(jobs(app))) == (1, 1, 1)
    assert app.note("MM1").status == "filed"


def test_a_captioned_message_that_is_parked_keeps_file_and_words(app: FakeApp) -> None:
    def fail() -> None:
        raise DeadLetter("OpenAI answered 401")

    app.analyzer.before = fail
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg", caption=BOILER))
    assert app.artifacts() == [
        f"acme/other/parked_MM1_{name}" for name in ("full_text.txt", "image.jpg", "message.json")
    ]


def test_a_title_that_shows_nothing_is_replaced_by_the_first_words(app: FakeApp) -> None:
    blank = JOB.model_copy(update={"title": "\u200b "})
    app.analyzer.analysis = Analysis(language="en", note=blank, engine="fake")
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg", caption=BOILER))
    assert app.note("MM1").title == BOILER
    assert app.replies()[0].startswith(f"✅ Job filed: {BOILER}")
