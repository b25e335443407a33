"""A platform that is reached as Twilio and clients reach it: by its URLs, in AWS or here."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import httpx
from support.deployed import Deployed
from support.waiting import HANGS, eventually
from twilio.request_validator import RequestValidator

from ai_voice_local.platform import PHONE
from ai_voice_local.terminal import DataApi
from ai_voice_operations.templates import parameters
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys
from twilio_in_a_box.account.messages import ACCOUNT_SID, OUR_NUMBER


@dataclass(frozen=True)
class Reached:
    """What a test of a deployed platform needs of it.

    Attributes:
        webhook_url: as Twilio calls it.
        sender: a phone number in the customers file.
        our_number: the WhatsApp sender replies leave from.
    """

    webhook_url: str
    api: DataApi
    account_sid: str
    auth_token: str
    sender: str
    our_number: str

    def text(self, body: str) -> tuple[str, httpx.Response]:
        """A signed webhook of a text note: its message sid and the answer."""
        sid = "SM" + secrets.token_hex(16)
        fields = {"MessageSid": sid, "AccountSid": self.account_sid, "From": f"whatsapp:{self.sender}"}
        fields |= {"To": self.our_number, "Body": body, "NumMedia": "0"}
        signature = RequestValidator(self.auth_token).compute_signature(self.webhook_url, fields)
        headers = {"X-Twilio-Signature": signature}
        return sid, httpx.post(self.webhook_url, data=fields, headers=headers, timeout=HANGS)

    def note(self, sid: str, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The note once it is so."""
        found: list[dict[str, Any]] = []

        def there() -> bool:
            note = self.api.note(sid)
            found[:] = [note] if note else []
            return note is not None and until(note)

        assert eventually(there, every=0.2)
        return found[0]

    def call(self, method: str, path: str, **headers: str) -> httpx.Response:
        """A request to the data API with these headers and no others."""
        return httpx.request(method, self.api.url + path, headers=headers, timeout=HANGS)


def here(deployed: Deployed) -> Reached:
    """The platform on this machine."""
    twilio = deployed.platform.twilio
    return Reached(twilio.webhook_url, deployed.api, ACCOUNT_SID, twilio.auth_token, PHONE, OUR_NUMBER)


@contextmanager
def there(environment: str) -> Iterator[Reached]:
    """A deployed environment, with a key that ends with the block; AWS credentials come from where they always do.

    `SENDER` names a phone number in its customers file, which is sent the replies; `OUR_NUMBER` the WhatsApp sender.
    """
    shared = _outputs(f"ai-voice-tool-{environment}-shared")
    public = parameters("webhook-handler", environment).get("PublicUrl")
    webhook = f"{public.rstrip('/')}/twilio/message" if public else shared["MessageUrl"]
    twilio = Secrets(aws.secretsmanager()).get(f"ai-voice-tool/{environment}/twilio")
    sender = _told("SENDER")
    lookup = CustomerLookup(aws.lambda_(), f"ai-voice-tool-{environment}-customer-lookup-server")
    known = lookup.find((sender,))
    assert known, "SENDER is not in the environment's customers file"
    keys = ApiKeys(Ledger(aws.dynamodb(), shared["LedgerName"]))
    secret, record = keys.create(known.company.company_id, "post-deploy test", SCOPES)
    try:
        api = DataApi(shared["DataApiEndpoint"], secret)
        yield Reached(webhook, api, twilio["account_sid"], twilio["auth_token"], sender, _told("OUR_NUMBER"))
    finally:
        keys.revoke(known.company.company_id, record.key_id)


def _outputs(stack: str) -> dict[str, str]:
    (found,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}


def _told(name: str) -> str:
    value = os.environ.get(name, "")
    assert value, f"{name} is missing: make test-post-deploy ENV=… SENDER=+1555… OUR_NUMBER=whatsapp:+1555…"
    return value
