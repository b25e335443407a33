"""What a part of a template imports from other stacks."""

from typing import Any


def imports(node: Any) -> set[str]:
    """The names that it imports, as they stand in the template."""
    match node:
        case {"Fn::ImportValue": {"Fn::Sub": str() as name}}:
            return {name}
        case dict():
            return set[str]().union(*map(imports, node.values()))
        case list():
            return set[str]().union(*map(imports, node))
        case _:
            return set()
