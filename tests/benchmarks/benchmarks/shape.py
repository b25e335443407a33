"""How easy the code is to find one's way in: files in a folder, sizes of modules and functions, circles of imports."""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).resolve().parents[3]
_SOURCES = ("*/src", "infrastructure/*/src", "infrastructure/local/*/src", "infrastructure/images")
_SHOWN = 5

LARGEST_FOLDER = 15
_LONGEST_MODULE = 250
_USUAL_MODULE = 60
_USUAL_FUNCTION = 6
"""What is aimed for: files, and lines."""


@dataclass(frozen=True)
class Module:
    """One file of code.

    Attributes:
        name: as it is imported.
        imports: names in import statements, wherever they stand in the file.
        functions: lines of each, from `def` to its end, without the docstring.
    """

    name: str
    path: Path
    lines: int
    functions: tuple[int, ...]
    imports: frozenset[str]


def modules(root: Path) -> list[Module]:
    """The product's modules; those that hold nothing left out."""
    sources = sorted(source for pattern in _SOURCES for source in root.glob(pattern))
    return [
        _module(source, path) for source in sources for path in sorted(source.rglob("*.py")) if path.stat().st_size > 1
    ]


def circles(every: Iterable[Module]) -> list[list[str]]:
    """Modules that import each other, also by way of others; each circle once, sorted."""
    by_name = {module.name: module for module in every}
    reached = {name: _reached(name, by_name) for name in by_name}
    found = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in by_name
        if name in reached[name]
    }
    return [list(circle) for circle in sorted(found)]


def report(every: list[Module], root: Path) -> Iterator[str]:
    """The lines for people."""
    folders = Counter(module.path.parent.relative_to(root).as_posix() for module in every)
    sizes = sorted(((module.lines, module.name) for module in every), reverse=True)
    functions = [lines for module in every for lines in module.functions]
    long = sum(lines > _LONGEST_MODULE for lines, _ in sizes)
    large = sum(count > LARGEST_FOLDER for count in folders.values())
    turning = circles(every)
    yield f"modules     {len(every)}, median {median(lines for lines, _ in sizes):.0f} lines (aim {_USUAL_MODULE}); "
    yield f"            {long} over {_LONGEST_MODULE} lines (aim 0); the longest:"
    yield from (f"            {lines:>5}  {name}" for lines, name in sizes[:_SHOWN])
    yield f"functions   {len(functions)}, median {median(functions):.0f} lines (aim {_USUAL_FUNCTION})"
    yield f"folders     {len(folders)}, {large} with more than {LARGEST_FOLDER} files (aim 0); the largest:"
    yield from (f"            {count:>5}  {name}" for name, count in folders.most_common(_SHOWN))
    yield f"circles     {len(turning)} (aim 0)"
    yield from (f"            {', '.join(circle)}" for circle in turning)


def _module(source: Path, path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    place = path.relative_to(source).with_suffix("")
    name = ".".join(place.parts).removesuffix(".__init__")
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return Module(name, path, text.count("\n"), tuple(map(_lines, functions)), frozenset(_imported(tree)))


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to the end, without the docstring."""
    first = function.body[0]
    told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) is not None else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from package import module` names a module, `from module import thing` a thing in one
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached(start: str, by_name: dict[str, Module]) -> set[str]:
    """The modules that this one imports, and those that these import, and so on."""
    found: set[str] = set()
    left = [start]
    while left:
        imported = by_name[left.pop()].imports & by_name.keys() - found
        found |= imported
        left += imported
    return found


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report(modules(_ROOT), _ROOT))
