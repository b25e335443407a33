"""What an environment's parameters file sets, checked against the templates before AWS hears of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ai_voice_operations import templates
from ai_voice_operations.problems import Refused

ENVIRONMENTS = ("local", "dev", "prod")
"""As the templates' EnvironmentName allows."""

_ACCOUNT = "account"
_EVERY_STACK = "every-stack"


@dataclass(frozen=True)
class Parameters:
    """A parameters file that fits the templates.

    Attributes:
        where: the folder of the file.
        account: the only AWS account to which the environment may be deployed; "" for any.
    """

    environment: str
    where: Path
    account: str

    @classmethod
    def read(cls, environment: str, where: Path = templates.PARAMETERS) -> "Parameters":
        """The environment's file; raises Refused, which names file and parameter, if it is missing or does not fit."""
        file = where / f"{environment}.json"
        given = _load(file)
        account = given.pop(_ACCOUNT, "")
        for section, values in given.items():
            _check(file, section, values)
            _check_values(file, section, values)
        if not isinstance(account, str):
            raise Refused(f'{file}: "{_ACCOUNT}" has to be the account\'s id as a text.')
        if given.get(_EVERY_STACK, {}).get("EnvironmentName") != environment:
            raise Refused(f'{file}: "{_EVERY_STACK}" has to set EnvironmentName to "{environment}".')
        return cls(environment, where, account)

    def of(self, folder: str, overrides: Mapping[str, str] | None = None) -> dict[str, str]:
        """All that is set for one stack; raises Refused if a parameter without a default is not set."""
        given = templates.parameters(folder, self.environment, self.where) | dict(overrides or {})
        declared = templates.read(folder)["Parameters"]
        missing = [name for name, parameter in declared.items() if name not in given and "Default" not in parameter]
        if missing:
            raise Refused(f"{self.where / self.environment}.json does not set {missing[0]}, which {folder} needs.")
        return given

    def effective(self, folder: str, name: str) -> str:
        """The value of a stack's parameter, or its default; "" if the stack has no such parameter."""
        default = templates.read(folder)["Parameters"].get(name, {}).get("Default", "")
        return templates.parameters(folder, self.environment, self.where).get(name, str(default))


def _load(file: Path) -> dict[str, Any]:
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"There is no parameters file {file}: copy another environment's and adapt it.") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{file} cannot be read as JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Refused(f"{file} has to be a JSON object with a section per stack.")
    return given


def _check(file: Path, section: str, values: Any) -> None:
    if section not in {_EVERY_STACK, *templates.STACKS}:
        raise Refused(f'{file}: "{section}" is no stack: use one of {", ".join((_EVERY_STACK, *templates.STACKS))}.')
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise Refused(f'{file}: the values of "{section}" have to be texts, numbers in quotes too.')
    declared = set[str]().union(*(templates.read(stack)["Parameters"] for stack in _stacks(section)))
    if unknown := sorted(set(values) - declared):
        raise Refused(f'{file}: "{section}" sets {unknown[0]}, which no template of it declares: correct or remove it.')


def _check_values(file: Path, section: str, values: Mapping[str, str]) -> None:
    """Checks each value by the templates' own rules, which CloudFormation would apply one stack after the other."""
    for stack in _stacks(section):
        declared = templates.read(stack)["Parameters"]
        for name in sorted(values.keys() & declared.keys()):
            if problem := templates.refusal(declared[name], values[name]):
                told = f'"{section}" sets {name} to "{values[name]}"'
                raise Refused(f"{file}: {told}, but for {stack} it has to be {problem}.")


def _stacks(section: str) -> tuple[str, ...]:
    """The stacks to which a section of the file applies."""
    return templates.STACKS if section == _EVERY_STACK else (section,)
