#!/usr/bin/env python3
"""Which locked packages a service's image installs: what uv.lock names for it, less what images.toml leaves out.

They are in requirements.txt. An extra of the service, named as an engine, adds the packages that this engine alone
needs: they are in requirements-ENGINE.txt, and an image holds them if its build names the engine.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_STALE = "{} is stale: run make requirements-sync\n"


def main(what: str, *services: str) -> int:
    """Writes the files (`sync`), or compares them (`check`); returns the exit code."""
    stale = 0
    for service in services:
        wanted = files(service)
        for file in {*wanted, *(_ROOT / service).glob("requirements*.txt")}:
            text = wanted.get(file)
            if (file.read_text(encoding="utf-8") if file.exists() else None) == text:
                continue
            stale += 1
            if what == "sync":
                _put(file, text)
            sys.stderr.write((_STALE if what == "check" else "{} written\n").format(file.relative_to(_ROOT)))
    return int(what == "check" and stale > 0)


def files(service: str) -> Mapping[Path, str]:
    """The files of a service, with hashes."""
    project = tomllib.loads((_ROOT / service / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = _export(service)
    found = {_ROOT / service / "requirements.txt": plain}
    for engine in project.get("optional-dependencies", {}):
        with_engine = _packages(_export(service, "--extra", engine))
        own = [lines for package, lines in with_engine.items() if package not in _packages(plain)]
        found[_ROOT / service / f"requirements-{engine}.txt"] = "".join(own)
    return found


def _export(service: str, *extra: str) -> str:
    images = tomllib.loads((_HERE / "images.toml").read_text(encoding="utf-8"))
    left_out = [flag for name in images["packages"].get(service, {}) for flag in ("--prune", name)]
    what = ["--frozen", "--no-dev", "--no-emit-workspace", "--no-header", "--package", f"ai-voice-{service}"]
    command = [str(_ROOT / ".tools" / "bin" / "uv"), "export", "--quiet", *what, *extra, *left_out]
    return subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - ours


def _packages(exported: str) -> Mapping[str, str]:
    """The lines of each package, by what stands before its hashes."""
    found = re.split(r"^(?=\w)", exported, flags=re.MULTILINE)[1:]
    return {lines.partition(" \\")[0]: lines for lines in found}


def _put(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
