"""The options that several commands take, and one sentence for what is missing or wrong in each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ai_voice_operations import templates
from ai_voice_operations.parameters import ENVIRONMENTS
from ai_voice_operations.problems import Failed, Refused
from ai_voice_shared.artifacts import COMPANY_ID
from ai_voice_shared.errors import RetryLater


def _environment(value: str) -> str:
    if not value:
        raise Refused("Which environment? Pass ENV=dev or ENV=prod.")
    return _environment_or_none(value)


def _environment_or_none(value: str) -> str:
    if value and value not in ENVIRONMENTS:
        raise Refused(f"There is no environment {value}: pass {', '.join(ENVIRONMENTS[:-1])} or {ENVIRONMENTS[-1]}.")
    return value


def _company(value: str) -> str:
    if not value:
        raise Refused("Which company? Pass COMPANY=acme-heating.")
    return _company_or_none(value)


def _company_or_none(value: str) -> str:
    if value and not re.fullmatch(COMPANY_ID, value):
        raise Refused("COMPANY is a company's id: 1 to 63 of a-z, 0-9 and inner hyphens.")
    return value


def named(environment: str, what: str) -> str:
    """What a resource of an environment is called (infrastructure/shared/template.yaml)."""
    return f"ai-voice-tool-{environment}-{what}"


Environment = Annotated[
    str, typer.Option("--environment", parser=_environment, metavar="ENV", help="Which one: local, dev or prod.")
]
EnvironmentOrNone = Annotated[
    str,
    typer.Option(
        "--environment", parser=_environment_or_none, metavar="ENV", help="Find it by its name: local, dev or prod."
    ),
]
ParametersFolder = Annotated[
    Path,
    typer.Option(
        "--parameters",
        metavar="FOLDER",
        show_default=False,
        help="Where ENV.json is (default: infrastructure/parameters). Its `account` pins the AWS account.",
    ),
]
PARAMETERS = templates.PARAMETERS
Company = Annotated[
    str,
    typer.Option("--company", parser=_company, metavar="COMPANY", help="The company's id, for example acme-heating."),
]
CompanyOrAll = Annotated[
    str, typer.Option("--company", parser=_company_or_none, metavar="COMPANY", help="Only of this company.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, except where data would be lost.")]


class OptionsAnywhere(TyperGroup):
    """A group of commands whose own options may stand before the command and behind it. Each takes a value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the group's options first."""
        own = {name for param in self.params for name in param.opts}
        first, rest = list[str](), list[str]()
        words = iter(args)
        for word in words:
            if word in own:
                first += [word, *([value] if (value := next(words, None)) is not None else [])]
            else:
                (first if word.partition("=")[0] in own else rest).append(word)
        return super().parse_args(ctx, first + rest)


@contextmanager
def asking(what: str) -> Iterator[None]:
    """What keeps AWS from its answer becomes a sentence that says where to look."""
    try:
        yield
    except RetryLater as error:
        raise Failed(f"{error}: are {what}, region and credentials right?") from error
