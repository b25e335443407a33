"""The commands that have a person's or a company's data exported or erased."""

from pathlib import Path
from typing import Annotated

import typer
from botocore.config import Config

from ai_voice_operations import wiring
from ai_voice_operations.account import config, open_account
from ai_voice_operations.commands.options import PARAMETERS, Company, Environment, ParametersFolder
from ai_voice_operations.data_desk import DataDesk
from ai_voice_operations.deploying import outputs
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes


def _sender(value: str) -> str:
    if not value.strip():
        raise Refused("Which sender? Pass SENDER= a customer id, or a number as +15550100001.")
    return value.strip()


_Sender = Annotated[
    str,
    typer.Option("--sender", parser=_sender, metavar="SENDER", help="A customer id, or a number as +15550100001."),
]


def person_export(
    environment: Environment, company: Company, sender: _Sender, parameters: ParametersFolder = PARAMETERS
) -> None:
    """Export everything of a sender as ZIP files.

    Makes a request and follows it. Once begun, it goes on whether or not somebody watches.
    """
    _desk(environment, parameters).export_person(company, sender)


def person_erase(
    environment: Environment, company: Company, sender: _Sender, parameters: ParametersFolder = PARAMETERS
) -> None:
    """Erase everything of a sender for good.

    Always asks for the sender's customer id. Once begun, it goes on whether or not somebody watches.
    """
    _desk(environment, parameters).erase_person(company, sender)


def company_erase(environment: Environment, company: Company, parameters: ParametersFolder = PARAMETERS) -> None:
    """Erase a whole company for good, once the customers file does not name it any more.

    Shows what there is, always asks for the company's id, ends its API keys, and erases all that is kept of it. Once
    begun, it goes on whether or not somebody watches.
    """
    _desk(environment, parameters).erase_company(company)


def _desk(environment: str, parameters: Path) -> DataDesk:
    account, terminal = open_account(Parameters.read(environment, parameters)), Terminal()
    found = outputs.read(wiring.events(account, terminal), environment)
    if not {"shared", "customer-lookup-server", "voice-parser"} <= set(found):
        raise Refused(f"{environment} is not deployed: run make deploy-infra first.")
    ledger = Ledger(account.session.client("dynamodb", config=config()), found["shared"]["LedgerName"])
    functions = account.session.client("lambda", config=config())
    s3 = account.session.client("s3", config=config().merge(Config(signature_version="s3v4")))  # as its URLs need
    return DataDesk(
        requests=DataRequests(ledger),
        notes=Notes(ledger),
        keys=ApiKeys(ledger),
        customers=CustomerLookup(functions, found["customer-lookup-server"]["FunctionName"]),
        erasing=Erasing(functions, found["voice-parser"]["EraserFunctionName"]),
        store=ObjectStore(s3, found["shared"]["BucketName"]),
        terminal=terminal,
    )
