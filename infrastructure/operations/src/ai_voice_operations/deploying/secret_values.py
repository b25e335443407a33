"""The values of an environment's secrets: typed without being shown, or read as JSON; checked, and put."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

_UNSET = "unset"
"""What the secrets stack writes, and every function takes for missing (infrastructure/secrets/template.yaml)."""

_ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
"""Twilio, "What is a String Identifier (SID)?"."""

_TOKEN = re.compile(r"[\x21-\x7e]{8,512}")

type Values = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class _Field:
    question: str
    form: re.Pattern[str]
    form_told: str
    optional: bool = False


_PRINTABLE = "8 or more characters without blanks"
SECRETS: dict[str, dict[str, _Field]] = {
    "twilio": {
        "account_sid": _Field("Twilio's account SID", _ACCOUNT_SID, "AC and 32 hexadecimal digits"),
        "auth_token": _Field("Twilio's auth token", _TOKEN, _PRINTABLE),
        "auth_token_secondary": _Field("Twilio's secondary auth token", _TOKEN, _PRINTABLE, optional=True),
    },
    "openai": {"api_key": _Field("OpenAI's API key", _TOKEN, _PRINTABLE)},
}
"""The fields of each secret, by the last part of its name."""


def read_json(text: str) -> Values:
    """Values as `{"twilio": {"account_sid": …, "auth_token": …}, "openai": {"api_key": …}}`, either of them or both.

    Raises Refused, which names the field, never its value.
    """
    try:
        given = json.loads(text)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not given:
        raise Refused(
            'Secrets are read as JSON: {"twilio": {"account_sid": …, "auth_token": …}, "openai": {"api_key": …}}.'
        )
    for name, fields in given.items():
        _check(name, fields)
    return given


def _check(name: str, fields: Any) -> None:
    known = SECRETS.get(name)
    if known is None:
        raise Refused("The secrets are twilio and openai; something else was given.")
    if not isinstance(fields, dict) or set(fields) - set(known):
        raise Refused(f"The secret {name} has the fields {', '.join(known)} and no others.")
    for field, rule in known.items():
        value = fields.get(field)
        if value is None and rule.optional:
            continue
        if not isinstance(value, str) or not rule.form.fullmatch(value):
            raise Refused(f"{name}.{field} has to be {rule.form_told}.")


@dataclass(frozen=True)
class SecretValues:
    """The secrets of one environment.

    Attributes:
        replace: whether to replace values that are set already.
    """

    environment: str
    client: "SecretsManagerClient"
    terminal: Terminal
    replace: bool = False

    def put(self, values: Values) -> None:
        """Puts the values of secrets that are not set yet; if values are to be replaced, all that are given."""
        for name, fields in values.items():
            self._unless_set(name, lambda fields=fields: dict(fields))  # type: ignore[misc]

    def ask(self) -> None:
        """Asks for each secret that is not set yet, or for all; an empty answer leaves the secret as is."""
        for name, fields in SECRETS.items():
            self._unless_set(name, lambda name=name, fields=fields: self._asked(name, fields))  # type: ignore[misc]

    def missing(self) -> list[str]:
        """The secrets' names, as AWS has them, whose values are not set."""
        return [self._name(name) for name in SECRETS if not self._set(name)]

    def _unless_set(self, name: str, values: Callable[[], dict[str, str]]) -> None:
        if self._set(name) and not self.replace:
            self.terminal.say(f"{self._name(name)}: has its value already (REPLACE=1 replaces it)")
        elif fields := values():
            self.client.put_secret_value(SecretId=self._name(name), SecretString=json.dumps(fields))
            self.terminal.say(f"{self._name(name)}: put ({', '.join(fields)})")
        else:
            self.terminal.say(f"{self._name(name)}: left as it is")

    def _asked(self, name: str, fields: Mapping[str, _Field]) -> dict[str, str]:
        answers: dict[str, str] = {}
        for field, rule in fields.items():
            empty = "none" if rule.optional else "the secret stays as it is"
            answer = self.terminal.ask_hidden(f"{rule.question} ({name}.{field}, not shown; empty: {empty}): ").strip()
            if answer:
                answers[field] = answer
            elif not rule.optional:
                return {}
        _check(name, answers)
        return answers

    def _set(self, name: str) -> bool:
        fields = json.loads(self.client.get_secret_value(SecretId=self._name(name))["SecretString"])
        return all(fields.get(field, _UNSET) != _UNSET for field, rule in SECRETS[name].items() if not rule.optional)

    def _name(self, name: str) -> str:
        return f"ai-voice-tool/{self.environment}/{name}"
