"""`make chaos`: for every kind of note, kills the worker before and after every outside effect, then repeats it."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from chaos.gates import Point
from chaos.kinds import KINDS, Kind
from chaos.side_by_side import Asked, Found, side_by_side
from chaos.trials import Tried

_WIDTH = 20
_SHOWN = 6


def main() -> int:
    """Tries all of it, or one kind, or one point; the exit status is 1 when something was lost or duplicated."""
    wanted = _arguments()
    started = time.monotonic()
    kept = tempfile.TemporaryDirectory(prefix="ai-voice-chaos-", delete=not wanted.keep)
    kinds = [kind for kind in KINDS if kind.name in wanted.kind or not wanted.kind]
    worlds = min(wanted.worlds, len(kinds))
    _say(f"{len(kinds)} kinds of notes on {worlds} platforms; each is shown when it and those before it are done.\n")
    _say(f"{'kind of note':<{_WIDTH}} {'killed':<8} {'effects':>7} {'points':>7} {'ok':>7} {'seconds':>8}")
    results = []
    with kept as folder:
        for found in side_by_side(Path(folder), kinds, Asked(wanted.point, quick=wanted.quick), worlds):
            _tell_kind(found)
            results.append(found)
    if wanted.keep:
        _say(f"\nThe logs are in {folder}.")
    return _summed_up(results, time.monotonic() - started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    names = [kind.name for kind in KINDS]
    parser.add_argument("--kind", action="append", default=[], choices=names, help="this kind alone, or these")
    parser.add_argument("--point", default="", help="only points that hold this text, e.g. 'after Twilio POST'")
    parser.add_argument("--quick", action="store_true", help="behind each effect only: before the next it is the same")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    cores = os.process_cpu_count() or 1
    parser.add_argument("--worlds", type=int, default=cores, help="so many platforms side by side; one for each core")
    return parser.parse_args()


def _tell_kind(found: Found) -> None:
    counts = f"{len(found.recording.effects):>7} {len(found.tried):>7} {found.ok:>7} {found.seconds:>8.1f}"
    _say(f"{found.kind.name:<{_WIDTH}} {found.kind.killed:<8} {counts}")
    for name in found.recording.unhooked:
        _say(f"    NO KILL POINT  {name}")
    failed: dict[tuple[str, ...], list[Point]] = {}
    for one in found.tried:
        for problem in one.earlier:
            _say(f"    tried again, {one.point}: {problem}")
        if not one.ok:
            failed.setdefault(tuple(_wrong(one)), []).append(one.point)
    for lines, points in failed.items():
        _tell(found.kind, lines, points)


def _wrong(tried: Tried) -> list[str]:
    problem = [f"not tried: {tried.problem}"] if tried.problem else []
    paid = [f"paid twice: {path}, {count} more" for path, count in tried.paid_twice.items()]
    return [*problem, *paid, *tried.difference.lines()]


def _tell(kind: Kind, lines: Sequence[str], points: Sequence[Point]) -> None:
    """A failure: where (after one effect is before the next), what, and how to have it again."""
    for number, point in enumerate(points):
        _say(f"    {'and' if number else 'NOT OK, killed'} {point}")
    for line in lines[:_SHOWN]:
        _say(f"        {line}")
    if len(lines) > _SHOWN:
        _say(f"        and {len(lines) - _SHOWN} more")
    _say(f"        again: make chaos KIND='{kind.name}' POINT='{points[0]}'")


def _summed_up(results: Sequence[Found], seconds: float) -> int:
    tried = [one for found in results for one in found.tried]
    counts = {
        "lost": sum(bool(one.difference.lost) for one in tried),
        "duplicated": sum(bool(one.difference.duplicated) for one in tried),
        "changed": sum(bool(one.difference.changed) for one in tried),
        "paid twice": sum(bool(one.paid_twice) for one in tried),
        "not tried": sum(bool(one.problem) for one in tried),
        "without a kill point": sum(len(found.recording.unhooked) for found in results),
    }
    told = [f"{name} {count}" for name, count in counts.items() if count or name in {"lost", "duplicated"}]
    _say(f"\npoints tried {len(tried)}, {', '.join(told)}, in {seconds:.0f} s")
    again: Counter[str] = sum((one.again for one in tried), Counter())
    if again:
        bought = ", ".join(f"{path} {count} times" for path, count in again.items())
        _say(f"bought again, since the very call was cut off: {bought}")
    return int(any(counts.values()) or not tried)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
