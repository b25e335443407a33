"""Secrets are checked, put if they are not set yet, and never shown."""

import json

import pytest
from support.account import Account

from ai_voice_operations.deploying.secret_values import SecretValues, read_json
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws import clients as aws

SID, TOKEN, KEY = "AC" + "0" * 32, "f" * 32, "sk-something-secret"
GIVEN = {"twilio": {"account_sid": SID, "auth_token": TOKEN}, "openai": {"api_key": KEY}}
UNSET = {"twilio": {"account_sid": "unset", "auth_token": "unset"}, "openai": {"api_key": "unset"}}


class Desk:
    """An environment's secrets, unset, and an operator."""

    def __init__(self, *answers: str) -> None:
        self.told: list[str] = []
        self._answers = list(answers)
        self._client = aws.secretsmanager()
        for name, fields in UNSET.items():
            self._client.create_secret(Name=f"ai-voice-tool/dev/{name}", SecretString=json.dumps(fields))

    def values(self, *, replace: bool = False) -> SecretValues:
        terminal = Terminal(say=self.told.append, ask_hidden=lambda _question: self._answers.pop(0))
        return SecretValues("dev", self._client, terminal, replace)

    def stored(self, name: str) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            self._client.get_secret_value(SecretId=f"ai-voice-tool/dev/{name}")["SecretString"]
        )
        return found


@pytest.fixture(autouse=True)
def _account(account: Account) -> None:
    """Secrets Manager in process."""


def test_given_values_are_put_and_not_shown() -> None:
    desk = Desk()
    desk.values().put(read_json(json.dumps(GIVEN)))
    assert {name: desk.stored(name) for name in GIVEN} == GIVEN
    assert desk.values().missing() == []
    assert not any(secret in line for line in desk.told for secret in (SID, TOKEN, KEY))


def test_typed_values_are_put() -> None:
    desk = Desk(SID, TOKEN, "", KEY)
    desk.values().ask()
    assert {name: desk.stored(name) for name in GIVEN} == GIVEN


def test_an_empty_answer_leaves_a_secret_as_it_is() -> None:
    desk = Desk(SID, TOKEN, "", "")
    desk.values().ask()
    assert desk.stored("openai") == UNSET["openai"]
    assert desk.values().missing() == ["ai-voice-tool/dev/openai"]


def test_values_that_are_set_stay_unless_told_otherwise() -> None:
    desk, other = Desk(), {"openai": {"api_key": "sk-another-secret"}}
    desk.values().put(GIVEN)
    desk.values().put(other)
    assert desk.stored("openai") == GIVEN["openai"]
    desk.values(replace=True).put(other)
    assert desk.stored("openai") == other["openai"]


def test_a_second_token_is_put_beside_the_first_and_goes_with_the_next_values() -> None:
    desk = Desk(SID, TOKEN, "e" * 32, "", SID, "e" * 32, "", "")
    desk.values(replace=True).ask()
    assert desk.stored("twilio") == {**GIVEN["twilio"], "auth_token_secondary": "e" * 32}
    desk.values(replace=True).ask()
    assert desk.stored("twilio") == {"account_sid": SID, "auth_token": "e" * 32}


def test_nothing_is_asked_for_what_is_set() -> None:
    desk = Desk()
    desk.values().put(GIVEN)
    desk.values().ask()
    assert desk.stored("twilio") == GIVEN["twilio"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "read as JSON"),
        ("[]", "read as JSON"),
        ('{"other": {}}', "twilio and openai"),
        ('{"openai": {"api_key": "sk-something-secret", "x": "1"}}', "and no others"),
        ('{"openai": {}}', "openai.api_key has to be"),
        ('{"openai": {"api_key": "with blanks inside it"}}', "openai.api_key has to be"),
        ('{"twilio": {"account_sid": "SK123", "auth_token": "ffffffffffffffff"}}', "twilio.account_sid has to be AC"),
    ],
)
def test_what_has_another_shape_is_refused_without_its_value(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        read_json(text)
    assert "SK123" not in str(refused.value)
    assert "blanks inside it" not in str(refused.value)


def test_a_typed_value_of_another_shape_is_not_put() -> None:
    desk = Desk("SK123", TOKEN, "")
    with pytest.raises(Refused, match=r"twilio\.account_sid"):
        desk.values().ask()
    assert desk.stored("twilio") == UNSET["twilio"]
