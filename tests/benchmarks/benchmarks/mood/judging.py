"""The figures by which polarity and escalations are judged."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ai_voice_shared.calls.model import Sentence
from ai_voice_shared.mood.cues import MoodCues
from ai_voice_shared.mood.escalations import Watched, Watching
from ai_voice_shared.mood.features import BEFORE, Spoken
from ai_voice_shared.mood.polarity import CLASSES, Polarity, polarity
from benchmarks.mood.service_calls import ServiceCall


@dataclass(frozen=True)
class Judged:
    """A customer's sentence, its class as labelled, and what the small model makes of it."""

    text: str
    class_: str
    found: Polarity


def sentences(calls: Sequence[ServiceCall]) -> Iterator[Judged]:
    """The customers' sentences, each scored with those before it."""
    for call in calls:
        before: list[Spoken] = []
        for said in call.said:
            if said.class_:
                yield Judged(said.text, said.class_, polarity(said.text, before[-BEFORE:]))
            before.append(Spoken(said.text, by_customer=bool(said.class_)))


@dataclass(frozen=True)
class Alarms:
    """What was raised in a call: each cause, and after which sentence; and what was right of it."""

    call: ServiceCall
    raised: dict[str, int]

    @property
    def right(self) -> set[str]:
        """The causes that had to be raised, and were, not too early."""
        return {cause for cause, at in self.call.expected.items() if self.raised.get(cause, 0) >= at}

    @property
    def wrong(self) -> set[str]:
        """The causes that must not be raised, or not yet."""
        return self.raised.keys() - self.right - (self.call.allowed - self.call.expected.keys())


def alarms(call: ServiceCall) -> Alarms:
    """What is raised in a call by the small model and the cues, at the usual threshold."""
    watching, watched = Watching(MoodCues(call.language)), Watched()
    before: list[Spoken] = []
    raised: dict[str, int] = {}
    for number, said in enumerate(call.said, 1):
        sentence = Sentence(number, "customer" if said.class_ else "agent", said.text, number, number)
        if said.class_:
            noticed = watching.customer(watched, sentence, polarity(said.text, before[-BEFORE:]).score)
        else:
            noticed = watching.agent(watched, sentence)
        watched = noticed.watched
        raised.update({one.cause: number for one in noticed.escalations})
        before.append(Spoken(said.text, by_customer=bool(said.class_)))
    return Alarms(call, raised)


def precision_and_recall(judged: Iterable[Alarms]) -> tuple[float, float]:
    """Of causes: the share of those raised that is right, and the share of those expected that was raised."""
    every = list(judged)
    right = sum(len(one.right) for one in every)
    wrong = sum(len(one.wrong) for one in every)
    return right / (right + wrong), right / sum(len(one.call.expected) for one in every)


def accuracy(judged: Sequence[Judged]) -> float:
    """The share whose likeliest class is the right one."""
    return sum(one.class_ == one.found.likeliest for one in judged) / len(judged)


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean of the classes' F1."""
    return sum(_f1(judged, class_) for class_ in CLASSES) / len(CLASSES)


def negative_auc(judged: Sequence[Judged]) -> float:
    """How often a negative sentence has a higher probability of being negative than another one; 0.5 is chance."""
    negative = [one.found.negative for one in judged if one.class_ == "negative"]
    others = [one.found.negative for one in judged if one.class_ != "negative"]
    wins = sum((high > low) + (high == low) / 2 for high in negative for low in others)
    return wins / (len(negative) * len(others))


def _f1(judged: Sequence[Judged], class_: str) -> float:
    right = sum(one.class_ == one.found.likeliest == class_ for one in judged)
    named = sum(one.class_ == class_ for one in judged) + sum(one.found.likeliest == class_ for one in judged)
    return 2 * right / named if named else 0.0
