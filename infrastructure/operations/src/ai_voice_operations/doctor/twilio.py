"""Whether Twilio takes our credentials, and whether its numbers call this environment as they should."""

from collections.abc import Iterator

import httpx

from ai_voice_operations.doctor.engines import talks_to_twilio
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn
from ai_voice_operations.twilio.aim import SANDBOX, account_of, console_values, differences, sender_id, wanted
from ai_voice_operations.twilio.api import Sender, TwilioAccount
from ai_voice_operations.twilio.media_access import MediaAccess

_ENFORCE = "switch on: Enforce HTTP Basic Authentication for media access (infrastructure/TWILIO.md)"


def account(environment: Environment, http: httpx.Client) -> Iterator[Finding]:
    """Whether the credentials work, and the account is active."""
    if not talks_to_twilio(environment):
        yield ok("Twilio: a stand-in takes its place here")
        return
    state = account_of(environment, http).state()
    if state.status != "active":
        yield fail(f"Twilio's account is {state.status}", "see in Twilio's console why")
    elif state.type == "Trial":
        yield warn("Twilio's credentials work; it is a trial account", "upgrade it before real senders come")
    else:
        yield ok("Twilio's credentials work, its account is active")


def media(environment: Environment, http: httpx.Client) -> Iterator[Finding]:
    """Whether Twilio gives files only to us; otherwise it redirects to Amazon's hosts, which we do not follow."""
    if not talks_to_twilio(environment):
        return
    match MediaAccess(account_of(environment, http)).is_open():
        case True:
            yield fail("Twilio gives files of messages to anybody who knows their URL", _ENFORCE)
        case False:
            yield ok("Twilio gives files of messages to nobody without credentials")
        case None:
            yield warn("no recent message has a file, so nobody can tell whether Twilio guards files", _ENFORCE)


def numbers(environment: Environment, http: httpx.Client, given: str = "") -> Iterator[Finding]:
    """Whether each of our numbers, or the given one, is set as `twilio-configure` sets it; no other one calls us."""
    if not talks_to_twilio(environment):
        return
    ours = environment.value("webhook-handler", "OurNumbers").split()
    twilio = account_of(environment, http)
    there = {sender.sender_id: sender for sender in twilio.senders()}
    for name in [sender_id(given)] if given else ours:
        yield from _number(environment, twilio, name, there.get(name))
    for name, sender in there.items():
        if name not in ours and _calls(sender, environment.public_url):
            yield fail(f"{name} calls this environment, which refuses its messages", _add(environment))


def _number(environment: Environment, twilio: TwilioAccount, name: str, sender: Sender | None) -> Iterator[Finding]:
    aim = wanted(environment.public_url)
    if sender is None and name == SANDBOX:
        yield warn("the sandbox's settings cannot be read", " ".join(console_values(aim)))
    elif sender is None:
        yield fail(f"Twilio knows no WhatsApp sender {name}", "correct it, or register it (infrastructure/TWILIO.md)")
    elif changes := differences(sender, twilio.services_of(name), aim):
        lines = "; ".join(change.line() for change in changes)
        yield fail(f"{name} at Twilio: {lines}", _configure(environment, name.removeprefix("whatsapp:")))
    elif sender.status and not sender.status.startswith("ONLINE"):
        yield fail(f"{name} is set right, but Twilio says it is {sender.status}", "see in Twilio's console why")
    else:
        yield ok(f"{name} calls this environment, with retries, fallback and status callback")


def _calls(sender: Sender, public_url: str) -> bool:
    return f"{sender.webhook.callback_url}/".startswith(f"{public_url}/")


def _add(environment: Environment) -> str:
    return f"add it to OurNumbers in parameters/{environment.name}.json, then {environment.deploy}"


def _configure(environment: Environment, number: str) -> str:
    return f"make twilio-configure ENV={environment.name} NUMBER={number}"
