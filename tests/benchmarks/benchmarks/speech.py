"""How well an engine that needs no key hears English, and what it costs: the project's samples, and a folder's."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ai_voice_local.templates import INFRASTRUCTURE
from benchmarks.speech_probe import Heard
from benchmarks.word_errors import normalised, start_errors, wrong

_SAMPLES = INFRASTRUCTURE / "local" / "samples"


@dataclass(frozen=True)
class Said:
    """A recording and what is said in it.

    Attributes:
        words: normalised, each with the second at which it begins, if that is known; None if nobody wrote them down.
    """

    path: Path
    words: list[tuple[str, float | None]] | None


@dataclass(frozen=True)
class Result:
    """Of one recording, or of all together.

    Attributes:
        words: that are said; 0 if nobody wrote them down.
        errors: words that are wrong.
        starts: seconds by which segments start too late.
    """

    name: str
    words: int
    errors: int
    seconds: float
    cpu: float
    peak_mb: float
    starts: tuple[float, ...]

    def __str__(self) -> str:
        """A line of the table."""
        share = f"{self.errors / self.words:6.3f} {self.errors:4}/{self.words:<4}" if self.words else " " * 16
        off = sorted(map(abs, self.starts))
        starts = f"{sum(off) / len(off):6.2f} {off[-1]:6.2f} {len(off):4}" if off else ""
        cpu = self.cpu / max(self.seconds, 0.1)
        return f"{self.name[:44]:44} {self.seconds:6.1f} {share} {cpu:7.3f} {self.peak_mb:5.0f} {starts}".rstrip()


def main() -> None:
    """Each recording in a process of its own."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--transcriber", default="whisper", help="an engine that runs here (whisper)")
    options.add_argument("--model", default="tiny.en", help="its model (tiny.en)")
    options.add_argument("--folder", type=Path, help="of recordings, with their texts in its index.json")
    options.add_argument("--texts", action="store_true", help="print what is heard, too")
    chosen = options.parse_args()
    recordings = [*_samples(), *(_listed(chosen.folder) if chosen.folder else ())]
    _line(f"{'':44} {'length':>6} {'WER':>6} {'wrong':>9} {'CPU/s':>7} {'MB':>5}  starts, off by: mean, most, of")
    results = []
    for said in recordings:
        heard = _heard(said.path, chosen.transcriber, chosen.model)
        results.append(_result(said, heard))
        _line(f"{results[-1]}{f'\n    {heard["text"]}' if chosen.texts else ''}")
    _line(str(_together(results)))


def _samples() -> Iterator[Said]:
    for name, known in json.loads((_SAMPLES / "samples.json").read_text(encoding="utf-8")).items():
        timed: list[tuple[str, float | None]] = []
        for sentence in known["sentences"]:
            first, *rest = normalised(sentence["text"])
            timed += [(first, sentence["start"]), *((word, None) for word in rest)]
        yield Said(_SAMPLES / name, timed)


def _listed(folder: Path) -> Iterator[Said]:
    """The English ones that are not empty."""
    for entry in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        if entry.get("duration_s") and entry.get("language", "en").startswith("en"):
            yield Said(folder / entry["file"], _words(entry))


def _words(entry: dict[str, Any]) -> list[tuple[str, float | None]] | None:
    """A text's words, with the times of those that the list of times has, in the same order."""
    if entry["transcript"] is None:
        return None
    times = [(word.partition("(")[0], start) for word, start, _ in entry.get("word_times", ()) if word[0] != "<"]
    words = normalised(entry["transcript"])
    if [word for text, _ in times for word in normalised(text)] != words:
        return [(word, None) for word in words]
    return list(zip(words, [start for _, start in times], strict=True))


def _heard(path: Path, transcriber: str, model: str) -> Heard:
    command = [sys.executable, "-m", "benchmarks.speech_probe", transcriber, model, str(path)]
    printed = subprocess.check_output(command, text=True)  # noqa: S603 - our own words
    heard: Heard = json.loads(printed.splitlines()[-1])  # metrics may stand before it
    return heard


def _result(said: Said, heard: Heard) -> Result:
    words = said.words or []
    return Result(
        name=said.path.name,
        words=len(words),
        errors=0 if said.words is None else wrong([word for word, _ in words], normalised(heard["text"])),
        seconds=heard["seconds"],
        cpu=heard["cpu"],
        peak_mb=heard["peak_mb"],
        starts=tuple(start_errors(words, heard["starts"])),
    )


def _together(results: list[Result]) -> Result:
    return Result(
        name="together",
        words=sum(one.words for one in results),
        errors=sum(one.errors for one in results),
        seconds=sum(one.seconds for one in results),
        cpu=sum(one.cpu for one in results),
        peak_mb=max(one.peak_mb for one in results),
        starts=tuple(start for one in results for start in one.starts),
    )


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
