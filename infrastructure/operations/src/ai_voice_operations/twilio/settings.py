"""Sets a WhatsApp number's webhooks at Twilio, and reads them back."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import masked
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
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

SECONDS = 20.0
_READ_BACK_AFTER = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each look: Twilio answers 202 and takes its time (Twilio, "Senders API")."""


@dataclass(frozen=True)
class Configuring:
    """One run of the command on one environment."""

    environment: Environment
    http: httpx.Client
    terminal: Terminal
    sleep: Callable[[float], None] = time.sleep

    def run(self, number: str, *, check: bool) -> int:
        """Returns 0 if all is right now, 1 if something is wrong (found, or left), 2 if nothing was changed.

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
            self.terminal.say(f"{masked(sender.sender_id)} is set as it should be.")
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
        if not self.terminal.agrees("Change this at Twilio?"):
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
                self.terminal.say("Set, and read back as set. Send the number a message to see it arrive.")
                return 0
        self._tell(["Twilio took the change, but this is not what it tells now:", *_lines(left)])
        return 1

    def _tell(self, lines: list[str]) -> None:
        for line in lines:
            self.terminal.say(line)


def _lines(changes: list[Change]) -> list[str]:
    return [f"  {change.line()}" for change in changes]
