"""The commands behind the targets of "Deploy it" in the Makefile: `python -m ai_voice_operations --help`."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_operations import command_line, customers_put, log_lines, wiring
from ai_voice_operations import logs as logging_groups
from ai_voice_operations.account import Account, open_account, sentence
from ai_voice_operations.console import Console
from ai_voice_operations.data_desk import DataDesk
from ai_voice_operations.deploying import outputs, secret_values
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.templates import STACKS
from ai_voice_shared.errors import RetryLater

type _Command = Callable[[argparse.Namespace, Account, Console], None]

_CHANGES_WHAT_MAKE_UP_RUNS = {"secrets-create", "deploy", "push", "destroy"}


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Runs a command; returns its exit status."""
    try:
        wanted = command_line.parse(arguments)
        _run(wanted, console or Console(agreed=getattr(wanted, "yes", False)))
    except Refused as refused:
        return _told(refused, 2)
    except (Failed, RetryLater) as failed:
        return _told(failed, 1)
    except (BotoCoreError, ClientError) as error:
        return _told(sentence(error), 1)
    except KeyboardInterrupt:
        return _told("\nStopped. What CloudFormation has begun goes on: the same command follows it.", 130)
    return 0


def _run(wanted: argparse.Namespace, console: Console) -> None:
    if wanted.environment == "local" and wanted.command in _CHANGES_WHAT_MAKE_UP_RUNS:
        raise Refused("ENV=local is deployed by `make up`: pass ENV=dev or ENV=prod.")
    parameters = Parameters.read(wanted.environment, wanted.parameters)
    _check_first(wanted)
    _COMMANDS[wanted.command](wanted, open_account(parameters), console)


def _check_first(wanted: argparse.Namespace) -> None:
    """What can be found wrong without AWS."""
    match wanted.command:
        case "customers-put":
            customers_put.load(wanted.file)
        case "logs":
            log_lines.seconds(wanted.since)
            logging_groups.groups(wanted.environment, wanted.service)


def _secrets_create(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    given = None if sys.stdin.isatty() else secret_values.read_json(sys.stdin.read())
    secrets = wiring.secret_values(account, console, replace=wanted.replace)
    wiring.preflight(account, console).check(["secrets"], [], only_show=False)
    wiring.deployer(account, console).deploy("secrets", account.parameters.of("secrets"))
    if given is None:
        secrets.ask()
    else:
        secrets.put(given)
    _tell_unset(secrets, console)


def _deploy(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    deployment = wiring.deployment(
        account, console, only_show=wanted.plan, image_tag=wanted.image_tag, base=wanted.base
    )
    deployment.deploy(wanted.stacks or STACKS)
    if not wanted.plan and not wanted.stacks:
        _tell_unset(wiring.secret_values(account, console, replace=False), console)


def _tell_unset(secrets: secret_values.SecretValues, console: Console) -> None:
    for name in secrets.missing():
        console.say(f"{name}: HAS NO VALUE YET, run `make secrets-create ENV={secrets.environment}`")


def _push(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    wiring.deployment(account, console, base=wanted.base).push()


def _outputs(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    found = outputs.read(wiring.events(account, console), account.environment)
    outputs.show(found, account.environment, console.say, as_json=wanted.json)


def _destroy(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    wiring.destruction(account, console, data=wanted.data).destroy()


def _customers_put(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    found = outputs.read(wiring.events(account, console), account.environment)
    if not {"shared", "customer-lookup-server"} <= set(found):
        raise Refused(f"{account.environment} has no bucket or no customer lookup yet: run make deploy-infra first.")
    bucket, key = found["shared"]["BucketName"], found["customer-lookup-server"]["CustomersKey"]
    wiring.customers_put(account, console, bucket, key).put(wanted.file)


def _person_export(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    _data_desk(account, console).export_person(wanted.company, wanted.sender)


def _person_erase(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    _data_desk(account, console).erase_person(wanted.company, wanted.sender)


def _company_erase(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    _data_desk(account, console).erase_company(wanted.company)


def _data_desk(account: Account, console: Console) -> DataDesk:
    found = outputs.read(wiring.events(account, console), account.environment)
    if not {"shared", "customer-lookup-server", "voice-parser"} <= set(found):
        raise Refused(f"{account.environment} is not deployed: run make deploy-infra first.")
    return wiring.data_desk(account, console, found)


def _logs(wanted: argparse.Namespace, account: Account, console: Console) -> None:
    groups = logging_groups.groups(account.environment, wanted.service)
    logs = wiring.logs(account, console, groups, wanted.message)
    if wanted.follow:
        with suppress(KeyboardInterrupt):
            logs.follow(log_lines.seconds(wanted.since))
    else:
        logs.show(log_lines.seconds(wanted.since))


def _told(problem: object, status: int) -> int:
    sys.stderr.write(f"{problem}\n")
    return status


_COMMANDS: Mapping[str, _Command] = {
    "secrets-create": _secrets_create,
    "deploy": _deploy,
    "push": _push,
    "outputs": _outputs,
    "destroy": _destroy,
    "customers-put": _customers_put,
    "logs": _logs,
    "person-export": _person_export,
    "person-erase": _person_erase,
    "company-erase": _company_erase,
}


if __name__ == "__main__":
    sys.exit(main())
