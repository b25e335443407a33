"""What Twilio has to be told for a WhatsApp number of an environment's, and what of it is not so."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

from ai_voice_operations.doctor.environment import CONFIG, Environment
from ai_voice_operations.doctor.finding import masked
from ai_voice_operations.problems import Refused
from ai_voice_operations.twilio.api import Sender, Service, TwilioAccount, Webhook
from ai_voice_shared.aws.secrets import Secrets, field

MESSAGE_PATH = "/twilio/message"
STATUS_PATH = "/twilio/status"
RETRIES = "#rc=3&rt=4000&rp=ct,rt,4xx,5xx"
"""Three retries, also after a slow answer and a 5xx, which Twilio does not retry by default; neither sent nor signed
(Twilio, "Webhook connection overrides")."""

SANDBOX = "whatsapp:+14155238886"
"""The number that all sandboxes share; its settings are changed in Twilio's console alone."""

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_IN_THE_CONSOLE = ("callback_url", "callback_method", "status_callback_url", "status_callback_method")
"""What the sandbox has; it has no fallback."""


@dataclass(frozen=True)
class Change:
    """One setting that is wrong."""

    name: str
    now: str
    wanted: str

    def line(self) -> str:
        """The change as one line, without a password that a URL may have."""
        return f"{self.name}: {masked(_without_password(self.now)) or '(not set)'} → {self.wanted}"


def wanted(public_url: str) -> Webhook:
    """The right settings of a number whose messages go to this URL (without a path)."""
    message = public_url + MESSAGE_PATH + RETRIES
    return Webhook(
        callback_url=message,
        callback_method="POST",
        fallback_url=message,
        fallback_method="POST",
        status_callback_url=public_url + STATUS_PATH,
        status_callback_method="POST",
    )


def differences(sender: Sender, services: list[Service], aim: Webhook) -> list[Change]:
    """What has to change so that the sender's messages arrive here."""
    names = _IN_THE_CONSOLE if sender.sender_id == SANDBOX else tuple(Webhook.model_fields)
    pairs = ((name, str(getattr(sender.webhook, name)), str(getattr(aim, name))) for name in names)
    own = [Change(name, now, then) for name, now, then in pairs if now != then]
    return own + [
        Change(f"use_inbound_webhook_on_number of Messaging Service {one.sid} (for all its senders)", "false", "true")
        for one in services
        if not one.use_inbound_webhook_on_number
    ]


def console_values(aim: Webhook) -> list[str]:
    """What to paste for the sandbox, line by line."""
    return [
        "The sandbox is set in Twilio's console alone. Under Messaging, Try it out, Send a WhatsApp message,",
        "Sandbox settings, paste these and save:",
        f"  When a message comes in   {aim.callback_url}   (method POST)",
        f"  Status callback URL       {aim.status_callback_url}   (method POST)",
    ]


def account_of(environment: Environment, http: httpx.Client) -> TwilioAccount:
    """Twilio's account, from the environment's secret; raises Refused, Misconfigured or RetryLater."""
    name = environment.output("secrets", "TwilioSecretName")
    secret = Secrets(environment.session.client("secretsmanager", config=CONFIG)).get(name)
    return TwilioAccount(http, field(secret, "account_sid", name), field(secret, "auth_token", name))


def sender_id(number: str) -> str:
    """`whatsapp:+15550100000` for a number as people write it; raises Refused."""
    bare = re.sub(r"[\s().-]", "", number).removeprefix("whatsapp:")
    if not _NUMBER.fullmatch(bare):
        raise Refused("NUMBER is no phone number: give it with + and its country code.")
    return f"whatsapp:{bare}"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
