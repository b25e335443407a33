"""Which parameters there are, what each is and what it is in each environment: writes infrastructure/PARAMETERS.md."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ai_voice_operations import templates
from ai_voice_operations.parameters import ENVIRONMENTS, Parameters

DOCUMENT = templates.INFRASTRUCTURE / "PARAMETERS.md"

_HEAD = """\
# Parameters

Written by `make parameters-sync` from the templates and from `parameters/`; a test fails when it is stale.

A value in **bold** is set in the environment's file, `parameters/{local,dev,prod}.json`: under `every-stack` for all
stacks that declare the parameter, or under one stack. All other values are the template's defaults; `""` is an empty
text. *to be set* means that there is no default: nothing is deployed before the environment's file sets a value.
[README.md](README.md#parameters) says which parameters of different stacks depend on each other.

To change one: edit the environment's file, `make parameters-sync`, `make deploy-infra ENV=… PLAN=1`, then without PLAN.
Each deployment sets `ImageTag`, from what goes into the image; `make images` uses the file's value as the tag.
"""


def table(where: Path = templates.PARAMETERS) -> str:
    """The whole document; raises Refused when a parameters file does not fit the templates."""
    files = {name: Parameters.read(name, where) for name in ENVIRONMENTS}
    return "\n".join((_HEAD, *(line for folder in templates.STACKS for line in _stack(folder, files))))


def _stack(folder: str, files: Mapping[str, Parameters]) -> Iterator[str]:
    template = templates.read(folder)
    yield f"## {folder}\n"
    yield f"{template['Description']}\n"
    yield f"| Parameter | What it is | Default | {' | '.join(files)} |"
    yield f"|---|---|---|{'---|' * len(files)}"
    for name, declared in template["Parameters"].items():
        default = _shown(str(declared["Default"])) if "Default" in declared else "none"
        cells = [f"`{name}`", _told(name, declared), default]
        cells += [_in_force(folder, name, given) for given in files.values()]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _told(name: str, declared: Mapping[str, Any]) -> str:
    """The template's description, and what else it lets nobody enter; of engines, where they are, as new ones come."""
    told = str(declared["Description"]).replace("|", "\\|").replace("*", "\\*")
    if name in templates.ENGINES:
        told += f" One of the modules of [{Path(templates.ENGINES[name]).name}](../{templates.ENGINES[name]})."
    elif "AllowedValues" in declared:
        told += f" One of {', '.join(f'`{value}`' for value in declared['AllowedValues'])}."
    if bounds := [f"{word} {declared[key]}" for key, word in _BOUNDS.items() if key in declared]:
        told += f" {' and '.join(bounds).capitalize()}."
    return told


_BOUNDS = {"MinValue": "at least", "MaxValue": "at most"}


def _in_force(folder: str, name: str, given: Parameters) -> str:
    shown = _shown(given.effective(folder, name))
    if name in templates.parameters(folder, given.environment, given.where):
        return f"**{shown}**"
    return shown if "Default" in templates.read(folder)["Parameters"][name] else "*to be set*"


def _shown(value: str) -> str:
    return f"`{value}`" if value else '`""`'
