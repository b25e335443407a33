"""The transcript of a call: who said what and when, from events that have no times of their words."""

import json
from datetime import UTC, datetime

import pytest

from ai_voice_shared.calls.events import Event, NoEvent
from ai_voice_shared.calls.numbers import BLOCK, Numbers
from ai_voice_shared.calls.transcript import Gap, transcript

RECEIVED = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)


def test_words_end_when_their_event_was_made_and_begin_as_long_before_as_they_take() -> None:
    found = transcript([_event(1, "09:00:00"), _said(2, "09:00:10", "Good morning, this is Danielle speaking.")])

    (sentence,) = found.sentences
    assert sentence.speaker == "customer"
    assert sentence.end == 10.0
    assert 6.5 < sentence.start < 8.5


def test_a_gap_says_how_many_events_and_about_when() -> None:
    found = transcript([_event(1, "09:00:00"), _said(2, "09:00:05", "One."), _said(5, "09:00:20", "Two.")])

    assert found.gaps == (Gap(after=2, events=2, start=5.0, end=found.sentences[1].start),)


def test_a_lost_beginning_is_a_gap_too() -> None:
    found = transcript([_said(3, "09:00:05", "One.")])

    assert [(gap.after, gap.events) for gap in found.gaps] == [(0, 2)]
    assert not found.started
    assert found.sentences[0].start == 0.0


def test_the_beginning_may_come_last() -> None:
    late = transcript([_said(2, "09:00:05", "One."), _event(1, "09:00:00")])

    assert late == transcript([_event(1, "09:00:00"), _said(2, "09:00:05", "One.")])


def test_a_second_transcription_of_the_call_has_a_counter_of_its_own() -> None:
    assert list(Numbers().with_all([1, 2, BLOCK + 1, BLOCK + 3]).missing()) == [(BLOCK + 2, BLOCK + 2)]


def test_it_is_told_who_spoke_how_long() -> None:
    events = [_said(2, "09:00:10", "A rather long sentence of the customer."), _said(3, "09:00:12", "Yes.", "outbound")]

    spoken = transcript([_event(1, "09:00:00"), *events]).talk_seconds

    assert spoken["customer"] > spoken["agent"] > 0


def test_an_error_is_named() -> None:
    fields = {"TranscriptionEvent": "transcription-error", "TranscriptionErrorCode": "32650"}
    event = Event.read({**_fields(2, "09:00:01"), **fields}, RECEIVED)

    assert transcript([event]).problem == "32650"


def test_a_confidence_of_nothing_is_none() -> None:
    assert _said(2, "09:00:01", "One.", confidence=0).confidence is None


def test_a_time_that_cannot_be_read_is_the_time_of_receipt() -> None:
    fields = {**_fields(1, "09:00:00"), "Timestamp": "soon", "TranscriptionEvent": "transcription-started"}

    assert Event.read(fields, RECEIVED).at == RECEIVED


@pytest.mark.parametrize(
    "wrong",
    [
        {"TranscriptionEvent": "transcription-dreamt"},
        {"SequenceId": "-1"},
        {"SequenceId": "99999999"},
        {"TranscriptionSid": "GT/1"},
        {"Track": "both_tracks"},
        {"TranscriptionData": "["},
        {"TranscriptionData": "[]"},
    ],
)
def test_what_is_no_event_says_so(wrong: dict[str, str]) -> None:
    with pytest.raises(NoEvent):
        Event.read({**_content(2, "09:00:01", "One.", "inbound", 0.9), **wrong}, RECEIVED)


def _said(number: int, time: str, words: str, track: str = "inbound", confidence: float = 0.9) -> Event:
    return Event.read(_content(number, time, words, track, confidence), RECEIVED)


def _content(number: int, time: str, words: str, track: str, confidence: float) -> dict[str, str | list[str]]:
    return {
        **_fields(number, time),
        "TranscriptionEvent": "transcription-content",
        "Track": f"{track}_track",
        "Final": "true",
        "TranscriptionData": json.dumps({"transcript": words, "confidence": confidence}),
    }


def _event(number: int, time: str) -> Event:
    return Event.read({**_fields(number, time), "TranscriptionEvent": "transcription-started"}, RECEIVED)


def _fields(number: int, time: str) -> dict[str, str | list[str]]:
    return {"SequenceId": str(number), "TranscriptionSid": "GT1", "Timestamp": f"2026-11-29T{time}.000Z"}
