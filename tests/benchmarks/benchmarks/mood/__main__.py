"""How well customers' mood is scored without a key, and which alarms that raises, on 100 calls of our own."""

import argparse
import sys
import timeit
from collections.abc import Sequence

from ai_voice_shared.mood.polarity import polarity
from benchmarks.mood import judging
from benchmarks.mood.service_calls import ServiceCall, halves

_TYPICAL = "I have been waiting since Monday and nobody has called me back about the boiler"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures; if asked to, also the sentences of the tuned half that went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mood", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show the wrong ones of those that may be tuned for")
    options = parser.parse_args(arguments)
    for name, calls in zip(("tuned", "kept aside"), halves(), strict=True):
        _tell(f"{name}, {len(calls)} calls", *_polarity(calls), *_alarms(calls))
        if options.errors and name == "tuned":
            _tell("wrong:", *_wrong(calls))
    polarity(_TYPICAL)
    milliseconds = min(timeit.repeat(lambda: polarity(_TYPICAL), number=100, repeat=5)) * 10
    _tell(f"one sentence takes {milliseconds:.2f} ms")


def _polarity(calls: Sequence[ServiceCall]) -> list[str]:
    judged = list(judging.sentences(calls))
    neutral = sum(one.class_ == "neutral" for one in judged) / len(judged)
    return [
        f"{len(judged)} sentences of customers, {neutral:.0%} of them neutral",
        (
            f"macro-F1 {judging.macro_f1(judged):.3f}, accuracy {judging.accuracy(judged):.3f}, "
            f"AUC of negative {judging.negative_auc(judged):.3f}"
        ),
    ]


def _alarms(calls: Sequence[ServiceCall]) -> list[str]:
    judged = [judging.alarms(call) for call in calls]
    precision, recall = judging.precision_and_recall(judged)
    raised = sum(len(one.raised) for one in judged)
    calm = [one for one in judged if not one.call.expected]
    disturbed = sum(bool(one.raised) for one in calm)
    per_hundred = raised * 100 / len(calls)
    return [
        f"escalations: precision {precision:.3f}, recall {recall:.3f}, {per_hundred:.0f} alarms per 100 calls",
        f"{disturbed} of {len(calm)} calls that need no help raise one",
    ]


def _wrong(calls: Sequence[ServiceCall]) -> list[str]:
    judged = judging.sentences(calls)
    told = [f"{one.class_} → {one.found.likeliest}: {one.text}" for one in judged if one.class_ != one.found.likeliest]
    raised = [one for one in map(judging.alarms, calls) if one.wrong or one.right != one.call.expected.keys()]
    return told + [f"{one.call.name}: expected {one.call.expected}, raised {one.raised}" for one in raised]


def _tell(head: str, *lines: str) -> None:
    sys.stdout.write("\n  ".join([head, *lines]) + "\n")


if __name__ == "__main__":
    main()
