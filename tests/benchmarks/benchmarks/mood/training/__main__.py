"""Makes the small model's file, `polarity.weights`: `make train-mood`."""

import sys

from ai_voice_shared.mood.polarity import FILE
from benchmarks.mood.training.learning import weights


def main() -> None:
    """Writes the file."""
    FILE.write_bytes(weights())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
