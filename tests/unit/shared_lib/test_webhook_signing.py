"""A webhook is signed as Standard Webhooks says: its own library verifies it, with both secrets after a change."""

import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from ai_voice_shared.webhooks import signing

BODY = '{"type": "note.filed", "timestamp": "2026-11-29T10:00:00.000Z", "data": {"id": "SM1", "tag": "Baño 2.º"}}'


def test_the_library_of_standard_webhooks_verifies_it() -> None:
    secret = signing.new_secret()
    headers = signing.headers([secret], "msg_1", int(time.time()), BODY)
    assert Webhook(secret).verify(BODY, headers)["data"]["id"] == "SM1"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY.replace("SM1", "SM2"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, headers | {"webhook-id": "msg_2"})


def test_after_a_change_both_secrets_verify_it() -> None:
    new, old, other = (signing.new_secret() for _ in range(3))
    headers = signing.headers([new, old], "msg_1", int(time.time()), BODY)
    Webhook(new).verify(BODY, headers)
    Webhook(old).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(BODY, headers)


def test_no_two_secrets_are_the_same() -> None:
    made = {signing.new_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(one.startswith("whsec_") for one in made)
