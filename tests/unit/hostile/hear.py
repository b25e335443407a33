"""Hears each file of a folder in a process of its own, because a file may crash it, and tells the result."""

import json
import sys
from pathlib import Path

from ai_voice_shared.errors import TellSender
from voice_parser.sound.decoding import decode

LONGEST = 30.0


def outcome(path: Path) -> str:
    """`heard`, or the reason for the refusal; any other error ends the process."""
    try:
        recording = decode(path, longest=LONGEST)
    except TellSender as refusal:
        return refusal.phrase
    return "heard" if recording.duration <= LONGEST else "longer than the longest"


def main() -> None:
    """Argument: the folder. Writes a line of JSON per file, and one with the most memory it took, in megabytes."""
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps([path.name, outcome(path)]), flush=True)  # noqa: T201 - read by the test
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(json.dumps(["memory", int(status.split("VmHWM:")[1].split()[0]) // 1000]))  # noqa: T201


if __name__ == "__main__":
    main()
