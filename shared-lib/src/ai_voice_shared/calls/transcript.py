"""The transcript of a call from Twilio's events, in whatever order they come, and what is missing from it.

Events have no times of their words: these end when Twilio made their event, and begin as much earlier as it takes to
say them. One counter numbers the events of both speakers, so a number that never came is a gap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.calls.events import Event
from ai_voice_shared.calls.model import Sentence, Speaker
from ai_voice_shared.calls.numbers import Numbers
from ai_voice_shared.words.syllables import syllables

_SYLLABLES_A_SECOND = 4.5
"""Of talk on the telephone, with its short pauses; syllables are counted rather too low."""
_SHORTEST = 0.3
"""Seconds that any word takes."""


@dataclass(frozen=True)
class Partial:
    """Words of a speaker that are not final yet; `number` is of their event."""

    speaker: Speaker
    number: int
    text: str


@dataclass(frozen=True)
class Gap:
    """Events that did not come.

    Attributes:
        after: the number of the event before it; 0 if the beginning is missing.
        events: how many are missing. Where partial words were asked for, some of them may have been only partial.
        start: seconds, as in a sentence; about when the words that are missing were said.
    """

    after: int
    events: int
    start: float
    end: float


@dataclass(frozen=True)
class CallTranscript:
    """What was said in a call.

    Attributes:
        began_at: second 0 (UTC); None if nothing came.
        sentences: by number.
        partials: what each speaker is saying at the moment.
        ended: whether the transcription said that it stopped.
        problem: why the transcription failed, as Twilio names it; empty if it did not.
    """

    began_at: datetime | None
    sentences: tuple[Sentence, ...] = ()
    gaps: tuple[Gap, ...] = ()
    partials: tuple[Partial, ...] = ()
    started: bool = False
    ended: bool = False
    problem: str = ""

    @property
    def talk_seconds(self) -> Mapping[Speaker, float]:
        """About how long each of them spoke."""
        spoken: dict[Speaker, float] = {"customer": 0.0, "agent": 0.0}
        for one in self.sentences:
            spoken[one.speaker] += one.end - one.start
        return {speaker: round(seconds, 1) for speaker, seconds in spoken.items()}


def transcript(events: Iterable[Event], seen: Numbers | None = None) -> CallTranscript:
    """The transcript of these events, in any order, some of them twice.

    `seen` are the numbers of events that came and are not kept, such as replaced partial words.
    """
    known = _once_each(events)
    if not known:
        return CallTranscript(None)
    began_at = began(known.values())
    came = (seen or Numbers()).with_all(known)
    return CallTranscript(
        began_at,
        sentences=tuple(sentence(event, began_at) for event in known.values() if _is_sentence(event)),
        gaps=tuple(_gaps(known, came, began_at)),
        partials=_open_partials(known),
        started=any(event.kind == "started" for event in known.values()),
        ended=any(event.kind == "stopped" for event in known.values()),
        problem=next((event.problem for event in known.values() if event.kind == "error"), ""),
    )


def began(events: Iterable[Event]) -> datetime:
    """When the transcription began: as it says itself, or else when the first words were said."""
    every = list(events)
    told = [event.at for event in every if event.kind == "started"]
    return min(told) if told else min(event.at - timedelta(seconds=spoken_seconds(event.text)) for event in every)


def sentence(event: Event, began_at: datetime) -> Sentence:
    """The sentence in an event with final words."""
    end = max(0.0, (event.at - began_at).total_seconds())
    start = max(0.0, end - spoken_seconds(event.text))
    speaker: Speaker = event.speaker or "customer"
    return Sentence(event.number, speaker, event.text, round(start, 2), round(end, 2), event.confidence)


def spoken_seconds(text: str) -> float:
    """About how long it takes to say it; 0 for nothing."""
    return max(_SHORTEST, syllables(text) / _SYLLABLES_A_SECOND) if text else 0.0


def _once_each(events: Iterable[Event]) -> dict[int, Event]:
    """By number; of two with one number, final words stay."""
    known: dict[int, Event] = {}
    for event in events:
        if event.number not in known or (event.final and not known[event.number].final):
            known[event.number] = event
    return dict(sorted(known.items()))


def _is_sentence(event: Event) -> bool:
    return event.kind == "content" and event.final and bool(event.text)


def _open_partials(known: Mapping[int, Event]) -> tuple[Partial, ...]:
    """The last words of each speaker, if they are partial."""
    last = {event.speaker: event for event in known.values() if event.kind == "content"}
    latest = (event for event in last.values() if not event.final and event.text)
    return tuple(Partial(event.speaker, event.number, event.text) for event in latest if event.speaker)


def _gaps(known: Mapping[int, Event], came: Numbers, began_at: datetime) -> Iterable[Gap]:
    """What is missing up to the last number that came. Its time lies between the events around it."""
    for first, last in came.missing():
        before = max((number for number in known if number < first), default=None)
        after = min((number for number in known if number > last), default=None)
        start = _seconds(known[before].at, began_at) if before is not None else 0.0
        end = _seconds(_spoken_from(known[after]), began_at) if after is not None else start
        yield Gap(first - 1, last - first + 1, start, max(start, end))


def _spoken_from(event: Event) -> datetime:
    return event.at - timedelta(seconds=spoken_seconds(event.text))


def _seconds(moment: datetime, began_at: datetime) -> float:
    return round(max(0.0, (moment - began_at).total_seconds()), 2)
