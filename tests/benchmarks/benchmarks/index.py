"""What the segment index costs as a company grows, against SQLite FTS5 and LanceDB on the same data in the same run.

Cold is a fresh process that imports the engine, gets the index and answers its first question; each S3 request of the
segment index and of SQLite is made to take 20 ms, LanceDB reads the local disk. The interpreter's start and making an
AWS client cost all of them the same and are left out. Warm are 300 further questions.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.engines import ENGINES

_SIZES = (1_000, 10_000, 100_000)
_LARGEST = 1_000_000
_COLUMNS = ("cold_ms", "p50_ms", "p99_ms", "stored_mb", "requests", "rss_mb", "append_ms", "build_s")
_OURS, _LANCEDB = "segment index", "LanceDB"

type Figures = dict[str, float]


def main() -> None:
    """Prints a table and how the engines compare."""
    options = _options()
    pythons = dict.fromkeys(ENGINES, sys.executable) | {_LANCEDB: options.lancedb_python}
    if not _has_lancedb(options.lancedb_python):
        sys.stdout.write("LanceDB is not importable here, so it is left out: --lancedb-python names one that has it.\n")
        del pythons[_LANCEDB]
    sys.stdout.write(f"{'segments':>9}  {'engine':14}" + "".join(f"{column:>11}" for column in _COLUMNS) + "\n")
    for size in (*_SIZES, _LARGEST) if options.million else _SIZES:
        figures = {engine: _measured(engine, python, size) for engine, python in pythons.items()}
        _compare(size, figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.index", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--million", action="store_true", help="also 1,000,000 segments, which takes minutes")
    parser.add_argument(
        "--lancedb-python", default=sys.executable, help="an interpreter with the package lancedb (default: this one)"
    )
    return parser.parse_args()


def _has_lancedb(python: str) -> bool:
    return not subprocess.run([python, "-c", "import lancedb"], capture_output=True, check=False).returncode  # noqa: S603 - as told


def _measured(engine: str, python: str, size: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder, "s3")
        stored.mkdir()
        figures: Figures = {}
        for step in ("build", "search", "append"):
            sys.stderr.write(f"\r{engine}, {size:,} segments: {step}\033[K")
            figures |= _probed(python, engine, step, size, stored, Path(folder, step))
            if step == "build":
                figures["stored_mb"] = sum(path.stat().st_size for path in stored.rglob("*") if path.is_file()) / 1e6
    sys.stderr.write("\r\033[K")
    row = "".join(f"{figures[column]:>11,.2f}" for column in _COLUMNS)
    sys.stdout.write(f"{size:>9,}  {engine:14}{row}\n")
    sys.stdout.flush()
    return figures


def _probed(python: str, engine: str, step: str, size: int, stored: Path, own: Path) -> Figures:
    command = [python, "-m", "benchmarks.probe", engine, step, str(size), str(stored), str(own)]
    # LanceDB's interpreter finds this package, and not the product.
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ours
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _compare(size: int, figures: dict[str, Figures]) -> None:
    ours = figures.pop(_OURS)
    for engine, theirs in figures.items():
        ratios = (f"{name} {ours[name] / theirs[name]:.3f}" for name in ("cold_ms", "p50_ms", "stored_mb", "append_ms"))
        sys.stdout.write(f"{size:>9,}  {_OURS} / {engine}: {', '.join(ratios)}\n")


if __name__ == "__main__":
    main()
