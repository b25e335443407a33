"""How a CloudFormation template is read: YAML with its short forms (`!Ref`, `!Sub`, …) written out."""

from pathlib import Path
from typing import Any

import yaml

INFRASTRUCTURE = Path(__file__).resolve().parents[3]
"""The folder of the templates and parameters."""


class _Loader(yaml.SafeLoader):
    pass


def _short_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    value: Any
    match node:
        case yaml.ScalarNode():
            value = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case _:
            value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if name == "Fn::GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name: value}


_Loader.add_multi_constructor("!", _short_form)


def read(folder: str) -> dict[str, Any]:
    """The template of one stack, by its folder below infrastructure/."""
    text = (INFRASTRUCTURE / folder / "template.yaml").read_text(encoding="utf-8")
    template: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    return template
