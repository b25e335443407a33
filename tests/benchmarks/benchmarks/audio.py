"""What long recordings cost if heard together, as in one batch: peak memory, and processor time per minute of sound."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from ai_voice_local import templates
from ai_voice_local.templates import INFRASTRUCTURE
from benchmarks.audio_probe import Figures

_SPEECH = INFRASTRUCTURE / "local" / "samples" / "long.ogg"
_SECONDS = 53.35
"""Of that recording."""


def main() -> None:
    """One long recording and others beside it, in a process of their own."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--hours", type=float, default=3, help="of the long recording (3)")
    options.add_argument("--beside", type=int, default=4, help="recordings heard at the same time (4)")
    options.add_argument("--beside-hours", type=float, default=1, help="of each of those (1)")
    options.add_argument(
        "--megabytes", type=int, default=_function(), help=f"of memory ({_function()}, the function's)"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hours = [chosen.hours, *[chosen.beside_hours] * chosen.beside]
        files = [_made(Path(folder) / f"{number}.ogg", length) for number, length in enumerate(hours)]
        _report(_measured(files, chosen.megabytes), chosen.megabytes)


def _made(path: Path, hours: float) -> Path:
    """Ogg files end to end are one recording (RFC 3533)."""
    path.write_bytes(_SPEECH.read_bytes() * round(hours * 3600 / _SECONDS))
    return path


def _measured(files: list[Path], megabytes: int) -> Figures:
    command = [sys.executable, "-m", "benchmarks.audio_probe", str(megabytes), *map(str, files)]
    figures: Figures = json.loads(subprocess.check_output(command))  # noqa: S603 - our own words
    return figures


def _function() -> int:
    """Megabytes that the worker has unless a parameter says otherwise."""
    megabytes: int = templates.read("voice-parser")["Parameters"]["MemoryMegabytes"]["Default"]
    return megabytes


def _report(figures: Figures, megabytes: int) -> None:
    minutes = figures["minutes"]
    lines = [
        f"sound               {minutes:8.0f} minutes",
        f"memory before       {figures['before_mb']:8.0f} MB",
        f"peak memory         {figures['peak_mb']:8.0f} MB of {megabytes}",
        f"left to allocate    {figures['left_mb']:8.0f} MB at least",
        f"waited for room     {figures['waits']:8.0f} times",
        f"decoded, on disk    {figures['disk_mb']:8.0f} MB",
        *(
            f"{step:20}{figures[step] / minutes:8.3f} CPU seconds a minute"
            for step in ("decoding", "detection", "encoding")
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
