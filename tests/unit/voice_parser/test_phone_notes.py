"""A note by phone is filed like a voice note, marked with how its caller was known; nothing in it is a command."""

import pytest
from support.account import ACCOUNT_SID
from support.app import FakeAnswering, FakeApp, job

from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.calls.pin_words import digits_of, without_digits
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.domain import now
from ai_voice_shared.intents import Other
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.phrases import phrase
from voice_parser.understanding.understanding import Analysis

RECORDING = "RE00000000000000000000000000000001"


def recorded(app: FakeApp, recording: bytes, caller: str = "number") -> NoteJob:
    """A note by phone whose recording waits at Twilio."""
    app.twilio.media[f"{RECORDING}.wav"] = recording
    message: dict[str, str | list[str]] = {
        "MessageSid": RECORDING,
        "CallSid": "CA1",
        "AccountSid": ACCOUNT_SID,
        "From": "+15550100001",
        "To": "+15550100009",
        "KnownAs": caller,
    }
    return NoteJob(message, "acme", "sam", "2026-11-20T10:00:00.000Z", "phone")


def test_it_is_filed_with_its_recording_and_says_how_the_caller_was_known(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(recorded(app, voice_note))
    note = app.note(RECORDING)
    assert (note.status, note.kind, note.sender_name, note.caller) == ("filed", "voice", "Sam", "number")
    assert any("audio" in key for key in note.artifacts)
    (sent,) = app.twilio.sent
    assert (sent["To"], sent["From"]) == ("whatsapp:+15550100001", "whatsapp:+15550100000")


def test_a_second_job_of_the_same_recording_files_nothing_again(app: FakeApp, voice_note: bytes) -> None:
    assert app.deliver(recorded(app, voice_note))
    assert app.deliver(recorded(app, voice_note))
    assert (app.transcriber.calls, len(app.twilio.sent)) == (1, 1)


def test_nothing_in_it_is_a_command_or_a_question(app: FakeApp, voice_note: bytes) -> None:
    app.transcriber.text = "evening off"
    assert app.deliver(recorded(app, voice_note))
    assert app.note(RECORDING).status == "filed"
    app.answering = FakeAnswering([Answer((), "No.", "en", "fake")])
    asked = Other(intent="other", title="Key?", tag="key", question="Where is the key?")
    app.analyzer.analysis = Analysis(language="en", note=asked, engine="fake")
    other = recorded(app, voice_note)
    assert app.deliver(NoteJob({**other.message, "MessageSid": "RE2"}, "acme", "sam", other.received_at, "phone"))
    assert app.answering.asked == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("pin 4711", "4711"),
        ("PIN: 4711 0815", "47110815"),
        ("My new PIN is 4711.", "4711"),
        ("Meine PIN ist 4711", "4711"),
        ("mi pin es 4711", "4711"),
        ("code pin 4711", "4711"),
        ("o meu pin é 4711", "4711"),
        ("il mio pin è 4711", "4711"),
        ("mijn pincode is 4711", "4711"),
        ("pin ٤٧١١", "4711"),
        ("pin", ""),
        ("pin 12", "12"),
        ("The pin of the gate is 4711", None),
        ("pin the note to the wall", None),
        ("pineapple 4711", None),
        ("Order 4711 pins", None),
    ],
)
def test_the_words_that_set_a_pin(text: str, digits: str | None) -> None:
    assert digits_of(text) == digits


def test_a_pin_that_is_written_is_set_and_kept_nowhere_in_clear(
    app: FakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    said = job("SM5", Body="pin 4711471")
    kept = NoteJob(without_digits(said.message), "acme", "sam", said.received_at)
    assert "4711471" not in kept.to_json()
    app.twilio.receive("SM5", now(), "pin 4711471")
    assert app.deliver(kept)
    assert app.replies() == [phrase("pin_set", "en")]
    assert app.twilio.received == []  # Twilio's copy has the digits
    pins = Pins(app.account.ledger)
    assert pins.check("acme", "sam", "4711471") == "right"
    everything = app.account.ledger.client.scan(TableName=app.account.ledger.table)["Items"]
    objects = [app.account.store.get(key).body for key in app.artifacts("")]
    assert "4711471" not in f"{everything}{objects}{capsys.readouterr().out}"
    assert app.account.queued(app.account.index_queue) == []


def test_a_pin_of_a_wrong_length_or_spoken_is_not_taken(app: FakeApp, voice_note: bytes) -> None:
    said = job("SM5", Body="pin 12")
    assert app.deliver(NoteJob(without_digits(said.message), "acme", "sam", said.received_at))
    app.transcriber.text = "pin 4711"
    assert app.deliver(app.voice(voice_note, "MM6"))
    assert app.replies() == [phrase("pin_unusable", "en"), phrase("pin_written_only", "en")]
    assert Pins(app.account.ledger).state("acme", "sam") == "none"


def test_an_old_message_does_not_replace_a_newer_pin_or_unlock_it(app: FakeApp) -> None:
    old, new = (job(sid, Body=f"pin {pin}") for sid, pin in (("SM5", "1111"), ("SM6", "2222")))
    pins = Pins(app.account.ledger)
    assert app.deliver(NoteJob(without_digits(new.message), "acme", "sam", "2026-11-20T11:00:00.000Z"))
    assert app.deliver(NoteJob(without_digits(old.message), "acme", "sam", "2026-11-20T10:00:00.000Z"))
    assert pins.check("acme", "sam", "2222") == "right"
    for _ in range(3):
        pins.check("acme", "sam", "3333")
    assert app.deliver(NoteJob(without_digits(job("SM7", Body="pin 2222").message), "acme", "sam", old.received_at))
    assert pins.check("acme", "sam", "2222") == "locked"


def test_a_sender_cannot_bring_a_hash_of_their_own(app: FakeApp) -> None:
    forged = {"MessageSid": "SM5", "Body": "hello", "PinSalt": "00", "PinHash": "00"}
    assert "PinHash" not in without_digits(dict(forged))
    assert app.lookup.known is not None
