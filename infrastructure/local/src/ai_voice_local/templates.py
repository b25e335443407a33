"""Which stacks there are, and how a template (its short forms written out) and its parameters are read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

INFRASTRUCTURE = Path(__file__).resolve().parents[3]
"""The folder of the templates and parameters."""

STACKS = (
    "ecr",
    "secrets",
    "shared",
    "customer-lookup-server",
    "voice-parser",
    "webhook-handler",
    "realtime",
    "data-api-server",
)
"""The folders of the stacks, each behind those whose exports it imports."""

_EVERY_STACK = "every-stack"


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


def stack_name(folder: str, environment: str) -> str:
    """The name of a folder's stack in an environment."""
    return f"ai-voice-tool-{environment}-{folder}"


def parameters(folder: str, environment: str) -> dict[str, str]:
    """What parameters/{environment}.json sets for one stack; of its part for every stack, what this one declares."""
    text = (INFRASTRUCTURE / "parameters" / f"{environment}.json").read_text(encoding="utf-8")
    given: dict[str, dict[str, str]] = json.loads(text)
    declared = read(folder)["Parameters"]
    common = {name: value for name, value in given[_EVERY_STACK].items() if name in declared}
    return common | given.get(folder, {})


def properties(template: dict[str, Any], resource: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """A resource's properties with parameters (given, else by default) filled in; other references stay as they are."""
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
