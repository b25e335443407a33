#!/usr/bin/env python3
"""Which locked packages a service's image installs: what uv.lock names for it, less what images.toml leaves out."""

import subprocess
import sys
import tomllib
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]


def export(service: str) -> str:
    """The text of the service's requirements.txt, with hashes."""
    images = tomllib.loads((_HERE / "images.toml").read_text(encoding="utf-8"))
    left_out = [flag for name in images["packages"].get(service, {}) for flag in ("--prune", name)]
    what = ["--frozen", "--no-dev", "--no-emit-workspace", "--no-header", "--package", f"ai-voice-{service}"]
    command = [str(_ROOT / ".tools" / "bin" / "uv"), "export", "--quiet", *what, *left_out]
    return subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - ours


if __name__ == "__main__":
    sys.stdout.write(export(sys.argv[1]))
