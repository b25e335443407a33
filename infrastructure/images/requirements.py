#!/usr/bin/env python3
"""Which locked packages a service's image installs: what uv.lock names for it, less what images.toml leaves out.

They are in requirements.txt. An extra of the service, named as an engine, adds the packages that this engine alone
needs: they are in requirements-ENGINE.txt, and an image holds them if its build names the engine.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]


def main(what: str, *services: str) -> int:
    """Writes the files that are stale (`sync`), or only names them (`check`); returns the exit code."""
    stale = [(file, text) for service in services for file, text in _stale(service)]
    for file, text in stale:
        name = file.relative_to(_ROOT)
        if what == "check":
            sys.stderr.write(f"{name} is stale: run make requirements-sync\n")
        elif text is None:
            file.unlink()
            sys.stdout.write(f"{name} removed\n")
        else:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name} written\n")
    return int(what == "check" and bool(stale))


def _stale(service: str) -> Iterator[tuple[Path, str | None]]:
    """The files of a service that are not as they have to be, with what has to be in them; None for nothing at all."""
    wanted = files(service)
    for file in sorted({*wanted, *(_ROOT / service).glob("requirements*.txt")}):
        if not file.exists() or file.read_text(encoding="utf-8") != wanted.get(file):
            yield file, wanted.get(file)


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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
