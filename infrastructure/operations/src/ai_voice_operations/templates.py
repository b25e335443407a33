"""Which stacks exist, in which order, and how a template (its short forms written out) and its parameters are read.

A parameter that chooses an engine allows the engines that exist: no template lists them.
"""

import copy
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ai_voice_shared.engines import choosing

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

ENGINES = {
    "Transcriber": "voice-parser/src/voice_parser/speech/transcribers",
    "Analyzer": "voice-parser/src/voice_parser/understanding/analyzers",
    "Answerer": "shared-lib/src/ai_voice_shared/engines/answerers",
    "Embedder": "shared-lib/src/ai_voice_shared/engines/embedders",
    "Sentiment": "shared-lib/src/ai_voice_shared/engines/moods",
}
"""The parameters that choose an engine, and the folder whose modules are the engines: the code that the images hold."""

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
    """The template, parsed once, because that takes longer than all the rest of a command here."""
    text = (INFRASTRUCTURE / folder / "template.yaml").read_text(encoding="utf-8")
    template: Template = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    for name in ENGINES.keys() & template["Parameters"].keys():
        template["Parameters"][name]["AllowedValues"] = list(engines(name))
    return template


def engines(parameter: str) -> tuple[str, ...]:
    """The engines that a parameter may name."""
    return choosing.in_folders([str(INFRASTRUCTURE.parent / ENGINES[parameter])])


def refusal(declared: Mapping[str, Any], value: str) -> str:
    """Why the template's own rules refuse a parameter's value; empty if they allow it."""
    allowed = [str(one) for one in declared.get("AllowedValues", [])]
    if allowed and value not in allowed:
        return f"one of {', '.join(allowed)}"
    if (pattern := declared.get("AllowedPattern")) and not re.fullmatch(pattern, value):
        return f"a text that matches {pattern}"
    if declared["Type"] != "Number":
        return ""
    number = as_number(value)
    if number is None:
        return "a number"
    least, most = declared.get("MinValue"), declared.get("MaxValue")
    if least is not None and number < float(least):
        return f"at least {least}"
    return f"at most {most}" if most is not None and number > float(most) else ""


def as_number(value: str | None) -> float | None:
    """A parameter's value as a number; None if it is no number."""
    try:
        return float(value or "")
    except ValueError:
        return None


def stack_name(folder: str, environment: str) -> str:
    """The name of a folder's stack in an environment."""
    return f"ai-voice-tool-{environment}-{folder}"


def parameters(folder: str, environment: str, where: Path = PARAMETERS) -> dict[str, str]:
    """What {environment}.json sets for one stack, with those parameters for every stack that this stack declares."""
    given: dict[str, dict[str, str]] = json.loads((where / f"{environment}.json").read_text(encoding="utf-8"))
    declared = read(folder)["Parameters"]
    common = {name: value for name, value in given[_EVERY_STACK].items() if name in declared}
    return common | given.get(folder, {})
