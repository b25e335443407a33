"""Events of a live transcription come twice, in any order, or not at all: the transcript is right, and names gaps."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from ai_voice_shared.calls.events import Event, NoEvent
from ai_voice_shared.calls.numbers import Numbers
from ai_voice_shared.calls.transcript import transcript
from ai_voice_shared.jobs import Parameters

BEGAN = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)

_said = st.tuples(
    st.sampled_from(["inbound_track", "outbound_track"]), st.booleans(), st.text("abcäß 12", min_size=1, max_size=40)
)


@st.composite
def _calls(draw: st.DrawFn) -> list[Event]:
    """A whole call, as it was: started, words of both tracks, partial ones among them, stopped."""
    said = draw(st.lists(_said, max_size=25))
    moment, events = BEGAN, [_event(1, BEGAN, TranscriptionEvent="transcription-started")]
    for number, (track, final, words) in enumerate(said, start=2):
        moment += timedelta(seconds=draw(st.integers(1, 9)))
        events.append(_words(number, moment, track, words, final=final))
    stopped = _event(len(events) + 1, moment, TranscriptionEvent="transcription-stopped")
    return [*events, stopped]


@given(call=_calls(), data=st.data())
@bounded(2_000)
def test_the_order_and_copies_of_events_change_nothing(call: list[Event], data: st.DataObject) -> None:
    copies = data.draw(st.lists(st.sampled_from(call), max_size=10))
    came = data.draw(st.permutations([*call, *copies]))

    found = transcript(came)

    assert found == transcript(call)
    assert [one.text for one in found.sentences] == [event.text for event in _final(call)]
    assert [one.number for one in found.sentences] == sorted(one.number for one in found.sentences)
    assert found.gaps == ()
    assert found.started
    assert found.ended


@given(call=_calls(), data=st.data())
@bounded(2_000)
def test_what_does_not_come_is_named_and_nothing_else(call: list[Event], data: st.DataObject) -> None:
    lost = data.draw(st.sets(st.sampled_from(call[:-1]), min_size=1))
    came = data.draw(st.permutations([event for event in call if event not in lost]))

    found = transcript(came)

    missing = {gap.after + place for gap in found.gaps for place in range(1, gap.events + 1)}
    assert missing == {event.number for event in lost}
    assert [one.text for one in found.sentences] == [event.text for event in _final(call) if event not in lost]
    assert all(0 <= gap.start <= gap.end for gap in found.gaps)


@given(call=_calls())
@bounded(500)
def test_partial_words_that_are_not_kept_are_not_missing(call: list[Event]) -> None:
    partial = Numbers().with_all(event.number for event in call if not event.final)

    found = transcript([event for event in call if event.final], partial)

    assert found.gaps == ()
    assert found.sentences == transcript(call).sentences


@given(call=_calls())
@bounded(500)
def test_partial_words_are_shown_until_their_speaker_has_final_ones(call: list[Event]) -> None:
    shown = {one.speaker: one.text for one in transcript(call).partials}

    words = [event for event in call if event.kind == "content"]
    for speaker in ("customer", "agent"):
        last = next((event for event in reversed(words) if event.speaker == speaker), None)
        partial = last is not None and not last.final and bool(last.text)
        assert shown.get(speaker) == (last.text if partial and last else None)


@given(numbers=st.lists(st.integers(1, 60)), more=st.lists(st.integers(1, 60)))
@bounded(1_000)
def test_ranges_hold_the_numbers_that_came_and_no_others(numbers: list[int], more: list[int]) -> None:
    came = Numbers.read(str(Numbers().with_all(numbers))).with_all(more)

    assert [number for number in range(1, 61) if number in came] == sorted({*numbers, *more})
    missing = [number for first, last in came.missing() for number in range(first, last + 1)]
    assert missing == [number for number in range(1, max([*numbers, *more], default=0)) if number not in came]


_text = st.text(max_size=20)


@given(fields=st.dictionaries(_text, st.one_of(_text, st.lists(_text, min_size=2, max_size=3))), known=st.data())
@bounded(1_000)
def test_any_fields_are_an_event_or_say_that_they_are_none(fields: Parameters, known: st.DataObject) -> None:
    for name in ("TranscriptionEvent", "SequenceId", "Track", "Final", "TranscriptionData", "Timestamp"):
        fields[name] = known.draw(st.one_of(_text, st.sampled_from(_SAMPLES)))
    try:
        Event.read(fields, BEGAN)
    except NoEvent:
        return


_SAMPLES = [
    "transcription-content",
    "1",
    "inbound_track",
    "true",
    '{"transcript": 3}',
    "[]",
    "0001-01-01T00:00:00+09:00",
]


def _final(call: Sequence[Event]) -> list[Event]:
    return [event for event in call if event.kind == "content" and event.final and event.text]


def _words(number: int, moment: datetime, track: str, words: str, *, final: bool) -> Event:
    data = json.dumps({"transcript": words, "confidence": 0.9})
    fields = {"Track": track, "Final": str(final).lower(), "TranscriptionData": data}
    return _event(number, moment, TranscriptionEvent="transcription-content", **fields)


def _event(number: int, moment: datetime, **fields: str) -> Event:
    told: Parameters = {"SequenceId": str(number), "TranscriptionSid": "GT1", "Timestamp": moment.isoformat(), **fields}
    return Event.read(told, BEGAN)
