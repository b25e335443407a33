"""Which engines exist: each is a module in the package of its kind. It is imported only if its name is chosen."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Any

from ai_voice_shared.errors import Misconfigured


def names(package: str) -> tuple[str, ...]:
    """The engines of a package, in the order of the alphabet. This imports no engine."""
    return in_folders(importlib.import_module(package).__path__)


def in_folders(folders: Iterable[str]) -> tuple[str, ...]:
    """The engines whose modules are in these folders. A module named `_…` is no engine: engines share it."""
    found = (module.name for module in pkgutil.iter_modules(folders))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def refusal(name: str, there_are: Iterable[str]) -> str:
    """The sentence about an engine that does not exist; empty if it exists."""
    known = tuple(there_are)
    return "" if name in known else f"there is no engine '{name}', choose one of {', '.join(known)}"


def of(package: str) -> Callable[[str], str]:
    """A check for settings: gives the name back, or raises ValueError that lists the engines of the package."""

    def checked(name: str) -> str:
        if problem := refusal(name, names(package)):
            raise ValueError(problem)
        return name

    return checked


def build(package: str, name: str) -> Callable[..., Any]:
    """The `build` of an engine's module; raises Misconfigured for an engine that does not exist."""
    if problem := refusal(name, names(package)):
        raise Misconfigured(f"{package}: {problem}.")
    build_engine: Callable[..., Any] = importlib.import_module(f"{package}.{name}").build
    return build_engine
