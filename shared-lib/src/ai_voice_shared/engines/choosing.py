"""Which engines there are: each is a module in the package of its kind, imported only when its name is chosen."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Any

from ai_voice_shared.errors import Misconfigured


def names(package: str) -> tuple[str, ...]:
    """The engines of a package, in the order of the alphabet; none of them is imported."""
    return in_folders(importlib.import_module(package).__path__)


def in_folders(folders: Iterable[str]) -> tuple[str, ...]:
    """The engines whose modules are in these folders; what begins with "_" is shared by several, and is none."""
    found = (module.name for module in pkgutil.iter_modules(folders))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def refusal(name: str, there_are: Iterable[str]) -> str:
    """The one sentence about an engine that is not there; empty where it is."""
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
    """The `build` of an engine's module; raises Misconfigured for an engine that is not there."""
    if problem := refusal(name, names(package)):
        raise Misconfigured(f"{package}: {problem}.")
    build_engine: Callable[..., Any] = importlib.import_module(f"{package}.{name}").build
    return build_engine
