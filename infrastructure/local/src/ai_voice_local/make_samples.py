"""Makes this project's sample recordings from text, so that their words and times are known.

Run `python -m ai_voice_local.make_samples`; it needs the Debian program `flite`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ai_voice_local.templates import INFRASTRUCTURE
from voice_parser.sound.audio import RATE, encode_ogg
from voice_parser.sound.decoding import decode

SAMPLES = INFRASTRUCTURE / "local" / "samples"
"""Where the recordings are, and `samples.json`: of each its text, and each sentence's start and end in seconds."""

type Samples = NDArray[np.int16]

_HISS = 12
"""Amplitude of the faint noise every room has, of 32,768."""
_BREATH = 0.5
"""Seconds of silence before the first and after the last sentence."""
_SILENT = 20
"""Amplitude under which a voice's own leading and trailing silence lies."""


@dataclass(frozen=True)
class Line:
    """One sentence, its voice, and the seconds of silence after it."""

    voice: str
    text: str
    pause: float = _BREATH


SCRIPTS: dict[str, tuple[Line, ...]] = {
    "job": (
        Line("rms", "Please ask Daniel to order a new filter for the boiler on Elm Street by Friday.", 0.8),
        Line("rms", "Then call the client and tell him that we will come on Monday morning."),
    ),
    "knowledge": (
        Line("awb", "The pump in building seven runs at fifty two degrees.", 0.7),
        Line("awb", "It must be switched off before anybody opens the cover.", 0.7),
        Line("awb", "We measured this on Tuesday after the repair."),
    ),
    "long": (
        Line("rms", "Please ask Daniel to repair the boiler by Friday.", 0.4),
        Line("rms", "Always close the main valve before you open the pump.", 0.6),
        Line("rms", "If the pressure falls, check the filter first.", 1.5),
        Line("awb", "We measured this on Tuesday after the repair.", 0.3),
        Line("awb", "Daniel has to repair the boiler on Park Street before Friday.", 4.0),
        Line("rms", "Then call the client and tell him that we will come on Monday morning.", 0.3),
        Line("rms", "Please ask the driver to deliver the valves on Friday.", 0.8),
        Line("rms", "It must be switched off before anybody opens the cover.", 0.4),
        Line("awb", "Please tell Robert to order the new valves before Friday.", 0.5),
        Line("awb", "The pump in building seven runs at fifty two degrees.", 1.2),
        Line("awb", "Then call the client and tell him that we will come on Monday morning.", 0.5),
        Line("rms", "Please ask Martin to order a new filter for the boiler by Friday."),
    ),
    "earlier-call": (
        Line("awb", "Acme Heating, this is Alex."),
        Line("slt", "The boiler on Elm Street makes a strange noise."),
        Line("awb", "I will order a new filter for it. It will be there by Friday."),
        Line("slt", "Thank you."),
    ),
    "call": (
        Line("awb", "Acme Heating, this is Alex. How can I help you?"),
        Line("slt", "This is the third time I call about the boiler on Elm Street."),
        Line("slt", "You told me that the new filter would be there by Friday."),
        Line("awb", "I am sorry. I can see that the filter was ordered.", 0.8),
        Line("slt", "Nobody came, and my flat is still cold. This is really terrible."),
        Line("slt", "If it is not repaired this week, I will cancel the contract.", 0.8),
        Line("awb", "I understand, and I am very sorry."),
        Line("slt", "I want to speak to your manager."),
        Line("awb", "Of course. I will ask Robert to call you today."),
        Line("awb", "Daniel will repair the boiler tomorrow morning.", 0.8),
        Line("slt", "Thank you, that is good. I am happy with that."),
    ),
    "silence": (),
}
_SILENCE = 5.0
"""The seconds of the recording without speech."""


def main() -> None:
    """Writes every recording and `samples.json`."""
    if shutil.which("flite") is None:
        sys.exit("flite is missing: apt-get install flite")
    SAMPLES.mkdir(exist_ok=True)
    truths = {f"{name}.ogg": _make(SAMPLES / f"{name}.ogg", lines) for name, lines in SCRIPTS.items()}
    text = json.dumps(truths, indent=2, ensure_ascii=False) + "\n"
    (SAMPLES / "samples.json").write_text(text, encoding="utf-8")


def _make(path: Path, lines: tuple[Line, ...]) -> dict[str, object]:
    """Makes one recording; returns its texts and times."""
    pieces = [_silence(_BREATH if lines else _SILENCE)]
    sentences: list[dict[str, object]] = []
    for line in lines:
        start = _seconds(pieces)
        pieces.append(_spoken(line))
        sentences.append({"text": line.text, "start": start, "end": _seconds(pieces)})
        pieces.append(_silence(line.pause))
    samples = np.concatenate(pieces)
    hiss = np.random.default_rng(seed=1).normal(0, _HISS, len(samples))
    path.write_bytes(encode_ogg(np.clip(samples + hiss, -32_768, 32_767).astype(np.int16)))
    print(f"{path.name}: {_seconds(pieces)} s, {path.stat().st_size} bytes")
    return {"duration": _seconds(pieces), "text": " ".join(_texts(lines)), "sentences": sentences}


def _spoken(line: Line) -> Samples:
    """The voice's recording of the line, without silence around it, so that the times are exact."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "line.wav"
        command = ["flite", "-voice", line.voice, "-t", line.text, "-o", str(wav)]
        subprocess.run(command, check=True)  # noqa: S603 - our own words, no shell
        samples = decode(wav, longest=60).samples
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _SILENT)
    return samples[loud[0] : loud[-1] + 1]


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)


def _seconds(pieces: list[Samples]) -> float:
    return round(sum(map(len, pieces)) / RATE, 2)


def _texts(lines: tuple[Line, ...]) -> Iterator[str]:
    return (line.text for line in lines)


if __name__ == "__main__":
    main()
