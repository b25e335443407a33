"""How well notes are understood without a language model: by the product's own rules, on labelled sentences.

It tells how many languages and intents are right. Of the things to do, it tells how many are found, and how many of
those have the right person and the right day. Nothing leaves the machine.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.rules.judging import COMPANIES, Judged, judged
from benchmarks.rules.sentences import LANGUAGES, Sentence, kept_aside, read, tuned


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the shares; if asked to, also the sentences that went wrong."""
    options = _options(arguments)
    for name, sentences, errors in _parts(options):
        for company, languages in COMPANIES.items():
            all_judged = [judged(sentence, languages(sentence)) for sentence in sentences[:: options.every]]
            _tell(f"{name}, {len(all_judged)} sentences; the company speaks {company}", *_report(all_judged))
            if errors:
                _tell("wrong:", *map(_wrong, (one for one in all_judged if not one.is_right)))


def _parts(options: argparse.Namespace) -> Iterator[tuple[str, Sequence[Sentence], bool]]:
    """Their names, their sentences, and whether to show what went wrong."""
    if options.sentences:
        yield options.sentences.name, read(options.sentences), options.errors
        return
    yield "tuned", tuned(), options.errors
    yield "kept aside", kept_aside(), options.kept_aside_errors


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rules", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="show the wrong ones of those that may be tuned for")
    parser.add_argument(
        "--kept-aside-errors",
        action="store_true",
        help="show the wrong ones of those kept aside: whoever reads them cannot use them as a judge any more",
    )
    parser.add_argument(
        "--sentences", type=Path, metavar="FILE", help="judge on these instead: JSON lines like those of tuned.jsonl"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth sentence only")
    return parser.parse_args(arguments)


def _report(every: Sequence[Judged]) -> Iterable[str]:
    yield f"  {'':9} {'language':>15} {'intent':>15} {'found':>15} {'who':>15} {'due':>15} {'items given':>12}"
    for language in LANGUAGES:
        yield _row(language, [one for one in every if one.sentence.language == language])
    for intent in ("job-to-be-done", "knowledge-document", "question", "other"):
        yield _row(intent.partition("-")[0], [one for one in every if one.sentence.intent == intent])
    yield _row("all", every)


def _row(name: str, some: Sequence[Judged]) -> str:
    items = [item for one in some for item in one.judged]
    shares = (
        _share(one.language_is_right for one in some),
        _share(one.intent_is_right for one in some),
        _share(item.found for item in items),
        _share(item.who for item in items if item.who is not None),
        _share(item.due for item in items if item.due is not None),
    )
    return f"  {name:9} {' '.join(f'{share:>15}' for share in shares)} {sum(len(one.items) for one in some):12}"


def _share(right: Iterable[bool]) -> str:
    counted = list(right)
    return f"{sum(counted) / len(counted):.3f} ({sum(counted)}/{len(counted)})" if counted else "-"


def _wrong(one: Judged) -> str:
    said = one.sentence
    labelled = [(item.what, *(f"{key}={value}" for key, value in item.told.items())) for item in said.items]
    given = [(item.what, f"who={item.who}", f"by_when={item.by_when}", f"due={item.due}") for item in one.items]
    right, found = f"{said.language} {said.intent} {labelled or ''}", f"{one.language} {one.intent} {given or ''}"
    return f"  {said.text!r}\n      right: {right}\n      found: {found}"


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
