"""A resource's properties with the parameters filled in. Operations decides which stacks exist."""

from collections.abc import Mapping
from typing import Any

from ai_voice_operations.templates import ENGINES, INFRASTRUCTURE, STACKS, parameters, read, stack_name

__all__ = ["ENGINES", "INFRASTRUCTURE", "STACKS", "parameters", "properties", "read", "stack_name"]


def properties(template: dict[str, Any], resource: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """A resource's properties with parameters (given ones, or defaults) filled in; other references stay as is."""
    declared = template.get("Parameters", {})
    given = {name: parameters.get(name, parameter.get("Default", "")) for name, parameter in declared.items()}
    lists = {name for name, parameter in declared.items() if parameter["Type"] == "CommaDelimitedList"}

    def filled(node: Any) -> Any:
        match node:
            case {"Ref": name, **rest} if not rest and name in given:
                return given[name].split(",") if name in lists else given[name]
            case dict():
                return {key: filled(value) for key, value in node.items()}
            case list():
                return [filled(value) for value in node]
            case _:
                return node

    return {key: filled(value) for key, value in template["Resources"][resource].get("Properties", {}).items()}
