"""What an operator may type: the commands, their options, and one sentence for what is missing or wrong."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ai_voice_operations import templates
from ai_voice_operations.parameters import ENVIRONMENTS
from ai_voice_operations.problems import Refused
from ai_voice_shared.artifacts import COMPANY_ID

_MESSAGE = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
"""Twilio, "What is a String Identifier (SID)?"."""


class _Parser(argparse.ArgumentParser):
    """One that says what is wrong in a sentence, without its usage."""

    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message[:1].upper()}{message[1:]}: `{self.prog} --help` tells what there is.")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command and its options; raises Refused."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m ai_voice_operations",
        description="Deploys an environment, looks after it, takes it back. Each has a make target (make help).",
        epilog="Exit status: 0 done, 1 begun and failed (or somebody said no), 2 refused: nothing was changed.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _secrets_create(commands.add_parser("secrets-create", help="make the secrets' places, and put their values"))
    _deploy(commands.add_parser("deploy", help="bring the stacks up to their templates, in their order"))
    _push(commands.add_parser("push", help="build and push the images that are not in their repositories yet"))
    _outputs(commands.add_parser("outputs", help="where everything is"))
    _destroy(commands.add_parser("destroy", help="delete the stacks; what holds data stays, unless told otherwise"))
    _customers_put(commands.add_parser("customers-put", help="check a customers file, show what changes, put it"))
    _logs(commands.add_parser("logs", help="what was logged, all functions together, in the order of time"))
    _person(commands.add_parser("person-export", help="everything of a sender as ZIP files"))
    _person(commands.add_parser("person-erase", help="erase everything of a sender for good; asks for their id"))
    _company_erase(commands.add_parser("company-erase", help="erase a company whole, for good; asks for its id"))
    for command in commands.choices.values():
        _everywhere(command)
    return parser


def _everywhere(command: argparse.ArgumentParser) -> None:
    command.add_argument("--environment", type=_environment, required=True, metavar="ENV", help="local, dev or prod")
    command.add_argument(
        "--parameters",
        type=Path,
        default=templates.PARAMETERS,
        metavar="FOLDER",
        help="where ENV.json is (default: infrastructure/parameters); its `account` pins the AWS account",
    )


def _secrets_create(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Asks for the values without showing them. Where standard input is no terminal, they are read from it as JSON: "
        '{"twilio": {"account_sid": …, "auth_token": …}, "openai": {"api_key": …}}. '
        "They are never taken from arguments, which others can read."
    )
    command.add_argument("--replace", action="store_true", help="replace values that are set already")
    _yes(command)


def _deploy(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Shows for each stack what would be added, changed, replaced or removed, asks, does it, and tells how it goes. "
        "What is unchanged is skipped, so it may be run again at any time. Where data would be out of reach it always "
        "asks for the environment's name."
    )
    command.add_argument("stacks", nargs="*", type=_stack, metavar="STACK", help=f"of {', '.join(templates.STACKS)}")
    command.add_argument("--plan", action="store_true", help="only show what would change")
    command.add_argument(
        "--image-tag", default="", metavar="TAG", help="of images that are pushed already (default: of this code)"
    )
    _base(command)
    _yes(command)


def _push(command: argparse.ArgumentParser) -> None:
    command.description = "An image's tag follows from what goes into it: the same code is never built twice."
    _base(command)


def _outputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON: by stack, by name")


def _destroy(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Always asks for the environment's name. Without --data, a later deployment takes the data up."
    )
    command.add_argument(
        "--data", action="store_true", help="delete buckets, tables, queues, secrets and images too, for good"
    )


def _customers_put(command: argparse.ArgumentParser) -> None:
    command.add_argument("--file", type=_file, required=True, metavar="FILE", help="the customers file (JSON)")
    _yes(command)


def _logs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--service", default="", help="of one stack or function, e.g. voice-parser, segment-indexer")
    command.add_argument("--since", default="15m", metavar="TIME", help="90s, 15m (default), 2h, 3d")
    command.add_argument("--follow", action="store_true", help="go on with what comes, until Ctrl-C")
    command.add_argument("--message", type=_message, default="", metavar="SID", help="only what names this message")


def _person(command: argparse.ArgumentParser) -> None:
    command.description = "Makes a request and follows it. Begun, it goes on whether or not somebody watches."
    _of_company(command)
    command.add_argument("--sender", type=_sender, required=True, help="a customer id, or a number as +15550100001")


def _company_erase(command: argparse.ArgumentParser) -> None:
    command.description = (
        "For a company that the customers file does not name any more. Shows what there is, asks for the company's id, "
        "ends its API keys, and erases all that is kept of it. Begun, it goes on whether or not somebody watches."
    )
    _of_company(command)


def _of_company(command: argparse.ArgumentParser) -> None:
    command.add_argument("--company", type=_company, required=True, help="the company's id, e.g. acme-heating")


def _yes(command: argparse.ArgumentParser) -> None:
    command.add_argument("--yes", action="store_true", help="do not ask, except where data would be lost")


def _base(command: argparse.ArgumentParser) -> None:
    command.add_argument("--base", default="", metavar="IMAGE", help="build on this image instead of AWS's own")


def _environment(value: str) -> str:
    if not value:
        raise Refused("Which environment? Pass ENV=dev or ENV=prod.")
    if value not in ENVIRONMENTS:
        raise Refused(f"There is no environment {value}: {', '.join(ENVIRONMENTS)}.")
    return value


def _company(value: str) -> str:
    if not value:
        raise Refused("Which company? Pass COMPANY=acme-heating.")
    if not re.fullmatch(COMPANY_ID, value):
        raise Refused("COMPANY is a company's id: 1 to 63 of a-z, 0-9 and inner hyphens.")
    return value


def _sender(value: str) -> str:
    if not value.strip():
        raise Refused("Which sender? Pass SENDER= a customer id, or a number as +15550100001.")
    return value.strip()


def _stack(value: str) -> str:
    if value not in templates.STACKS:
        raise Refused(f"There is no stack {value}: {', '.join(templates.STACKS)}.")
    return value


def _file(value: str) -> Path:
    if not value:
        raise Refused("Which file? Pass FILE=customers.json.")
    return Path(value)


def _message(value: str) -> str:
    if value and not _MESSAGE.fullmatch(value):
        raise Refused(f"MESSAGE is a message sid, SM or MM and 32 hexadecimal digits, not {value}.")
    return value
