"""Finds what is in an image but never imported. The image's Python runs it, with its folder and handler modules.

It imports all that these modules name, and in turn ours among what they name: also inside functions, and the engines
that a setting chooses, less those whose packages the image is not to hold. A package that is missing fails; those that
are never imported are printed, as a JSON list.
"""

import ast
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path


def main(folder: str, clients: str, without: str, *starts: str) -> None:
    """Prints the names of the packages that were not imported.

    Makes the AWS clients, too; imports no engine of those without packages. Both lists are separated by commas.
    """
    sys.path.insert(0, folder)
    ours = {"ai_voice_shared", *(start.partition(".")[0] for start in starts)}
    wanted = [*starts, *(engine for package in ours for engine in engines(Path(folder, package), without.split(",")))]
    for name in wanted:  # grows
        module = importlib.import_module(name)
        if name.partition(".")[0] in ours:
            tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
            wanted += [found for found in imported(tree, ours) if found not in wanted]
    for http in {"httpx", "httpx2"} & sys.modules.keys():
        sys.modules[http].Client()  # imports what it is made of
    for client in clients.split(","):
        importlib.import_module("boto3").client(client, "eu-west-1", endpoint_url="http://127.0.0.1:9")
    sys.stdout.write(json.dumps(sorted(unused(folder))))


def engines(package: Path, without: list[str]) -> Iterator[str]:
    """The modules of the folders of engines, which stand in a package's rooms; less these.

    Each engine has a function `build`; a folder in which no module has one is no folder of engines.
    """
    for room in _packages(package):
        for folder in _packages(room):
            modules = {found.name: folder / f"{found.name}.py" for found in pkgutil.iter_modules([str(folder)])}
            if any(file.is_file() and "\ndef build(" in file.read_text(encoding="utf-8") for file in modules.values()):
                for engine in modules.keys() - set(without):
                    yield f"{package.name}.{room.name}.{folder.name}.{engine}"


def _packages(folder: Path) -> list[Path]:
    return [folder / found.name for found in pkgutil.iter_modules([str(folder)]) if found.ispkg]


def imported(tree: ast.AST, ours: set[str]) -> Iterator[str]:
    """The modules that a syntax tree names for anybody but type checkers."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                continue
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                yield module
                if module.partition(".")[0] in ours and hasattr(importlib.import_module(module), "__path__"):
                    yield from (f"{module}.{alias.name}" for alias in node.names)
            case _:
                yield from imported(node, ours)


def unused(folder: str) -> Iterator[str]:
    """The packages none of whose files is a module that was imported."""
    loaded = {file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    for found in distributions(path=[folder]):
        if loaded.isdisjoint(str(Path(folder, str(file))) for file in found.files or ()):
            yield found.name


if __name__ == "__main__":
    main(*sys.argv[1:])
