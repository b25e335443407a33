"""Learns the content of `polarity.weights`. The same seed gives the same bytes on every machine.

A linear model with three classes, trained by gradient descent. Weights are whole numbers while it learns, and the
exponential function is made of multiplications, so that no processor rounds differently.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.mood.features import PLACES, seen
from ai_voice_shared.mood.polarity import CLASSES, HEAD
from benchmarks.mood.training import dialogues
from benchmarks.mood.training.dialogues import Example

SEED = 17
DIALOGUES = 500
"""A language."""

_ONE = 1 << 32
"""A weight of 1, as a whole number."""

_LARGEST = 127


@dataclass(frozen=True)
class Recipe:
    """What was tuned, on the tuning half of `benchmarks.mood`.

    Attributes:
        before: how much a sentence before counts.
        decay: the part of a weight that is lost in each round.
    """

    rounds: int = 8
    rate: float = 0.9
    before: float = 0.5
    decay: float = 0.1


def weights(recipe: Recipe | None = None) -> bytes:
    """The file's content."""
    recipe = recipe or Recipe()
    return packed(*learned(dialogues.examples(DIALOGUES, SEED), recipe), recipe)


def learned(made: Sequence[Example], recipe: Recipe) -> tuple[NDArray[np.int64], list[int]]:
    """The weights by place and class, and the classes' own sums, as whole numbers."""
    table, sums = np.zeros((PLACES, len(CLASSES)), np.int64), [0] * len(CLASSES)
    rows = [_row(example, recipe) for example in made]
    for round_ in range(recipe.rounds):
        rate = recipe.rate / (1 + round_)
        for own, before, own_worth, before_worth, class_ in rows:
            logits = [
                (one * own_worth + other * before_worth + of_class) / _ONE
                for one, other, of_class in zip(_sum(table, own), _sum(table, before), sums, strict=True)
            ]
            errors = [likely - (place == class_) for place, likely in enumerate(_likely(logits))]
            table[own] -= np.array([round(rate * own_worth * error * _ONE) for error in errors])
            table[before] -= np.array([round(rate * before_worth * error * _ONE) for error in errors])
            sums = [one - round(rate * 0.01 * error * _ONE) for one, error in zip(sums, errors, strict=True)]
        table -= (table * round(recipe.decay * 1000)) // 1000
    return table, sums


def packed(table: NDArray[np.int64], sums: Sequence[int], recipe: Recipe) -> bytes:
    """The file's content: each weight as a byte."""
    largest = int(np.sort(np.abs(table), axis=None)[-200])  # the few that are larger are cut
    small = np.clip((table * _LARGEST + np.sign(table) * largest // 2) // largest, -_LARGEST, _LARGEST)
    worth = largest / _LARGEST / _ONE
    head = HEAD.pack(worth, worth * recipe.before, *(one / _ONE for one in sums))
    content: bytes = small.T.astype(np.int8).tobytes()
    return head + content


def _row(example: Example, recipe: Recipe) -> tuple[NDArray[np.intp], NDArray[np.intp], float, float, int]:
    found = seen(example.text, example.before)
    own, before = np.array(found.own, np.intp), np.array(found.before, np.intp)
    before_worth = recipe.before / math.sqrt(len(before)) if len(before) else 0.0
    return own, before, 1 / math.sqrt(len(own)), before_worth, example.class_


def _sum(table: NDArray[np.int64], places: NDArray[np.intp]) -> list[int]:
    return [int(one) for one in table[places].sum(axis=0)]


def _likely(logits: Sequence[float]) -> list[float]:
    """The softmax. Only operations whose result IEEE 754 fixes are used."""
    highest = max(logits)
    parts = [_exponential(one - highest) for one in logits]
    return [part / sum(parts) for part in parts]


def _exponential(power: float) -> float:
    base = max(1 + power / 4096, 0.0)
    for _ in range(12):
        base *= base
    return base
