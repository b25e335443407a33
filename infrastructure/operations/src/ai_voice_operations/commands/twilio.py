"""The commands that set a WhatsApp number's webhooks at Twilio, and make the buttons below replies."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import httpx
import typer
from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_operations.account import open_account, sentence
from ai_voice_operations.commands.options import PARAMETERS, Environment, ParametersFolder, Yes
from ai_voice_operations.doctor.environment import Environment as Configured
from ai_voice_operations.doctor.finding import masked
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_operations.twilio.buttons import Buttons
from ai_voice_operations.twilio.settings import SECONDS, Configuring
from ai_voice_shared.errors import Misconfigured, RetryLater


def twilio_configure(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    number: Annotated[
        str, typer.Option(metavar="NUMBER", help="The WhatsApp number, as +15550100000. Without it they are listed.")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="Only tell what differs; change nothing.")] = False,
    yes: Yes = False,
) -> int:
    """Set a WhatsApp number's webhooks at Twilio, and read them back.

    Sets webhook, fallback, status callback and retry overrides. Exit status: 0 as it should be, 1 not as it should
    be, 2 nothing was changed.
    """
    return _at_twilio(
        environment,
        parameters,
        lambda opened, http: Configuring(opened, http, Terminal(agreed=yes)).run(number, check=check),
    )


def twilio_buttons(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell what is missing; make nothing.")] = False,
    yes: Yes = False,
) -> int:
    """Make the buttons below replies at Twilio, and show the parameter that names them.

    Each is made once, however often this runs. Exit status: 0 all are there and named, 1 something is left to do, 2
    nothing was made.
    """
    return _at_twilio(
        environment, parameters, lambda opened, http: Buttons(opened, http, Terminal(agreed=yes)).run(check=check)
    )


def _at_twilio(environment: str, parameters: Path, run: Callable[[Configured, httpx.Client], int]) -> int:
    try:
        with httpx.Client(timeout=SECONDS) as http:
            return run(_opened(environment, parameters), http)
    except (Refused, Misconfigured) as error:
        raise Refused(masked(str(error))) from error
    except Failed as error:
        raise Failed(masked(str(error))) from error
    except RetryLater as error:
        raise Refused(masked(f"{error}: are region and credentials right?")) from error
    except (BotoCoreError, ClientError) as error:
        raise Refused(masked(sentence(error))) from error


def _opened(environment: str, parameters: Path) -> Configured:
    """The environment in the AWS account that it belongs to."""
    if environment == "local":
        raise Refused("ENV=local has a stand-in for Twilio: pass ENV=dev or ENV=prod.")
    account = open_account(Parameters.read(environment, parameters))
    return Configured(environment, account.session, parameters)
