"""A template in a form that moto's CloudFormation takes: types that it does not know are replaced."""

import copy
import re
from collections.abc import Collection
from typing import Any

from moto.cloudformation import parsing

from ai_voice_operations.templates import Template

STAND_IN = "arn:aws:stand-in:eu-west-1:123456789012:not-made"
"""What a resource that is left out answers to Ref and GetAtt; a role's policy takes nothing that is no ARN."""


def knows(kind: str) -> bool:
    """Whether moto's CloudFormation makes resources of this type."""
    return parsing.resource_class_from_type(kind) is not None


def without(template: Template, kinds: Collection[str]) -> Template:
    """A copy of the template without the resources of these types."""
    given = copy.deepcopy(template)
    left_out = {name for name, resource in given["Resources"].items() if resource["Type"] in kinds}
    given["Resources"] = {name: one for name, one in given["Resources"].items() if name not in left_out}
    changed: Template = _stood_in(given, left_out)
    return changed


def _stood_in(node: Any, left_out: Collection[str]) -> Any:
    match node:
        case {"Ref": str() as name} | {"Fn::GetAtt": [str() as name, *_]} if name in left_out:
            return STAND_IN
        case {"Fn::Sub": str() as text}:
            return {"Fn::Sub": _text(text, left_out)}
        case {"Fn::Sub": [str() as text, values]}:
            return {"Fn::Sub": [_text(text, left_out), _stood_in(values, left_out)]}
        case dict():
            return {key: _stood_in(value, left_out) for key, value in node.items()}
        case list():
            return [_stood_in(value, left_out) for value in node]
        case _:
            return node


def _text(text: str, left_out: Collection[str]) -> str:
    return re.sub(r"\$\{(\w+)(?:\.\w+)?\}", lambda found: STAND_IN if found[1] in left_out else found[0], text)
