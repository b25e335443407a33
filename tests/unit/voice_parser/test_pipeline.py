"""What happens to a note."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from support.app import ACME, JOB, FakeApp, FakeLookup, job

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Customer
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.intents import ActionItem, Other
from voice_parser.understanding.understanding import Analysis

TEXT = job("SM1", Body="Please order two valves by Friday.\nThanks")


def test_a_voice_note_leaves_its_artifacts_under_its_intent(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(app.voice(voice_note))
    prefix = "acme/job-to-be-done/order-valves_MM1_"
    types = ("analysis.json", "audio.ogg", "full_text.txt", "segments.json", "text_summary.txt")
    assert app.artifacts() == [prefix + name for name in types]
    assert app.account.store.get(f"{prefix}audio.ogg").body == voice_note


def test_the_segments_hold_times_and_their_source(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note))
    content = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_MM1_segments.json").body)
    assert content["times"] == "words"
    assert content["message_id"] == "MM1"
    starts = [segment["start"] for segment in content["segments"]]
    assert starts == sorted(starts)
    assert 0 < content["segments"][-1]["end"] <= content["duration"]


def test_a_voice_note_keeps_how_loud_each_part_is_and_a_text_note_has_none(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note))
    app.deliver(TEXT)
    heard = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_MM1_segments.json").body)
    read = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_SM1_segments.json").body)
    assert max(base64.b64decode(heard["peaks"])) == 255
    assert "peaks" not in read


def test_what_the_engine_may_have_made_up_is_marked_and_the_sender_told(app: FakeApp, voice_note: bytes) -> None:
    app.transcriber.text = "I'm going to do this. " * 80
    app.deliver(app.voice(voice_note))
    content = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_MM1_segments.json").body)
    assert [(one["text"], one["uncertain"]) for one in content["segments"]] == [("I'm going to do this.", True)]
    text = app.account.store.get("acme/job-to-be-done/order-valves_MM1_full_text.txt").body.decode()
    assert text == "I'm going to do this."
    assert app.transcriber.calls == 2
    assert app.twilio.sent[0]["Body"].endswith("Please check it, and send again what is wrong.")


def test_the_analysis_is_the_structure_for_machines(app: FakeApp) -> None:
    app.deliver(TEXT)
    content = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_SM1_analysis.json").body)
    item = {"what": "order two valves", "who": "Maria", "by_when": "Friday", "due": "2026-11-27"}
    assert content["structure"]["action_items"] == [item]
    assert (content["intent"], content["kind"], content["language"]) == ("job-to-be-done", "text", "en")


def test_a_text_note_takes_the_same_way_without_audio(app: FakeApp) -> None:
    assert app.deliver(TEXT)
    assert app.transcriber.calls == 0
    body = app.account.store.get("acme/job-to-be-done/order-valves_SM1_full_text.txt").body.decode()
    assert body == "Please order two valves by Friday.\nThanks"
    assert app.note("SM1").status == "filed"


def test_the_sender_is_told_the_summary_and_the_action_items(app: FakeApp) -> None:
    app.deliver(TEXT)
    (reply,) = app.twilio.sent
    assert (reply["From"], reply["To"]) == ("whatsapp:+15550100000", "whatsapp:+15550100001")
    told = "✅ Job filed: Order valves\n\nTwo valves are wanted.\n\n• Maria: order two valves (Friday, 27 Nov)"
    assert reply["Body"] == told


def test_what_a_model_says_is_due_is_checked_in_the_companys_time_zone(app: FakeApp) -> None:
    items = [ActionItem(what=what, who=None, by_when=words, due=due) for what, words, due in LIES]
    app.analyzer.analysis = Analysis(language="en", note=JOB.model_copy(update={"action_items": items}), engine="f")
    app.lookup.known = IdentifiedSender(Customer("sam", "acme", "Sam"), replace(ACME, time_zone="Pacific/Auckland"))
    app.deliver(replace(TEXT, received_at="2026-11-20T23:30:00.000Z"))  # Saturday there, 12:30
    analysis = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_SM1_analysis.json").body)
    assert [item["due"] for item in analysis["structure"]["action_items"]] == [
        "2026-11-22",
        "2026-11-27",
        None,
        "2026-11-24T15:00:00+13:00",
        None,
        None,
    ]
    assert "• Order (tomorrow, 22 Nov)" in app.replies()[0]


LIES = [
    ("Order", "tomorrow", "2026-11-21"),
    ("Call", "by Friday", "2026-11-26"),
    ("Send", "before 05/06", "2027-06-05"),
    ("Fix", "on Tuesday at 3 pm", "2026-11-24T03:00"),
    ("Pay", None, "2026-11-24"),
    ("Buy", "soon", "1999-01-01"),
]


def test_a_redelivered_note_is_neither_paid_nor_answered_again(app: FakeApp, voice_note: bytes) -> None:
    note = app.voice(voice_note)
    assert app.deliver(note)
    before = app.artifacts("")
    assert app.deliver(note)
    assert (app.transcriber.calls, app.analyzer.calls, len(app.twilio.sent)) == (1, 1, 1)
    assert app.artifacts("") == before


@pytest.mark.parametrize("failing", ["analyzer", "twilio"])
def test_a_retry_continues_where_the_attempt_failed(app: FakeApp, voice_note: bytes, failing: str) -> None:
    def fail() -> None:
        raise RetryLater("OpenAI answered 500")

    note = app.voice(voice_note)
    if failing == "analyzer":
        app.analyzer.before = fail
    else:
        usual = httpx.MockTransport(app.twilio)
        answers = [usual.handle_request(httpx.Request("GET", url)) for url in _media_urls(note.message)]
        app.twilio.answers = [*answers, httpx.Response(503)]
    assert not app.deliver(note)
    assert app.note("MM1").status == "retrying"
    app.analyzer.before = lambda: None
    assert app.deliver(note, attempt=2)
    assert (app.transcriber.calls, app.analyzer.calls, len(app.twilio.sent)) == (1, 1, 1)
    assert app.note("MM1").status == "filed"


def _media_urls(message: dict[str, str | list[str]]) -> list[str]:
    url = str(message["MediaUrl0"])
    return [url, url.replace("api.twilio.com", "mms.twiliocdn.com")]


def test_what_only_waited_for_the_filing_is_cleared(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note))
    assert app.artifacts("_receipts/") == []


def test_no_speech_keeps_only_the_recording_and_tells_the_sender(app: FakeApp, samples: Path) -> None:
    assert app.deliver(app.voice((samples / "silence.ogg").read_bytes()))
    assert app.artifacts() == ["acme/other/no-speech_MM1_audio.ogg"]
    assert app.transcriber.calls == 0
    assert "no speech" in app.replies()[0]
    assert (app.note("MM1").status, app.note("MM1").problem) == ("refused", "no_speech")


@pytest.mark.parametrize("content", [b"", b"this is a text, whatever its name says", b"OggS" + bytes(200)])
def test_a_file_that_is_no_audio_is_kept_and_the_sender_told(app: FakeApp, content: bytes) -> None:
    assert app.deliver(app.voice(content))
    assert app.artifacts() == ["acme/other/unreadable-audio_MM1_audio.ogg"]
    assert "could not open" in app.replies()[0]


def test_a_recording_over_the_limit_is_refused_with_what_we_know_of_it_kept(app: FakeApp) -> None:
    assert app.deliver(app.voice(bytes(20_000_000)))
    (key,) = app.artifacts()
    assert key == "acme/other/too-large_MM1_message.json"
    assert "MediaUrl0" in json.loads(app.account.store.get(key).body)
    assert "larger than 16 MB" in app.replies()[0]


def test_media_that_are_gone_are_asked_for_three_times(app: FakeApp) -> None:
    note = app.voice(b"")
    app.twilio.media.clear()
    assert app.deliver(note)
    assert app.twilio.slept == [0.0, 1.0, 3.0]
    assert app.note("MM1").problem == "media_gone"


def test_an_empty_message_is_answered(app: FakeApp) -> None:
    assert app.deliver(job("SM1", Body="  \0 "))
    assert "was empty" in app.replies()[0]
    assert app.artifacts() == ["acme/other/empty_SM1_message.json"]


@pytest.mark.parametrize(
    ("content_type", "file_type"),
    [("image/jpeg", "image.jpg"), ("application/pdf", "document.pdf"), ("text/vcard", "contact.vcf")],
)
def test_other_files_without_a_word_are_kept_as_they_are(app: FakeApp, content_type: str, file_type: str) -> None:
    assert app.deliver(app.voice(b"content", content_type=content_type))
    (key,) = app.artifacts()
    assert key.endswith(f"_MM1_{file_type}")
    assert "kept your file" in app.replies()[0]
    assert (app.note("MM1").status, app.analyzer.calls) == ("filed", 0)


def test_several_files_of_one_message_are_all_kept(app: FakeApp) -> None:
    note = app.voice(b"one", content_type="image/png")
    app.twilio.media["MEtwo"] = b"two"
    note.message.update({"MediaUrl1": "https://api.twilio.com/MEtwo", "MediaContentType1": "image/png"})
    assert app.deliver(note)
    assert app.artifacts() == ["acme/other/image_MM1_image-2.png", "acme/other/image_MM1_image.png"]


def test_a_note_whose_answer_was_unusable_is_filed_and_its_sender_hears_it(app: FakeApp) -> None:
    app.analyzer.analysis = Analysis(
        language="en", note=Other(intent="other", title="A", tag="../../x"), engine="fake", certain=False
    )
    assert app.deliver(TEXT)
    assert all(key.startswith("acme/other/x_SM1_") for key in app.artifacts())
    assert "simple rules understood this note" in app.replies()[0]


def test_a_second_company_claiming_the_message_does_not_get_it(app: FakeApp) -> None:
    app.deliver(TEXT)
    stolen = job("SM1", Body="x")
    object.__setattr__(stolen, "company_id", "rival")
    app.deliver(stolen)
    assert app.artifacts("rival/") == []


def test_credentials_go_to_twilio_alone(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note))
    assert app.twilio.authorized == {"api.twilio.com"}


def test_engines_that_are_refused_park_the_message(app: FakeApp) -> None:
    def fail() -> None:
        raise DeadLetter("OpenAI answered 401")

    app.analyzer.before = fail
    assert app.deliver(TEXT)
    (parked,) = app.account.queued(app.account.dead_letters)
    assert parked["MessageAttributes"]["Reason"]["StringValue"] == "OpenAI answered 401"  # type: ignore[index]
    assert "We have kept your message" in app.replies()[0]
    assert (app.note("SM1").status, app.note("SM1").problem) == ("parked", "OpenAI answered 401")
    assert {"parked", "kept-for-us-1"} <= app.note("SM1").steps.keys()
    assert app.artifacts() == ["acme/other/parked_SM1_full_text.txt", "acme/other/parked_SM1_message.json"]


def test_a_parked_message_can_be_worked_on_later_and_leaves_one_set_of_artifacts(
    app: FakeApp, voice_note: bytes
) -> None:
    def fail() -> None:
        raise DeadLetter("OpenAI answered 401")

    note = app.voice(voice_note)
    app.analyzer.before = fail
    app.deliver(note)
    app.analyzer.before = lambda: None
    assert app.deliver(note)
    assert {key.rpartition("/")[0] for key in app.artifacts()} == {"acme/job-to-be-done"}
    assert app.replies()[1].startswith("✅")
    assert app.transcriber.calls == 1


def test_a_lookup_that_fails_lets_the_message_go_at_once(app: FakeApp) -> None:
    real, app.lookup = app.lookup, FakeLookup(failures=1)
    assert not app.deliver(TEXT)
    app.lookup = real
    assert app.deliver(TEXT)
    assert app.note("SM1").status == "filed"


def test_a_settled_note_stays_settled_whatever_fails_at_its_redelivery(app: FakeApp) -> None:
    assert app.deliver(TEXT)
    app.lookup = FakeLookup(failures=9)
    assert app.deliver(TEXT, attempt=app.max_attempts)
    assert app.note("SM1").status == "filed"
    assert len(app.replies()) == 1


def test_a_refusal_stays_one_when_its_file_is_cleared_before_the_receipt_is_closed(app: FakeApp, samples: Path) -> None:
    silence = app.voice((samples / "silence.ogg").read_bytes())
    app.twilio.after = _die
    with pytest.raises(KeyboardInterrupt):
        app.deliver(silence)
    app.twilio.after = lambda: None
    for waiting in app.artifacts("_receipts/"):
        app.account.store.delete(waiting)
    assert app.deliver(silence)
    note = app.note("MM1")
    assert (note.status, note.problem) == ("refused", "no_speech")
    assert len(app.replies()) == 1


def test_a_step_whose_mark_was_lost_is_marked_by_the_retry(app: FakeApp) -> None:
    app.twilio.after = _die
    with pytest.raises(KeyboardInterrupt):
        app.deliver(TEXT)
    app.twilio.after = lambda: None
    app.account.ledger.update("NOTE#acme", "SM1", {}, remove=("step_note", "step_artifacts"))
    assert app.deliver(TEXT)
    assert {"note", "artifacts", "feedback-1"} <= app.note("SM1").steps.keys()


def _die() -> None:
    raise KeyboardInterrupt
