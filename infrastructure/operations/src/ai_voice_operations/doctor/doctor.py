"""What is wrong with an environment and what to do about it, without changing anything."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_operations.account import sentence
from ai_voice_operations.doctor import account as doctor_account
from ai_voice_operations.doctor import engines as doctor_engines
from ai_voice_operations.doctor import indexes as doctor_indexes
from ai_voice_operations.doctor import parameters as doctor_parameters
from ai_voice_operations.doctor import running as doctor_running
from ai_voice_operations.doctor import twilio as doctor_twilio
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import STYLES, Finding, fail, masked
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.errors import Misconfigured, RetryLater

type Check = Callable[[], Iterator[Finding]]

SECONDS = 15.0
"""For an answer by HTTP."""

_FIX_AND_ASK = "fix that, then ask again"


@dataclass(frozen=True)
class Doctor:
    """All checks of one environment, in the order in which an operator would fix what they find.

    Attributes:
        number: the only WhatsApp number to look at; empty for all of ours.
        asks: whether OpenAI's models are asked what they can do, which costs a little; others always are.
    """

    environment: Environment
    http: httpx.Client
    number: str = ""
    asks: bool = False
    today: Callable[[], date] = lambda: datetime.now(UTC).date()

    def findings(self) -> Iterator[Finding]:
        """The findings of all checks. A check that cannot be done is a finding itself, and the others go on.

        Without AWS only the file is checked: everything else would fail for the same reason.
        """
        for name, check in self._here().items():
            yield from told(name, check)
        entry = list(told("AWS", lambda: doctor_account.credentials(self.environment)))
        yield from entry
        if any(finding.level == "FAIL" for finding in entry):
            yield fail("nothing that is deployed was looked at", _FIX_AND_ASK)
            return
        for name, check in self._there().items():
            yield from told(name, check)

    def _here(self) -> dict[str, Check]:
        return {
            "parameters": lambda: doctor_parameters.file(self.environment),
            "pairs of parameters": lambda: doctor_parameters.pairs(self.environment),
        }

    def _there(self) -> dict[str, Check]:
        environment, http = self.environment, self.http
        return {
            "stacks": lambda: doctor_account.stacks(environment),
            "deployed parameters": lambda: doctor_parameters.deployed(environment),
            "images": lambda: doctor_account.images(environment),
            "Lambda's concurrency": lambda: doctor_account.concurrency(environment),
            "secrets": lambda: doctor_account.secrets(environment),
            "OpenAI": lambda: doctor_engines.openai(environment, http, self.today(), asks=self.asks),
            "customers file": lambda: doctor_running.customers(environment),
            "search indexes": lambda: doctor_indexes.vectors(environment),
            "webhook": lambda: doctor_running.webhook(environment, http),
            "Twilio": lambda: doctor_twilio.account(environment, http),
            "Twilio's files": lambda: doctor_twilio.media(environment, http),
            "Twilio's numbers": lambda: doctor_twilio.numbers(environment, http, self.number),
            "parked messages": lambda: doctor_running.parked(environment),
            "alarms": lambda: doctor_running.alarms(environment),
        }


def told(name: str, check: Check) -> Iterator[Finding]:
    """A check's findings; an error that stops the check is one more."""
    try:
        yield from check()
    except (Refused, Misconfigured) as error:
        yield fail(f"{name}: {error}", _FIX_AND_ASK)
    except RetryLater as error:
        yield fail(f"{name}: {error}", "ask again later")
    except (BotoCoreError, ClientError) as error:
        yield fail(f"{name}: {sentence(error)}", _FIX_AND_ASK)
    except httpx.HTTPError as error:
        yield fail(f"{name}: no answer ({type(error).__name__})", "is there a way to the internet from here?")
    except Exception as error:  # noqa: BLE001 - a bug in one check must not hide what the others find
        yield fail(
            f"{name}: could not be looked at ({type(error).__name__}: {error})", "this is a fault of the doctor's"
        )


def show(findings: Iterator[Finding], terminal: Terminal, *, as_json: bool) -> int:
    """Shows findings one by one, or as one JSON list at the end; returns the exit status."""
    seen: list[Finding] = []
    for finding in findings:
        seen.append(finding)
        if not as_json:
            terminal.paint(finding.line(), STYLES[finding.level])
    failed = sum(finding.level == "FAIL" for finding in seen)
    if as_json:
        told = json.dumps([asdict(finding) for finding in seen], ensure_ascii=False, indent=1)
        for line in masked(told).split("\n"):
            terminal.say(line)
    else:
        warned = sum(finding.level == "warn" for finding in seen)
        terminal.say("")
        terminal.say(f"{failed} to fix, {warned} to know, {len(seen) - failed - warned} as they should be")
    return 1 if failed else 0
