"""Whether the index finds what answers a question: the product's own ranking against spans of evidence.

The meetings become notes of one company in a fresh index; each question is asked of all of them, or of its own meeting
alone. Beside them, exact lookups (`benchmarks.lookups`). Nothing leaves the machine.
"""

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote, Scope
from ai_voice_shared.search.segment_index import SegmentIndexes
from benchmarks import lookups
from benchmarks.folder_s3 import FolderS3
from benchmarks.scores import Passage, Scores, mean, scores

_COMPANY = "benchmark"
_DEPTH = 50

type Turns = dict[str, list[dict[str, Any]]]


def main() -> None:
    """Writes the rankings; prints the mean scores."""
    options = _options()
    turns = _turns(options.segments)
    queries = list(_lines(options.queries))
    tell = _progress("questions asked", len(queries))
    judged: dict[str, list[Scores]] = {}
    with tempfile.TemporaryDirectory() as folder, options.out.open("w", encoding="utf-8") as out:
        search = _search(_indexed(turns, Path(folder)), turns, one_note=options.scope == "note")
        for count, query in enumerate(queries, 1):
            meeting_id, ranked = query["meeting_id"], search(query)
            line = {"meeting_id": meeting_id, "query": query["query"], "ranked": ranked}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            if "spans" in query:
                judged.setdefault(meeting_id, []).append(scores(meeting_id, query["spans"], ranked))
            tell(count)
    _report(options.scope, judged)
    if options.scope == "company":
        sys.stdout.write(lookups.report() + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    line = "JSON lines of {meeting_id, "
    parser.add_argument("--segments", type=Path, required=True, help=line + "idx, speaker, text}, in order")
    parser.add_argument(
        "--queries",
        type=Path,
        required=True,
        help=line + "query, spans: [[first idx, last idx], ...]}; without spans, not judged",
    )
    parser.add_argument(
        "--scope", choices=("note", "company"), required=True, help="search the question's own meeting, or all meetings"
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help=line + "query, ranked: up to 50 [meeting_id, first idx, last idx], best first}",
    )
    return parser.parse_args()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _turns(path: Path) -> Turns:
    """Each meeting's turns by their idx, wherever in the file they stand."""
    meetings: Turns = {}
    for turn in _lines(path):
        meetings.setdefault(turn["meeting_id"], []).append(turn)
    return {meeting_id: sorted(said, key=lambda turn: turn["idx"]) for meeting_id, said in meetings.items()}


def _indexed(turns: Turns, folder: Path) -> SegmentIndexes:
    """A fresh index in which each meeting is a note."""
    indexes = SegmentIndexes(FolderS3(folder / "s3").store(), folder / "cache", fresh_seconds=3600)
    indexes.rebuild(_COMPANY, itertools.starmap(_note, turns.items()), _progress("meetings indexed", len(turns)))
    return indexes


def _note(meeting_id: str, said: list[dict[str, Any]]) -> IndexedNote:
    segments = tuple(Segment(0.0, 0.0, turn["text"], turn.get("speaker")) for turn in said)
    return IndexedNote(meeting_id, "knowledge-document", "sender", "", "2026-01-01T00:00:00.000Z", "en", segments)


def _search(indexes: SegmentIndexes, turns: Turns, *, one_note: bool) -> Callable[[dict[str, Any]], list[Passage]]:
    def search(query: dict[str, Any]) -> list[Passage]:
        scope = Scope(notes=(query["meeting_id"],)) if one_note else Scope()
        hits = indexes.search(_COMPANY, query["query"], scope, _DEPTH)
        return [(hit.message_id, *(turns[hit.message_id][at]["idx"] for at in (hit.first, hit.last))) for hit in hits]

    return search


def _progress(what: str, total: int) -> Callable[[int], None]:
    def tell(count: int) -> None:
        if count == total or not count % 100:
            sys.stderr.write(f"\r{count} of {total} {what}" + ("\n" if count == total else ""))

    return tell


def _report(scope: str, judged: dict[str, list[Scores]]) -> None:
    """The mean, and of each half of the meetings: a tuning that holds on one half alone is none."""
    meetings = sorted(judged)
    halves = {"all meetings": meetings, "every other one": meetings[::2], "the others": meetings[1::2]}
    for name, some in halves.items():
        of_some = [one for meeting in some for one in judged[meeting]]
        sys.stdout.write(f"{scope:8} {name:16} {len(of_some):5} questions   {mean(of_some)}\n")


if __name__ == "__main__":
    main()
