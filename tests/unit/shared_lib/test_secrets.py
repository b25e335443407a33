"""A secret is read rarely, and a wrong one never counts as a value."""

from typing import Any, cast

import pytest
from botocore.exceptions import ConnectTimeoutError
from support.account import ACCOUNT_SID, AUTH_TOKEN, TWILIO_SECRET, Account

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.secrets import CACHED_SECONDS, REFRESH_SECONDS, Secrets, field
from ai_voice_shared.errors import Misconfigured, RetryLater


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def secrets(account: Account, clock: Clock) -> Secrets:
    assert account.secrets  # the account is open
    return Secrets(aws.secretsmanager(), clock)


def test_a_secret_is_an_object_of_texts(account: Account) -> None:
    assert account.secrets.get(TWILIO_SECRET) == {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}


def test_a_value_is_kept_for_a_while_and_then_read_again(account: Account, secrets: Secrets, clock: Clock) -> None:
    secrets.get(TWILIO_SECRET)
    account.put_secret(TWILIO_SECRET, {"auth_token": "rotated"})
    clock.seconds += CACHED_SECONDS
    assert secrets.get(TWILIO_SECRET)["auth_token"] == AUTH_TOKEN
    clock.seconds += 1
    assert secrets.get(TWILIO_SECRET)["auth_token"] == "rotated"


def test_a_refresh_reads_again_but_not_more_than_every_half_minute(
    account: Account, secrets: Secrets, clock: Clock
) -> None:
    secrets.get(TWILIO_SECRET)
    account.put_secret(TWILIO_SECRET, {"auth_token": "rotated"})
    clock.seconds += REFRESH_SECONDS
    assert secrets.refreshed(TWILIO_SECRET)["auth_token"] == AUTH_TOKEN
    clock.seconds += 1
    assert secrets.refreshed(TWILIO_SECRET)["auth_token"] == "rotated"
    assert secrets.get(TWILIO_SECRET)["auth_token"] == "rotated"


def test_a_secret_that_does_not_exist_is_named(secrets: Secrets) -> None:
    with pytest.raises(Misconfigured, match="Secret absent does not exist: put its value"):
        secrets.get("absent")


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("text", ["nonsense", "[]", "null", '"sk-secret"'])
def test_a_secret_that_is_no_object_is_named_and_not_shown(secrets: Secrets, text: str) -> None:
    aws.secretsmanager().put_secret_value(SecretId=TWILIO_SECRET, SecretString=text)
    with pytest.raises(Misconfigured) as raised:
        secrets.get(TWILIO_SECRET)
    assert f"Secret {TWILIO_SECRET} is not a JSON object" in str(raised.value)
    assert "sk-secret" not in str(raised.value)


def test_an_outage_is_tried_again_later(account: Account) -> None:
    class Unplugged:
        exceptions = aws.secretsmanager().exceptions

        def get_secret_value(self, **_request: Any) -> None:
            raise ConnectTimeoutError(endpoint_url="secretsmanager")

    assert account.secrets.get(TWILIO_SECRET)
    with pytest.raises(RetryLater):
        Secrets(cast("Any", Unplugged())).get(TWILIO_SECRET)


def test_a_field_is_its_value() -> None:
    assert field({"auth_token": "one"}, "auth_token", "twilio") == "one"


@pytest.mark.parametrize("secret", [{}, {"auth_token": ""}, {"auth_token": "unset"}])
def test_a_missing_field_or_a_placeholder_is_named(secret: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="Secret twilio has no auth_token"):
        field(secret, "auth_token", "twilio")
