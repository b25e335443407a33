"""How well keywords are found in misheard speech of five languages, and what a sentence costs.

The sentences and their errors are ours (mishearing.py). Half of the keywords were used to choose what is tolerated; the
other half was kept aside. Nothing leaves the machine.
"""

import argparse
import random
import statistics
import time
from collections.abc import Sequence

from ai_voice_shared.keywords.compiling import compiled
from ai_voice_shared.keywords.matching import Matcher
from ai_voice_shared.keywords.rule import Rule
from benchmarks.keywords.judging import Counts, judged
from benchmarks.keywords.sentences import LANGUAGES, half

_RATES = (0.0, 0.1, 0.2)
_HALVES = ("tuned", "kept aside")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints recall and precision by rate of errors, and the cost of a sentence by number of rules."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keywords", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show what went wrong in the half that may be tuned on")
    options = parser.parse_args(arguments)
    for which, name in enumerate(_HALVES):
        for rate in _RATES:
            _show(f"{name}, word errors {rate}", which, rate, errors=options.errors and which == 0)
    for rules in (10, 100, 1_000):
        _print(f"{rules:5} rules: {_cost(rules):6.0f} µs a sentence (median)")


def _show(title: str, which: int, rate: float, *, errors: bool) -> None:
    _print(f"\n{title}\n  {'':9} {'recall':>8} {'precision':>10} {'as written: recall':>19} {'precision':>10}")
    total, total_written = Counts(), Counts()
    for language in LANGUAGES:
        counts, wrong = judged(language, which, rate)
        written, _ = judged(language, which, rate, exactly=True)
        total, total_written = total + counts, total_written + written
        _row(language, counts, written)
        for one in wrong if errors else ():
            _print(f"      {one.said or '–':24} {one.found}  {one.heard}")
    _row("all", total, total_written)


def _row(name: str, counts: Counts, written: Counts) -> None:
    figures = f"{counts.recall:8.3f} {counts.precision:10.3f} {written.recall:19.3f} {written.precision:10.3f}"
    _print(f"  {name:9} {figures}")


def _cost(rules: int) -> float:
    """Microseconds of a sentence, the sentences of English again and again."""
    said = [" ".join(one.words) for which in (0, 1) for one in half("en", which)]
    words = sorted({word for one in said for word in one.split()})
    chance = random.Random(rules)  # noqa: S311 - repeatable
    made = [
        Rule(f"r{number}", f"rule {number}", _some(words, number, chance), (rf"\b{number}[a-z]+ \d{{2,4}}\b",))
        for number in range(rules)
    ]
    matcher = Matcher(compiled(made))
    times = []
    for one in said * 10:
        begun = time.perf_counter()
        matcher.find(one, ("en",), "")
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1e6


def _some(words: Sequence[str], number: int, chance: random.Random) -> tuple[str, ...]:
    """A word and two phrases that nobody says, of words that people say."""
    return (f"{chance.choice(words)}zq{number}", *(f"{' '.join(chance.sample(words, 3))} {number}" for _ in range(2)))


def _print(line: str) -> None:
    print(line)  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
