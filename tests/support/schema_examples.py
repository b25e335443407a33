"""An answer in a schema, like that of a model that knows only the schema, or that has read a little of the text."""

from collections.abc import Mapping
from typing import Any

_PLAINEST = {"string": "en", "null": None, "integer": 1, "number": 1.0, "boolean": True}


def example(schema: dict[str, Any], known: Mapping[str, Any] | None = None) -> Any:
    """The plainest value that fits; of several kinds, the first.

    `known` has values for fields of these names; of several kinds, the one with a known constant is taken.
    """
    return _of(schema, schema.get("$defs", {}), known or {})


def _of(schema: dict[str, Any], named: dict[str, Any], known: Mapping[str, Any]) -> Any:
    match schema:
        case {"$ref": reference}:
            return _of(named[reference.rpartition("/")[2]], named, known)
        case {"anyOf": [*kinds]}:
            return _of(next((kind for kind in kinds if _is_known(kind, named, known)), kinds[0]), named, known)
        case {"type": "object", "properties": properties}:
            return {name: _field(name, one, named, known) for name, one in properties.items()}
        case {"type": "array", "items": items}:
            return [_of(items, named, known)]
        case {"const": value} | {"enum": [value, *_]}:
            return value
        case _:
            return _PLAINEST[schema["type"]]


def _field(name: str, schema: dict[str, Any], named: dict[str, Any], known: Mapping[str, Any]) -> Any:
    has_own = "const" in schema or "enum" in schema
    return known[name] if name in known and not has_own else _of(schema, named, known)


def _is_known(kind: dict[str, Any], named: dict[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether one of its constants is the known value of that field."""
    kind = named[kind["$ref"].rpartition("/")[2]] if "$ref" in kind else kind
    constants = {name: one["const"] for name, one in kind.get("properties", {}).items() if "const" in one}
    return any(known.get(name) == value for name, value in constants.items())
