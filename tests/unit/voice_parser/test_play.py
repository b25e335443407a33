"""What a sender can hear of an answer's sources."""

import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from support.app import FakeAnswering, FakeApp, job
from support.audio_fixtures import truth, written

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer
from ai_voice_shared.intents import Other
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.people.greetings import Greetings
from voice_parser.commands.play import ClipRequest, requested
from voice_parser.sound.decoding import decode
from voice_parser.understanding.understanding import Analysis

SAID = truth("job.ogg")[1]
HEARD = Citation("MM7", 1, SAID.start, SAID.end, "call the client", "Sam", "2026-11-14T09:30:00.000Z")
WRITTEN = Citation("SM8", 0, None, None, "The stairs turn left.", "Ana", "2026-11-14T09:30:00.000Z")
ANSWER = Answer((Statement("Call the client.", (HEARD, WRITTEN)),), "", "en", "fake")
QUESTION = Other(intent="other", title="Client?", tag="client", question="What about the client?")


@pytest.fixture
def told(app: FakeApp, voice_note: bytes) -> FakeApp:
    """Sam has asked, and was told two sources: a recording and a text."""
    app.deliver(app.voice(voice_note, "MM7"))
    app.answering = FakeAnswering([ANSWER])
    ask(app, "SM1")
    app.twilio.sent.clear()
    app.analyzer.calls = 0
    return app


def ask(app: FakeApp, sid: str) -> None:
    analysis = app.analyzer.analysis
    app.analyzer.analysis = Analysis(language="en", note=QUESTION, engine="fake")
    assert app.deliver(job(sid, Body="What about the client?"))
    app.analyzer.analysis = analysis


def as_sender(asked: NoteJob, customer_id: str, company_id: str = "acme") -> NoteJob:
    return NoteJob(asked.message, company_id, customer_id, asked.received_at)


@pytest.mark.parametrize(
    ("text", "number", "language"),
    [
        ("play 1", 1, "en"),
        ("Play 2.", 2, "en"),
        ("PLAY [1]", 1, "en"),
        ("play1", 1, "en"),
        ("Please play number 12!", 12, "en"),
        ("“play 1”", 1, "en"),
        ("play one", 1, "en"),
        ("play source two please", 2, "en"),
        ("reproduce 1", 1, "es"),
        ("Reproduce la fuente tres", 3, "es"),
        ("spiel 1", 1, "de"),
        ("Spiel bitte 1 ab", 1, "de"),
        ("spiele zwei", 2, "de"),
        ("joue 1", 1, "fr"),
        ("« joue 2 »", 2, "fr"),
        ("toca 1", 1, "pt"),
        ("reproduz dois", 2, "pt"),
    ],
)
def test_a_request_to_hear_a_source_is_recognised(text: str, number: int, language: str) -> None:
    assert requested("", text) == ClipRequest(number, language)


@pytest.mark.parametrize("text", ["1", " 1. ", "[1]", "1!"])
def test_a_mere_number_may_be_a_request(text: str) -> None:
    assert requested("", text) == ClipRequest(1, certain=False)


@pytest.mark.parametrize(
    "text",
    ["", "play", "play it", "playground 1", "display 1", "play 100", "1 valve", "play 1 and 2", "We play 1 game"],
)
def test_other_texts_are_no_requests(text: str) -> None:
    assert requested("", text) is None


def test_a_pressed_button_is_a_request_whatever_its_text() -> None:
    assert requested("play:2", "🔊 Hear it") == ClipRequest(2)
    assert requested("stop", "🔊 Hear it") is None


@pytest.mark.parametrize(
    "asked",
    [
        job("SM2", Body="Play 1."),
        job("SM2", Body="1"),
        job("SM2", Body="Hear 1", ButtonText="Hear 1", ButtonPayload="play:1"),
        job("SM2", Body="", ButtonText="🔊", ButtonPayload="play:1"),
    ],
)
def test_the_clip_is_sent_as_a_voice_message_without_asking_a_model(
    told: FakeApp, asked: NoteJob, tmp_path: Path
) -> None:
    assert told.deliver(asked)
    (sent,) = told.twilio.sent
    assert (sent["From"], sent["To"]) == ("whatsapp:+15550100000", "whatsapp:+15550100001")
    assert "Body" not in sent
    url = urlsplit(sent["MediaUrl"])
    assert "X-Amz-Expires=3600" in url.query
    assert "response-content-type=audio%2Fogg" in url.query
    assert url.path.endswith("_clips/acme/SM2/1.ogg")
    clip = decode(written(tmp_path, told.account.store.get("_clips/acme/SM2/1.ogg").body), longest=60)
    assert clip.duration == pytest.approx(min(10.93, SAID.end + 1) - SAID.start + 1, abs=0.2)
    assert told.analyzer.calls == 0


def test_a_request_is_kept_as_it_is_and_is_not_searchable(told: FakeApp) -> None:
    told.deliver(job("SM2", Body="play 1"))
    note = told.note("SM2")
    assert (note.status, note.intent, note.title) == ("filed", "other", "play 1")
    assert note.artifacts == ("acme/other/play-1_SM2_full_text.txt",)
    assert not note.steps.keys() & {"indexed", "searchable"}


