"""The command that sets a WhatsApp number's webhooks at Twilio, and reads them back: `twilio-configure`."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_operations import templates
from ai_voice_operations.account import open_account, sentence
from ai_voice_operations.console import Console
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import masked
from ai_voice_operations.parameters import ENVIRONMENTS, Parameters
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.twilio.aim import (
    SANDBOX,
    Change,
    account_of,
    console_values,
    differences,
    sender_id,
    wanted,
)
from ai_voice_operations.twilio.api import Sender, TwilioAccount, TwilioProblem, Webhook
from ai_voice_shared.errors import Misconfigured, RetryLater

SECONDS = 20.0
_READ_BACK_AFTER = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each look: Twilio answers 202 and takes its time (Twilio, "Senders API")."""


@dataclass(frozen=True)
class Configuring:
    """One run of the command on one environment."""

    environment: Environment
    http: httpx.Client
    console: Console
    sleep: Callable[[float], None] = time.sleep

    def run(self, number: str, *, check: bool) -> int:
        """0 when all is as it should be, 1 when it is not (found or left), 2 when nothing was changed.

        Raises Refused, Misconfigured or RetryLater before anything is changed, Failed midway.
        """
        name = sender_id(number) if number else ""
        aim = self._aim()
        account = account_of(self.environment, self.http)
        sender = self._sender(account, name)
        self._check_ours(name)
        if sender is None:
            self._tell(console_values(aim))
            return 2
        changes = differences(sender, account.services_of(sender.sender_id), aim)
        if not changes:
            self.console.say(f"{masked(sender.sender_id)} is set as it should be.")
            return 0
        self._tell([f"{masked(sender.sender_id)} ({sender.status or 'status unknown'}):", *_lines(changes)])
        if check:
            return 1
        return self._change(account, sender, aim)

    def _aim(self) -> Webhook:
        url = self.environment.public_url
        if not url.startswith("https://"):
            raise Refused("Twilio is not given this environment's webhook: its URL, PublicUrl, has to be https.")
        return wanted(url)

    def _sender(self, account: TwilioAccount, name: str) -> Sender | None:
        """The account's sender of this name, or None for a sandbox that Twilio does not list."""
        there = account.senders()
        found = next((sender for sender in there if sender.sender_id == name), None)
        if found is None and name != SANDBOX:
            listed = ", ".join(sorted(masked(sender.sender_id) for sender in there)) or "none"
            what = f"The Twilio account has no WhatsApp sender {masked(name)}" if name else "NUMBER is missing"
            raise Refused(f"{what}; its senders: {listed}. Give one as NUMBER=+…")
        return found

    def _check_ours(self, name: str) -> None:
        if name not in self.environment.value("webhook-handler", "OurNumbers").split():
            raise Refused(
                f"{masked(name)} is not one of OurNumbers, so its messages would be refused: add it in "
                f"parameters/{self.environment.name}.json, then {self.environment.deploy}."
            )

    def _change(self, account: TwilioAccount, sender: Sender, aim: Webhook) -> int:
        if sender.sender_id == SANDBOX:
            self._tell(console_values(aim))
            return 2
        if not self.console.agrees("Change this at Twilio?"):
            raise Refused("Nothing was changed.")
        try:
            account.set_webhook(sender.sid, aim)
            for service in account.services_of(sender.sender_id):
                if not service.use_inbound_webhook_on_number:
                    account.defer(service)
            return self._read_back(account, sender, aim)
        except TwilioProblem as problem:
            raise Failed(f"{problem} The change may be half done: run this again.") from problem

    def _read_back(self, account: TwilioAccount, sender: Sender, aim: Webhook) -> int:
        left: list[Change] = []
        for seconds in _READ_BACK_AFTER:
            self.sleep(seconds)
            left = differences(account.sender(sender.sid), account.services_of(sender.sender_id), aim)
            if not left:
                self.console.say("Set, and read back as set. Send the number a message to see it arrive.")
                return 0
        self._tell(["Twilio took the change, but this is not what it tells now:", *_lines(left)])
        return 1

    def _tell(self, lines: list[str]) -> None:
        for line in lines:
            self.console.say(line)


def _lines(changes: list[Change]) -> list[str]:
    return [f"  {change.line()}" for change in changes]


def run(given: argparse.Namespace) -> int:
    """Runs the command; what is wrong becomes one sentence and exit status 2."""
    try:
        with httpx.Client(timeout=SECONDS) as http:
            environment = _environment(given)
            return Configuring(environment, http, Console(agreed=given.yes)).run(given.number, check=given.check)
    except (Refused, Misconfigured) as error:
        return _failed(str(error))
    except Failed as error:
        return _failed(str(error), status=1)
    except RetryLater as error:
        return _failed(f"{error}: are region and credentials right?")
    except (BotoCoreError, ClientError) as error:
        return _failed(sentence(error))


def _environment(given: argparse.Namespace) -> Environment:
    """The environment in the AWS account that it belongs to; raises Refused."""
    if given.environment == "local":
        raise Refused("ENV=local has a stand-in for Twilio: pass ENV=dev or ENV=prod.")
    account = open_account(Parameters.read(given.environment, given.parameters))
    return Environment(given.environment, account.session, given.parameters)


def _failed(why: str, status: int = 2) -> int:
    sys.stderr.write(f"{masked(why)}\n")
    return status


def add[P: argparse.ArgumentParser](subcommands: "argparse._SubParsersAction[P]") -> None:
    """Adds `twilio-configure` to a command line."""
    parser = subcommands.add_parser(
        "twilio-configure",
        help="set a WhatsApp number's webhooks at Twilio, and read them back",
        description="Sets webhook, fallback, status callback and retry overrides of a WhatsApp sender at Twilio.",
        epilog="Exit status: 0 as it should be, 1 not as it should be, 2 nothing was changed.",
    )
    _options(parser)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--environment", required=True, choices=ENVIRONMENTS, help="whose webhook Twilio is to call")
    parser.add_argument(
        "--number", default="", help="the WhatsApp number, e.g. +15550100000; without it they are listed"
    )
    parser.add_argument("--parameters", type=Path, default=templates.PARAMETERS, help="folder of the parameters files")
    parser.add_argument("--check", action="store_true", help="only tell what differs; change nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=run)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command by itself; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m ai_voice_operations.twilio.settings")
    _options(parser)
    return run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
