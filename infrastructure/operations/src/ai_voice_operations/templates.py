"""Which stacks there are, in which order, and how a template (short forms written out) and its parameters are read."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

INFRASTRUCTURE = Path(__file__).resolve().parents[3]
"""The folder of the templates and parameters."""

PARAMETERS = INFRASTRUCTURE / "parameters"
"""The folder of the parameters files, one an environment."""

STACKS = (
    "ecr",
    "secrets",
    "shared",
    "customer-lookup-server",
    "voice-parser",
    "webhook-handler",
    "realtime",
    "data-api-server",
    "observability",
)
"""The folders of the stacks, each behind those whose exports it imports."""

_EVERY_STACK = "every-stack"

type Template = dict[str, Any]


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


def read(folder: str) -> Template:
    """The template of one stack, by its folder below infrastructure/."""
    return copy.deepcopy(_read(folder))


@cache
def _read(folder: str) -> Template:
    """Parsed once: that takes longer than all the rest of what a command does here."""
    text = (INFRASTRUCTURE / folder / "template.yaml").read_text(encoding="utf-8")
    template: Template = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    return template


def stack_name(folder: str, environment: str) -> str:
    """The name of a folder's stack in an environment."""
    return f"ai-voice-tool-{environment}-{folder}"


def parameters(folder: str, environment: str, where: Path = PARAMETERS) -> dict[str, str]:
    """What {environment}.json sets for one stack; of its part for every stack, what this one declares."""
    given: dict[str, dict[str, str]] = json.loads((where / f"{environment}.json").read_text(encoding="utf-8"))
    declared = read(folder)["Parameters"]
    common = {name: value for name, value in given[_EVERY_STACK].items() if name in declared}
    return common | given.get(folder, {})
