"""When a call needs somebody else's help: what is noticed of it, sentence by sentence, and what that raises.

Each cause is raised once in a call. A call that recovers closes what was raised.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from ai_voice_shared.calls.model import Sentence
from ai_voice_shared.mood.causes import Cause
from ai_voice_shared.mood.course import moved
from ai_voice_shared.mood.cues import MoodCues
from ai_voice_shared.mood.repeats import alike, stems

LONGEST = 200
"""Characters of a sentence that is shown."""

_LOW = -0.2
_LOWS_SHOWN = 3
_FEWEST_HEARD = 3
"""Sentences of the customer before the course can raise anything."""

_APOLOGIES = 3
_UNEASY = 0.0
"""Three apologies to a customer whose course is above it are politeness."""

_ASKED_TOO_OFTEN = 3
_QUESTIONS_KEPT = 12
_GOOD, _CALM = 0.25, -0.1
"""A call recovers with a sentence above the first, if the course is above the second."""


@dataclass(frozen=True)
class Shown:
    """A sentence that shows something."""

    number: int
    text: str

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """The sentence, cut if it is long."""
        return cls(sentence.number, sentence.text[:LONGEST])


@dataclass(frozen=True)
class Asked:
    """A question of the customer, by its stems, and every time that it was asked."""

    stems: tuple[str, ...]
    times: tuple[Shown, ...]


@dataclass(frozen=True)
class Escalation:
    """A cause, and the sentences that show it, the oldest first."""

    cause: Cause
    sentences: tuple[Shown, ...]


@dataclass(frozen=True)
class Watched:
    """What is known of a call so far.

    Attributes:
        heard: how many sentences of the customer.
        low: their last negative ones; `apologies` of the agent.
        raised: the causes of this call; `open` are those that no recovery has closed.
    """

    course: float = 0.0
    heard: int = 0
    low: tuple[Shown, ...] = ()
    apologies: tuple[Shown, ...] = ()
    asked: tuple[Asked, ...] = ()
    raised: tuple[Cause, ...] = ()
    open: tuple[Cause, ...] = ()

    def to_memory(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any] | None) -> Self:
        """What `to_memory` made; a new call without one."""
        if not memory:
            return cls()
        asked = (Asked(tuple(one["stems"]), _shown(one["times"])) for one in memory["asked"])
        return cls(
            course=float(memory["course"]),
            heard=int(memory["heard"]),
            low=_shown(memory["low"]),
            apologies=_shown(memory["apologies"]),
            asked=tuple(asked),
            raised=tuple(memory["raised"]),
            open=tuple(memory["open"]),
        )


@dataclass(frozen=True)
class Noticed:
    """What a sentence changed."""

    watched: Watched
    escalations: tuple[Escalation, ...] = ()
    recovered: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Watching:
    """Watches a call in a language; the course raises an alarm below `below`."""

    cues: MoodCues
    below: float = field(default=-0.4)

    def agent(self, watched: Watched, sentence: Sentence) -> Noticed:
        """After a sentence of the agent."""
        if self.cues.apologises(sentence.text):
            watched = replace(watched, apologies=(*watched.apologies, Shown.of(sentence))[-_APOLOGIES:])
        return _raised(watched, self._standing(watched))

    def customer(self, watched: Watched, sentence: Sentence, score: float) -> Noticed:
        """After a sentence of the customer, with its score, -1 to 1."""
        watched = replace(
            watched,
            course=moved(watched.course, score),
            heard=watched.heard + 1,
            low=(*watched.low, Shown.of(sentence))[-_LOWS_SHOWN:] if score < _LOW else watched.low,
        )
        watched, asked = self._asked(watched, sentence)
        said = (Escalation(cause, (Shown.of(sentence),)) for cause in self.cues.of_customer(sentence.text))
        noticed = _raised(watched, [*said, *asked, *self._standing(watched)])
        return noticed if noticed.escalations else _recovered(noticed, score)

    def _standing(self, watched: Watched) -> Iterator[Escalation]:
        """What all that was heard so far raises."""
        if len(watched.apologies) >= _APOLOGIES and watched.course < _UNEASY:
            yield Escalation("apologies", watched.apologies)
        if watched.heard >= _FEWEST_HEARD and watched.course < self.below:
            yield Escalation("course", watched.low)

    def _asked(self, watched: Watched, sentence: Sentence) -> tuple[Watched, list[Escalation]]:
        """Remembers a question; it is raised when it was asked too often."""
        words = tuple(stems(sentence.text))
        if not words or not self.cues.asks(sentence.text):
            return watched, []
        earlier = next((one for one in watched.asked if alike(one.stems, words)), Asked(words, ()))
        now = replace(earlier, times=(*earlier.times, Shown.of(sentence))[-_ASKED_TOO_OFTEN:])
        others = tuple(one for one in watched.asked if one is not earlier)
        kept = replace(watched, asked=(*others, now)[-_QUESTIONS_KEPT:])
        return kept, [Escalation("repeated", now.times)] if len(now.times) >= _ASKED_TOO_OFTEN else []


def _raised(watched: Watched, found: "Iterator[Escalation] | list[Escalation]") -> Noticed:
    """Each cause once in a call; the first sentence that shows it counts."""
    new: dict[Cause, Escalation] = {}
    for one in found:
        if one.cause not in watched.raised:
            new.setdefault(one.cause, one)
    causes = tuple(new)
    kept = replace(watched, raised=watched.raised + causes, open=watched.open + causes)
    return Noticed(kept, tuple(new.values()))


def _recovered(noticed: Noticed, score: float) -> Noticed:
    watched = noticed.watched
    if not watched.open or score <= _GOOD or watched.course <= _CALM:
        return noticed
    return Noticed(replace(watched, open=()), (), watched.open)


def _shown(kept: list[Mapping[str, Any]]) -> tuple[Shown, ...]:
    return tuple(Shown(int(one["number"]), str(one["text"])) for one in kept)
