"""An answer in a schema, like that of a model that knows only the schema."""

from typing import Any

_PLAINEST = {"string": "en", "null": None, "integer": 1, "number": 1.0, "boolean": True}


def example(schema: dict[str, Any]) -> Any:
    """The plainest value that fits; of several kinds, the first."""
    return _of(schema, schema.get("$defs", {}))


def _of(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    match schema:
        case {"$ref": reference}:
            return _of(named[reference.rpartition("/")[2]], named)
        case {"anyOf": [first, *_]}:
            return _of(first, named)
        case {"type": "object", "properties": properties}:
            return {name: _of(one, named) for name, one in properties.items()}
        case {"type": "array", "items": items}:
            return [_of(items, named)]
        case {"const": value} | {"enum": [value, *_]}:
            return value
        case _:
            return _PLAINEST[schema["type"]]
