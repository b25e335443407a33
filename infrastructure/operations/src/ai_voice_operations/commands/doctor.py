"""The command that looks at an environment and changes nothing."""

from typing import Annotated

import boto3
import httpx
import typer

from ai_voice_operations.commands.options import PARAMETERS, Environment, ParametersFolder
from ai_voice_operations.doctor.doctor import SECONDS, Doctor, show
from ai_voice_operations.doctor.environment import Environment as Examined
from ai_voice_operations.terminal import Terminal


def doctor(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    number: Annotated[
        str, typer.Option(metavar="NUMBER", help="The WhatsApp number to look at (default: all of OurNumbers).")
    ] = "",
    ask: Annotated[
        bool, typer.Option("--ask", help="Also ask OpenAI's models what they can do, which costs about a cent.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON list of {level, what, remedy}.")] = False,
) -> int:
    """Say what is wrong with an environment, and what to do.

    Looks at all of it, from its parameters to its Twilio numbers, and changes nothing. Exit status: 0 when there is
    nothing to fix, else 1.
    """
    with httpx.Client(timeout=SECONDS) as http:
        examined = Examined(environment, boto3.Session(), parameters)
        return show(Doctor(examined, http, number, asks=ask).findings(), Terminal(), as_json=json)
