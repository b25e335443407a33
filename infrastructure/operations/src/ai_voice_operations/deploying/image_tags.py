"""Which engines an image holds, and its tag, made from what goes into it: the same code is never built twice."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ai_voice_operations import templates
from ai_voice_operations.problems import Refused

ROOT = templates.INFRASTRUCTURE.parent
"""The folder of the project."""

_OF_A_PACKAGE = ("Dockerfile", "pyproject.toml", "requirements.txt", "src/**/*")
_OF_ALL = Path("infrastructure/images")
"""What installs into all images."""

_DIGITS = 16
_TAG = re.compile(rf"[0-9a-f]{{{_DIGITS}}}-(?:arm64|x86_64)((?:-\w+)*)")

type Effective = Callable[[str, str], str]
"""The value of a stack's parameter, by folder and name; "" if it has none (`Parameters.effective`)."""


def service_of(folder: str) -> str | None:
    """The service whose image the stack's functions run; None for a stack without functions."""
    if "ImageTag" not in templates.read(folder)["Parameters"]:
        return None
    return "data-api-server" if folder == "realtime" else folder


def engines(service: str, root: Path = ROOT) -> tuple[str, ...]:
    """The engines with packages of their own: the service's image holds these packages only if it is to."""
    return tuple(
        sorted(file.stem.removeprefix("requirements-") for file in (root / service).glob("requirements-*.txt"))
    )


def chosen(folder: str, effective: Effective, root: Path = ROOT) -> tuple[str, ...]:
    """Those of the engines that the stack chooses."""
    service, choices = service_of(folder), {effective(folder, name) for name in templates.ENGINES}
    return tuple(engine for engine in (engines(service, root) if service else ()) if engine in choices)


def held(effective: Effective, named: Iterable[str] = (), root: Path = ROOT) -> Mapping[str, tuple[str, ...]]:
    """By service, the engines that its image is to hold: the named ones; without any, those that its stacks choose.

    Raises Refused if no image has packages of a named engine, or if a stack chooses an engine that is not named.
    """
    there_are = {service: engines(service, root) for folder in templates.STACKS if (service := service_of(folder))}
    named = sorted(set(named))
    known = sorted({engine for each in there_are.values() for engine in each})
    if unknown := [engine for engine in named if engine not in known]:
        raise Refused(
            f"No image has packages of an engine {unknown[0]}: ENGINES may name {', '.join(known) or 'none'}."
        )
    wanted: dict[str, set[str]] = {service: set(each) & set(named) for service, each in there_are.items()}
    for folder in templates.STACKS:
        for engine in chosen(folder, effective, root):
            if named and engine not in named:
                told = " ".join(sorted({*named, engine}))
                raise Refused(
                    f"{folder} chooses the engine {engine}: name it, too (ENGINES='{told}'), or leave ENGINES out."
                )
            wanted[service_of(folder) or folder].add(engine)
    return {service: tuple(sorted(each)) for service, each in wanted.items()}


def lacking(tag: str, wanted: Iterable[str]) -> list[str]:
    """The engines that an image does not hold, as its tag says; none for a tag that was not made here."""
    ours = _TAG.fullmatch(tag)
    return [engine for engine in wanted if ours and engine not in ours[1].split("-")]


def tag(service: str, architecture: str, base: str = "", root: Path = ROOT, holds: tuple[str, ...] = ()) -> str:
    """The tag of the service's image, made from its files, those of packages that it needs, base and processor.

    It names the engines that the image holds.
    """
    digest = hashlib.sha256(f"{architecture}\0{base}\0".encode())
    for file in sorted(_files(service, root, holds)):
        digest.update(f"{file.relative_to(root).as_posix()}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return "-".join((digest.hexdigest()[:_DIGITS], architecture, *holds))


def _files(service: str, root: Path, holds: tuple[str, ...]) -> Iterator[Path]:
    found = [
        file for folder in _packages(service, root) for form in _OF_A_PACKAGE for file in (root / folder).glob(form)
    ]
    found += [root / service / f"requirements-{engine}.txt" for engine in holds]
    for file in (*found, *(root / _OF_ALL).glob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _packages(service: str, root: Path) -> set[str]:
    """The folders of the service and of our packages that it needs."""
    project = tomllib.loads((root / service / "pyproject.toml").read_text(encoding="utf-8"))
    ours = project.get("tool", {}).get("uv", {}).get("sources", {})
    folders = {"shared-lib" if name == "ai-voice-shared" else name.removeprefix("ai-voice-") for name in ours}
    return {service}.union(*(_packages(folder, root) for folder in folders))
