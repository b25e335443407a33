"""Messages with nothing to file: empty ones, only punctuation, and unknown kinds."""

import json

import pytest
from support.app import FakeApp, job
from unit.voice_parser.test_index_step import jobs
from unit.voice_parser.test_visible_text import NOTHING

from ai_voice_shared.phrases import phrase
from voice_parser.twilio.inbound import read


def titled(app: FakeApp, sid: str) -> bool:
    """Whether the ledger has a title for the note."""
    return "title" in (app.account.ledger.get("NOTE#acme", sid) or {})


@pytest.mark.parametrize("body", NOTHING)
def test_a_text_that_shows_nothing_is_empty(app: FakeApp, body: str) -> None:
    assert app.deliver(job("SM1", Body=body))
    assert app.replies() == [phrase("empty", "en")]
    assert app.artifacts() == ["acme/other/empty_SM1_message.json"]
    assert not titled(app, "SM1")


@pytest.mark.parametrize("body", [".", "👍", "?!", "❤️"])
def test_marks_and_emoji_alone_are_kept_and_no_note(app: FakeApp, body: str) -> None:
    assert app.deliver(job("SM1", Body=body))
    assert app.replies() == [phrase("no_words", "en")]
    assert app.account.store.get("acme/other/no-words_SM1_full_text.txt").body.decode() == body
    assert (app.note("SM1").status, app.note("SM1").problem) == ("refused", "no_words")
    assert not titled(app, "SM1")
    assert (app.analyzer.calls, jobs(app)) == (0, [])


@pytest.mark.parametrize(
    "parameters",
    [
        {"MessageType": "reaction", "Body": "👍"},
        {"MessageType": "reaction", "Body": "Great, thanks!"},
        {"MessageType": "edit", "Body": "Please order three valves"},
        {"MessageType": "poll", "Body": "Which day?"},
        {"MessageType": "order", "Body": ""},
        {"MessageType": "UNHEARD_OF", "Body": "x"},
        {"MessageType": "contacts", "Body": ""},
        {"Body": "", "PollName": "Which day?"},
        {"MessageType": "interactive", "Body": "", "FlowData": "{}"},
    ],
)
def test_a_kind_that_nobody_knows_is_kept_verbatim_and_answered(app: FakeApp, parameters: dict[str, str]) -> None:
    message = job("SM1", **parameters)
    assert app.deliver(message)
    assert app.replies() == [phrase("unknown_kind", "en")]
    kept = app.account.store.get("acme/other/unknown-kind_SM1_message.json").body
    assert json.loads(kept) == message.message
    assert (app.note("SM1").kind, app.note("SM1").problem) == ("other", "unknown_kind")
    assert not titled(app, "SM1")
    assert (app.analyzer.calls, jobs(app)) == (0, [])


def test_a_sticker_is_kept_with_its_picture(app: FakeApp) -> None:
    sticker = app.voice(b"RIFF....WEBP", content_type="image/webp", caption="👍", MessageType="sticker")
    assert app.deliver(sticker)
    names = ("full_text.txt", "image.webp", "message.json")
    assert app.artifacts() == [f"acme/other/unknown-kind_MM1_{name}" for name in names]
    assert app.replies() == [phrase("unknown_kind", "en")]


def test_speech_is_heard_whatever_the_message_is_called(app: FakeApp, voice_note: bytes) -> None:
    app.deliver(app.voice(voice_note, MessageType="ptt"))
    assert app.replies()[0].startswith("✅ Job filed")


@pytest.mark.parametrize(
    "parameters",
    [
        {"MessageType": "text", "Body": "Please order two valves"},
        {"Body": "Please order two valves"},
        {"MessageType": "button", "Body": "Order two valves", "ButtonText": "Order two valves", "ButtonPayload": "x"},
        {"MessageType": "interactive", "Body": "", "ListTitle": "Order two valves", "ListId": "1"},
        {"MessageType": "text", "Body": "Order two valves", "SomethingNew": "1", "ReferralBody": "ad"},
    ],
)
def test_known_kinds_are_filed_as_ever(app: FakeApp, parameters: dict[str, str]) -> None:
    app.deliver(job("SM1", **parameters))
    assert app.replies()[0].startswith("✅ Job filed")
    assert "order two valves" in app.analyzer.words[0].text.lower()


@pytest.mark.parametrize("name", ["empty", "no_words", "unknown_kind", "kept_place", "kept_contact", "nothing_heard"])
def test_each_kind_has_words_of_its_own_in_every_language(name: str) -> None:
    told = {phrase(name, language, title="X") for language in ("en", "es", "de", "fr", "pt")}
    assert len(told) >= 4
    assert phrase(name, "en", title="X") not in {phrase(name, "de", title="X"), phrase("kept_file", "en")}


def test_an_envelope_as_twilio_sends_it_is_an_empty_text() -> None:
    envelope = {
        "SmsSid": "SM1",
        "SmsMessageSid": "SM1",
        "AccountSid": "AC1",
        "NumSegments": "1",
        "MessageType": "",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "ChannelMetadata": "{}",
        "WaId": "1555",
        "Forwarded": "true",
        "OriginalRepliedMessageSid": "SM0",
        "OriginalRepliedMessageSender": "whatsapp:+1",
        "ProfileUsername": "x",
        "ParentExternalUserId": "x",
        "ReferralHeadline": "x",
    }
    assert read(job("SM1", Body=" ", **envelope)).kind == "text"
