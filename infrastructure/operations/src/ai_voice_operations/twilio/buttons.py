"""Makes the buttons below replies at Twilio: one Content resource for each choice and language, each once."""

from dataclasses import dataclass

import httpx

from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_operations.twilio.aim import account_of
from ai_voice_operations.twilio.api import TwilioAccount, TwilioProblem
from ai_voice_shared.correcting.quick_replies import QuickReplies, every

PARAMETER = "QuickReplySids"


@dataclass(frozen=True)
class Buttons:
    """One run of the command on one environment."""

    environment: Environment
    http: httpx.Client
    terminal: Terminal

    def run(self, *, check: bool) -> int:
        """Returns 0 if the account has all and the parameter names them, 1 if something is left to do.

        Raises Refused, Misconfigured or RetryLater before anything is made, Failed midway.
        """
        account = account_of(self.environment, self.http)
        there = {content.friendly_name: content.sid for content in account.contents()}
        missing = [definition for _, definition in every() if definition["friendly_name"] not in there]
        if missing:
            self.terminal.say(f"The Twilio account lacks {len(missing)} of {len(list(every()))} contents with buttons.")
            if check:
                return 1
            there |= self._made(account, missing)
        setting = QuickReplies({key: there[one["friendly_name"]] for key, one in every()}).to_setting()
        return self._told(setting)

    def _made(self, account: TwilioAccount, missing: list[dict[str, object]]) -> dict[str, str]:
        """The sids of those that are made now, by name. Run again after a failure, it makes what is still missing."""
        if not self.terminal.agrees("Make them? They cost nothing."):
            raise Refused("Nothing was made.")
        made: dict[str, str] = {}
        try:
            for definition in missing:
                made[str(definition["friendly_name"])] = account.make_content(definition).sid
        except TwilioProblem as problem:
            raise Failed(f"{problem} {len(made)} of {len(missing)} are made: run this again.") from problem
        self.terminal.say("Made.")
        return made

    def _told(self, setting: str) -> int:
        if self.environment.value("voice-parser", PARAMETER) == setting:
            self.terminal.say("All are there, and the voice-parser names them.")
            return 0
        name = self.environment.name
        self.terminal.say(f'Set this under "voice-parser" in parameters/{name}.json, then {self.environment.deploy}:')
        self.terminal.say(f'"{PARAMETER}": "{setting}"')
        return 1
