"""The command that shows what was logged."""

import re
from contextlib import suppress
from typing import Annotated

import typer

from ai_voice_operations import log_lines
from ai_voice_operations import logs as log_groups
from ai_voice_operations.account import config, open_account
from ai_voice_operations.commands.options import PARAMETERS, Environment, ParametersFolder
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal

_MESSAGE = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
"""Twilio, "What is a String Identifier (SID)?"."""


def _message(value: str) -> str:
    if value and not _MESSAGE.fullmatch(value):
        raise Refused(f"MESSAGE is a message sid, SM or MM and 32 hexadecimal digits, not {value}.")
    return value


def logs(
    environment: Environment,
    parameters: ParametersFolder = PARAMETERS,
    *,
    service: Annotated[str, typer.Option(help="Of one stack or function, for example voice-parser or sweep.")] = "",
    since: Annotated[str, typer.Option(metavar="TIME", help="How far to look back: 90s, 15m, 2h, 3d.")] = "15m",
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what comes, until Ctrl-C.")] = False,
    message: Annotated[str, typer.Option(parser=_message, metavar="SID", help="Only what names this message.")] = "",
) -> None:
    """Show the logs of all functions together, in the order of time (UTC)."""
    given, seconds = Parameters.read(environment, parameters), log_lines.seconds(since)
    groups = log_groups.groups(environment, service)
    client = open_account(given).session.client("logs", config=config())
    terminal = Terminal()
    found = log_groups.Logs(client, groups, lambda line: terminal.paint(line, log_lines.style(line)), message)
    if not follow:
        found.show(seconds)
        return
    with suppress(KeyboardInterrupt):
        found.follow(seconds)
