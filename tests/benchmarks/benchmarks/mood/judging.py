"""The figures by which polarity and escalations are judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
