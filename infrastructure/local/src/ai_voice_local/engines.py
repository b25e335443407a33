"""Which engines the platform runs with here: those of local.json; OpenAI's with a key; those that a variable names."""

from collections.abc import Mapping

from ai_voice_local.deployment import DeploymentError
from ai_voice_operations import templates

type Choice = dict[str, dict[str, str]]
"""Parameters of stacks, by folder."""


def everywhere(engines: Mapping[str, str]) -> Choice:
    """The engines, by parameter, for each stack that declares the parameter."""
    declared = {folder: templates.read(folder)["Parameters"] for folder in templates.STACKS}
    chosen = {folder: {name: engines[name] for name in engines if name in declared[folder]} for folder in declared}
    return {folder: parameters for folder, parameters in chosen.items() if parameters}


def named(variables: Mapping[str, str]) -> Choice:
    """The engines that `TRANSCRIBER` and its like name; raises DeploymentError for one that is not there."""
    found = {name: engine for name in templates.ENGINES if (engine := variables.get(name.upper(), "").strip())}
    for name, engine in found.items():
        if problem := templates.refusal({"Type": "String", "AllowedValues": templates.engines(name)}, engine):
            raise DeploymentError(f'{name.upper()} is "{engine}", but it has to be {problem}.')
    return everywhere(found)


def told(parameters: Mapping[str, str]) -> str:
    """The engines of a stack's parameters, for people."""
    return ", ".join(f"{name} {parameters[name]}" for name in templates.ENGINES if name in parameters)
