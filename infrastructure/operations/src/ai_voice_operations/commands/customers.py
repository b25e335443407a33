"""The commands that check and put a customers file."""

from pathlib import Path
from typing import Annotated

import typer

from ai_voice_operations import wiring
from ai_voice_operations.account import config, open_account
from ai_voice_operations.commands.options import PARAMETERS, Environment, ParametersFolder, Yes
from ai_voice_operations.customers import putting
from ai_voice_operations.deploying import outputs
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws.object_store import ObjectStore


def _file(value: str) -> Path:
    if not value:
        raise Refused("Which file? Pass FILE=customers.json.")
    return Path(value)


def customers_check(
    file: Annotated[Path, typer.Argument(parser=_file, metavar="FILE", help="The customers file (JSON).")],
) -> None:
    """Check a customers file before it is put. Nothing is sent anywhere.

    Exit status: 0 when the file is good, 1 when it is not.
    """
    try:
        _, validated = putting.load(file)
    except Refused as refused:
        raise Failed(str(refused)) from refused
    terminal, found = Terminal(), validated.file
    for remark in validated.remarks:
        terminal.say(f"{file}: {remark}")
    terminal.say(f"{len(found.companies)} companies, {len(found.customers)} customers: good")


def customers_put(
    environment: Environment,
    file: Annotated[Path, typer.Option("--file", parser=_file, metavar="FILE", help="The customers file (JSON).")],
    parameters: ParametersFolder = PARAMETERS,
    *,
    yes: Yes = False,
) -> None:
    """Check a customers file, show what it changes, put it.

    It is compared with the file in force, and not put when somebody else puts one at the same time.
    """
    given = Parameters.read(environment, parameters)
    putting.load(file)  # what is wrong with it is found before AWS hears of it
    account, terminal = open_account(given), Terminal(agreed=yes)
    found = outputs.read(wiring.events(account, terminal), environment)
    if not {"shared", "customer-lookup-server"} <= set(found):
        raise Refused(f"{environment} has no bucket or no customer lookup yet: run make deploy-infra first.")
    store = ObjectStore(account.session.client("s3", config=config()), found["shared"]["BucketName"])
    putting.CustomersPut(store, found["customer-lookup-server"]["CustomersKey"], terminal).put(file)
