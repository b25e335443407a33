"""The command that has a deployed sweep run now."""

import json
from datetime import UTC, datetime
from typing import Annotated

import boto3
import typer
from botocore.config import Config

from ai_voice_operations.commands.options import EnvironmentOrNone, named
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        raise Refused(f"SINCE is a time such as 2026-11-20T08:00Z, not {value}.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat() if moment else ""


def sweep(
    environment: EnvironmentOrNone = "",
    since: Annotated[
        str,
        typer.Option(
            parser=_moment, metavar="TIME", help="Look back at least to here, as 2026-11-20T08:00Z (UTC if not said)."
        ),
    ] = "",
    function: Annotated[str, typer.Option(metavar="NAME", help="The sweep's function (default: by ENV).")] = "",
) -> None:
    """Enqueue what Twilio has and we do not have, and tell how many messages that were, as JSON.

    Asks the deployed function and waits for it: up to 15 minutes. It may run at any time.
    """
    if not (function or environment):
        raise Refused("Which environment? Pass ENV=dev or ENV=prod.")
    answer = _ask(function or named(environment, "sweep"), {"since": since} if since else {})
    Terminal().say(answer)


def _ask(function: str, event: dict[str, str]) -> str:
    """What a deployed sweep answers; waits as long as a function may take (900 s). Raises Failed when it failed."""
    patient = Config(read_timeout=910, retries={"mode": "standard", "total_max_attempts": 1})
    answer = boto3.client("lambda", config=patient).invoke(FunctionName=function, Payload=json.dumps(event).encode())
    told = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise Failed(f"{function} failed ({_reason(told)}): `make logs SERVICE=sweep` tells more.")
    return told


def _reason(told: str) -> str:
    """What a function's error says, without the lines of code it came from."""
    try:
        error = json.loads(told)
        return " ".join(f"{error['errorType']}: {error['errorMessage']}".split())
    except (ValueError, KeyError, TypeError):
        return "it did not say why"
