"""A hundred service calls in five languages, each sentence of a customer with its class, each call with its alarms.

60 calls are written by hand: `calls/*.txt`. Before a call stands its name, and each cause with the number of the
sentence, from 1, that first shows it; `?` marks one that may be raised or not. 40 longer ones are put together, with
a seed, of sentences in `calls/banks.tsv`, which the small model's templates do not have. Every second call was tuned
on; the others only report. One author wrote both halves.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "calls"
LANGUAGES = ("en", "de", "es", "fr", "pt")
CLASSES = {"-": "negative", "=": "neutral", "+": "positive"}
MOST = 40
"""Calls that are put together."""

_SEED = 5
_EXPECTED = re.compile(r"([a-z]+)(\?)?@(\d+)")


@dataclass(frozen=True)
class Said:
    """A sentence; `class_` is empty if the agent said it."""

    text: str
    class_: str


@dataclass(frozen=True)
class ServiceCall:
    """A call.

    Attributes:
        expected: the alarms that it has to raise, and from which sentence on.
        allowed: causes that may be raised.
    """

    name: str
    language: str
    said: tuple[Said, ...]
    expected: dict[str, int]
    allowed: frozenset[str]


def halves() -> tuple[list[ServiceCall], list[ServiceCall]]:
    """The calls that were tuned on, and those that report."""
    calls = [*written(), *put_together()]
    return calls[::2], calls[1::2]


def written() -> list[ServiceCall]:
    """The calls that were written by hand."""
    return [call for language in LANGUAGES for call in _read(language)]


def put_together() -> list[ServiceCall]:
    """The longer calls: every second one has something to raise."""
    rng = random.Random(_SEED)  # noqa: S311 - not a secret
    return [_made(number, rng) for number in range(MOST)]


def _read(language: str) -> Iterator[ServiceCall]:
    for block in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").split("## ")[1:]:
        head, *lines = block.strip().splitlines()
        name, _, causes = head.partition(" ")
        found = _EXPECTED.findall(causes)
        said = tuple(Said(line[2:], CLASSES.get(line[0], "")) for line in lines)
        expected = {cause: int(number) for cause, maybe, number in found if not maybe}
        yield ServiceCall(name, language, said, expected, frozenset(cause for cause, _, _ in found))


def _made(number: int, rng: random.Random) -> ServiceCall:
    """A call of 18 to 28 sentences: calm, and then, if it has a cause, that cause after a bad sentence."""
    language = LANGUAGES[number % len(LANGUAGES)]
    bank = _bank(language, number % 2)
    cause = rng.choice(("manager", "threat", "repeated", "apologies")) if number % 4 < 2 else ""
    calm = _calm(bank, rng)
    said = [next(calm) for _ in range(rng.randrange(12, 20))]
    at = 0
    if cause == "apologies":
        for one in bank["sorry"]:
            said += [Said(rng.choice(bank["-"]), "negative"), Said(one, "")]
        at = len(said)
    elif cause:
        said.append(Said(rng.choice(bank["-"]), "negative"))
        said.append(Said(rng.choice(bank[cause]), "negative"))
        at = len(said)
    said += [next(calm) for _ in range(6)]
    if not cause or rng.random() < 1 / 2:
        said.append(Said(rng.choice(bank["+"]), "positive"))
    return ServiceCall(
        f"{language}-made-{number}", language, tuple(said), {cause: at} if cause else {}, frozenset({cause, "course"})
        if cause else frozenset(),
    )  # fmt: skip


def _calm(bank: dict[str, list[str]], rng: random.Random) -> Iterator[Said]:
    """Sentences of both: one in fifteen is bad, one in twenty good. Nobody asks a thing twice, but agents do."""
    left = {kind: rng.sample(bank[kind], len(bank[kind])) for kind in "=-+"}
    while True:
        kind = rng.choices(("a", "=", "-", "+"), (40, 48, 7, 5))[0]
        text = left[kind].pop() if left.get(kind) else rng.choice(bank["a"])
        yield Said(text, CLASSES.get(kind, "") if text not in bank["a"] else "")


def _bank(language: str, half: int) -> dict[str, list[str]]:
    """A language's sentences by kind. The two halves share only how agents apologise."""
    bank: dict[str, list[str]] = {}
    for line in (FOLDER / "banks.tsv").read_text(encoding="utf-8").splitlines():
        of, kind, text = line.split("\t")
        if of == language:
            bank.setdefault(kind, []).append(text)
    return {kind: all_ if kind == "sorry" else all_[half::2] for kind, all_ in bank.items()}
