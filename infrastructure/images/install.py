#!/usr/bin/env python3
"""What an image holds: a service's locked dependencies and its code, without what images.toml leaves out, compiled.

The Dockerfiles run it with the base image's own Python and pip; the tests run the same steps where there is no engine.
Only the standard library, since nothing else is there yet.
"""

import argparse
import compileall
import py_compile
import shlex
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_ENTERABLE = stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["dependencies", "code"])
    parser.add_argument("service", help="its folder, e.g. webhook-handler")
    parser.add_argument("--into", type=Path, required=True, help="the folder that becomes the image's for code")
    parser.add_argument("--engines", default="", help="blank-separated; their packages are installed, too")
    parser.add_argument("--installer", default=f"{sys.executable} -m pip", help="pip, or what takes its arguments")
    wanted = parser.parse_args()
    images = tomllib.loads((_HERE / "images.toml").read_text(encoding="utf-8"))
    if wanted.part == "dependencies":
        _install(_requirements(wanted.service, wanted.engines.split()), wanted.into, shlex.split(wanted.installer))
        _leave_out(wanted.into, images["files"])
        _leave_out_services(wanted.into, images["aws"]["services"])
    else:
        for source in ("shared-lib", wanted.service):
            _copy(_ROOT / source / "src", wanted.into)
        _leave_out(wanted.into, images["code"].get(wanted.service, {}))
    _compile(wanted.into)
    _let_everybody_read(wanted.into)


def _requirements(service: str, engines: Collection[str]) -> list[Path]:
    """The files of the service and of these engines; ends the program if an engine has no packages of its own."""
    folder = _ROOT / service
    there_are = {file.stem.removeprefix("requirements-"): file for file in sorted(folder.glob("requirements-*.txt"))}
    if unknown := sorted(set(engines) - there_are.keys()):
        told = f"there is {', '.join(there_are)}" if there_are else "there is none"
        raise SystemExit(f"{service} has no packages of an engine {', '.join(unknown)}: {told}.")
    return [folder / "requirements.txt", *(there_are[engine] for engine in sorted(set(engines)))]


def _install(requirements: Iterable[Path], into: Path, installer: list[str]) -> None:
    """Exactly what is locked, by its hashes, and no source: nothing is built, so that no build tool is needed."""
    exactly = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile", "--quiet"]
    command = [*installer, "install", *exactly, "--target", str(into)]
    command += [word for file in requirements for word in ("--requirement", str(file))]
    subprocess.run(command, check=True)  # noqa: S603 - the Dockerfile's own arguments


def _leave_out(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for found in list(folder.glob(pattern)):
            _remove(found)


def _leave_out_services(folder: Path, wanted: Collection[str]) -> None:
    for service in (folder / "botocore" / "data").iterdir():
        if service.is_dir() and service.name not in wanted:
            _remove(service)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(source: Path, into: Path) -> None:
    unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(source, into, ignore=unwanted, dirs_exist_ok=True)


def _compile(folder: Path) -> None:
    """Bytecode that is believed unseen: a cold start neither compiles, nor writes, nor compares with the source."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    if not compileall.compile_dir(folder, quiet=1, force=True, workers=0, invalidation_mode=mode):
        raise SystemExit(f"Something in {folder} does not compile.")


def _let_everybody_read(folder: Path) -> None:
    """Lambda runs the image as a user of its own, whatever the modes of the files that were checked out."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = mode | _READABLE | (_ENTERABLE if path.is_dir() else 0)
        if wanted != mode:
            path.chmod(wanted)


if __name__ == "__main__":
    main()
