"""How well questions are answered without a language model: by extracts, on labelled notes and questions.

It tells how often the first extract answers, how often it is also one sentence, how often any extract answers, how
often the first one is at least of the right note, and how long the extracts are. Nothing leaves the machine.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.answers.judging import Judged, answering, judged
from benchmarks.answers.questions import Labelled, kept_aside, notes, notes_in, questions_in, tuned

_SHARES = ("first answers", "one sentence", "any answers", "right note")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the shares; if asked to, also the questions that were not answered."""
    options = _options(arguments)
    asked_of = notes_in(options.notes) if options.notes else notes()
    with tempfile.TemporaryDirectory() as folder, answering(asked_of, Path(folder)) as ask:
        for name, questions, errors in _parts(options):
            every = [judged(question, ask) for question in questions[:: options.every]]
            _tell(f"{name}, {len(every)} questions", *_report(every))
            if errors:
                _tell("not answered by the first extract:", *(_wrong(one) for one in every if not one.first_answers))


def _parts(options: argparse.Namespace) -> Iterator[tuple[str, Sequence[Labelled], bool]]:
    """Their names, their questions, and whether to show those that are not answered."""
    if options.questions:
        yield options.questions.name, questions_in(options.questions), options.errors
        return
    yield "tuned", tuned(), options.errors
    yield "kept aside", kept_aside(), options.kept_aside_errors


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.answers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="show the wrong ones of those that may be tuned for")
    parser.add_argument(
        "--kept-aside-errors",
        action="store_true",
        help="show the wrong ones of those kept aside: whoever reads them cannot use them as a judge any more",
    )
    parser.add_argument("--notes", type=Path, metavar="FILE", help="ask these instead: JSON lines like notes.jsonl")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="ask these instead: JSON lines like tuned.jsonl")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask each Nth question only")
    return parser.parse_args(arguments)


def _report(every: Sequence[Judged]) -> Iterable[str]:
    yield f"  {'':9} {' '.join(f'{head:>15}' for head in _SHARES)} {'extracts':>9} {'letters each':>13}"
    for kind in sorted({one.labelled.kind for one in every}):
        yield _row(kind, [one for one in every if one.labelled.kind == kind])
    for language in sorted({one.labelled.language for one in every}):
        yield _row(language, [one for one in every if one.labelled.language == language])
    yield _row("all", every)


def _row(name: str, some: Sequence[Judged]) -> str:
    shares = (
        _share(one.first_answers for one in some),
        _share(one.a_sentence_answers for one in some),
        _share(one.some_answer for one in some),
        _share(one.first_is_of_the_note for one in some),
    )
    lengths = [len(extract.text) for one in some for extract in one.extracts]
    told = f"{len(lengths) / len(some):9.2f} {fmean(lengths) if lengths else 0:13.0f}"
    return f"  {name:9} {' '.join(f'{share:>15}' for share in shares)} {told}"


def _share(right: Iterable[bool]) -> str:
    counted = list(right)
    return f"{sum(counted) / len(counted):.3f} ({sum(counted)}/{len(counted)})"


def _wrong(one: Judged) -> str:
    asked = one.labelled
    told = [f"      {extract.citations[0].message_id} {extract.text!r}" for extract in one.extracts]
    return "\n".join((f"  {asked.question} ({asked.kind}; {asked.note}: {', '.join(asked.answer)})", *told))


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