def test_a_spoken_request_is_played_too(told: FakeApp, voice_note: bytes) -> None:
    told.transcriber.text = "play one"
    assert told.deliver(told.voice(voice_note, "MM9"))
    assert "MediaUrl" in told.twilio.sent[0]
    assert told.note("MM9").artifacts == ("acme/other/voice_MM9_audio.ogg",)


def test_a_text_source_has_nothing_to_play(told: FakeApp) -> None:
    told.deliver(job("SM2", Body="play 2"))
    assert told.replies() == ["Source 2 was written, not said, so there is nothing to hear."]


@pytest.mark.parametrize("number", ["0", "3", "99"])
def test_a_number_out_of_range_is_told(told: FakeApp, number: str) -> None:
    told.deliver(job("SM2", Body=f"play {number}"))
    assert told.replies() == [f"The answer has no source {number}; the last one is 2."]


@pytest.mark.parametrize("number", ["0", "3"])
def test_a_mere_number_that_fits_no_source_is_a_note_like_any(told: FakeApp, number: str) -> None:
    told.deliver(job("SM2", Body=number))
    assert told.analyzer.calls == 1
    assert told.replies()[0].startswith("✅ Job filed")


def test_a_source_that_is_gone_is_told(told: FakeApp) -> None:
    for key in told.artifacts("acme/job-to-be-done/"):
        told.account.store.delete(key)
    told.deliver(job("SM2", Body="play 1"))
    assert told.replies() == ["The recording of source 1 is no longer there."]


def test_the_refusal_speaks_the_answers_language(told: FakeApp) -> None:
    told.answering = FakeAnswering([Answer(ANSWER.statements, "", "de", "fake")])
    ask(told, "SM3")
    told.deliver(job("SM2", Body="play 9"))
    assert told.replies()[-1] == "Die Antwort hat keine Quelle 9; die letzte ist 2."


def test_before_any_question_there_is_nothing_to_play(app: FakeApp) -> None:
    app.deliver(job("SM2", Body="spiel 1"))
    assert app.replies()[0].startswith("Es gibt nichts abzuspielen")


def test_after_a_day_there_is_nothing_to_play(told: FakeApp) -> None:
    item = told.account.ledger.get("SOURCES#acme#sam", "LATEST")
    assert item
    assert int(item["expires_at"]) - time.time() <= 86_400
    told.account.ledger.put({**item, "expires_at": int(time.time()) - 1})
    told.deliver(job("SM2", Body="play 1"))
    assert told.replies()[0].startswith("There is nothing to play")


def test_nobody_hears_what_another_sender_or_another_company_was_told(told: FakeApp) -> None:
    for company_id, customer_id in (("acme", "ana"), ("rival", "sam")):
        Greetings(told.account.ledger).is_first(company_id, customer_id, "earlier")
    told.deliver(as_sender(job("SM2", Body="play 1"), "ana"))
    told.lookup.known = IdentifiedSender(Customer("sam", "rival", "Sam"), Company("rival", "Rival"))
    told.deliver(as_sender(job("SM3", Body="play 1"), "sam", "rival"))
    assert ["There is nothing to play" in reply for reply in told.replies()] == [True] * 2
    assert told.artifacts("_clips/") == []


def test_a_newer_answer_replaces_the_sources(told: FakeApp) -> None:
    told.answering = FakeAnswering([Answer((Statement("Left.", (WRITTEN,)),), "", "en", "fake")])
    ask(told, "SM3")
    told.deliver(job("SM4", Body="play 1"))
    assert told.replies()[-1] == "Source 1 was written, not said, so there is nothing to hear."


def test_a_reply_to_an_older_answer_plays_that_ones_source(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note, "MM7"))
    app.answering = FakeAnswering([ANSWER, Answer((Statement("Left.", (WRITTEN,)),), "", "en", "fake")])
    ask(app, "SM1")
    first_answer = f"SM{len(app.twilio.sent)}"
    ask(app, "SM2")
    app.deliver(job("SM3", Body="1", OriginalRepliedMessageSid=first_answer))
    assert "MediaUrl" in app.twilio.sent[-1]
    app.deliver(job("SM4", Body="play 1", OriginalRepliedMessageSid="SMof-something-else"))
    assert "was written" in app.replies()[-1]


def test_a_retry_sends_one_clip(told: FakeApp) -> None:
    told.twilio.answers = [httpx.Response(503)]
    asked = job("SM2", Body="play 1")
    assert not told.deliver(asked)
    assert told.deliver(asked, attempt=2)
    assert told.deliver(asked, attempt=3)
    assert len(told.twilio.sent) == 1


def test_a_clip_twilio_refuses_shows_on_the_note(told: FakeApp) -> None:
    told.twilio.answers = [httpx.Response(400, json={"code": 63016})]
    assert told.deliver(job("SM2", Body="play 1"))
    assert "63016" in told.note("SM2").problem
