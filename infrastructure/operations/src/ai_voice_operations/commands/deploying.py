"""The commands that deploy an environment, show where it is, and take it down."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ai_voice_operations import templates, wiring
from ai_voice_operations.account import Account, open_account
from ai_voice_operations.commands.options import PARAMETERS, Environment, ParametersFolder, Yes
from ai_voice_operations.deploying import outputs as stack_outputs
from ai_voice_operations.deploying import secret_values
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal


def _stack(value: str) -> str:
    if value not in templates.STACKS:
        raise Refused(f"There is no stack {value}: the stacks are {', '.join(templates.STACKS)}.")
    return value


_Base = Annotated[
    str, typer.Option("--base", metavar="IMAGE", show_default=False, help="Build on this image instead of AWS's own.")
]

_Engines = Annotated[
    str,
    typer.Option(
        "--engines",
        metavar="ENGINES",
        show_default=False,
        help="Engines whose packages the images hold, blank-separated (default: those that the parameters choose).",
    ),
]


def secrets_create(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Replace values that are set already.")] = False,
    yes: Yes = False,
) -> None:
    """Make the secrets, and put their values.

    Asks for the values without showing them. Where standard input is no terminal, they are read from it as JSON:
    {"twilio": {"account_sid": "…", "auth_token": "…"}, "openai": {"api_key": "…"}}.

    Values are never taken from arguments, which others can read.
    """
    account, terminal = _opened(environment, parameters), Terminal(agreed=yes)
    given = None if sys.stdin.isatty() else secret_values.read_json(sys.stdin.read())
    secrets = wiring.secret_values(account, terminal, replace=replace)
    wiring.preflight(account, terminal).check(["secrets"], [], only_show=False)
    wiring.deployer(account, terminal).deploy("secrets", account.parameters.of("secrets"))
    if given is None:
        secrets.ask()
    else:
        secrets.put(given)
    _tell_unset(secrets, terminal)


def deploy(  # noqa: PLR0913 - its arguments are what may be typed
    environment: Environment,
    stacks: Annotated[
        list[str] | None,
        typer.Argument(parser=_stack, metavar="STACK", help=f"Default: all of {', '.join(templates.STACKS)}."),
    ] = None,
    parameters: ParametersFolder = PARAMETERS,
    *,
    plan: Annotated[bool, typer.Option("--plan", help="Only show what would change.")] = False,
    image_tag: Annotated[
        str, typer.Option(metavar="TAG", help="Of images that are pushed already (default: of this code).")
    ] = "",
    base: _Base = "",
    engines: _Engines = "",
    yes: Yes = False,
) -> None:
    """Bring stacks and images up to date.

    Shows for each stack what would be added, changed, replaced or removed, asks, does it, and tells how it goes.
    What is unchanged is skipped, so you may run it again at any time.

    Where data would be out of reach, it always asks for the environment's name.
    """
    account, terminal = _opened(environment, parameters), Terminal(agreed=yes)
    deployment = wiring.deployment(account, terminal, only_show=plan, image_tag=image_tag, base=base, engines=engines)
    deployment.deploy(stacks or templates.STACKS)
    if not plan and not stacks:
        _tell_unset(wiring.secret_values(account, terminal, replace=False), terminal)


def push(
    environment: Environment, parameters: ParametersFolder = PARAMETERS, *, base: _Base = "", engines: _Engines = ""
) -> None:
    """Build and push the images that are not in their repositories yet.

    An image's tag follows from what goes into it: the same code is never built twice.
    """
    wiring.deployment(_opened(environment, parameters), Terminal(), base=base, engines=engines).push()


def outputs(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    json: Annotated[bool, typer.Option("--json", help="As JSON: by stack, by name.")] = False,
) -> None:
    """Show where everything is: the outputs of all stacks."""
    account, terminal = open_account(Parameters.read(environment, parameters)), Terminal()
    found = stack_outputs.read(wiring.events(account, terminal), account.environment)
    stack_outputs.show(found, account.environment, terminal, as_json=json)


def destroy(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    data: Annotated[
        bool, typer.Option("--data", help="Delete buckets, tables, queues, secrets and images too, for good.")
    ] = False,
) -> None:
    """Delete the stacks; keep what holds data.

    Always asks for the environment's name. Without --data, a later deployment takes the data up again.
    """
    wiring.destruction(_opened(environment, parameters), Terminal(), data=data).destroy()


def _opened(environment: str, parameters: Path) -> Account:
    """The account, of an environment that these commands may change."""
    if environment == "local":
        raise Refused("ENV=local is deployed by `make up`: pass ENV=dev or ENV=prod.")
    return open_account(Parameters.read(environment, parameters))


def _tell_unset(secrets: secret_values.SecretValues, terminal: Terminal) -> None:
    for name in secrets.missing():
        terminal.say(f"{name}: HAS NO VALUE YET: run `make secrets-create ENV={secrets.environment}`")
