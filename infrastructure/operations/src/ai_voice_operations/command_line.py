"""Which commands exist, and how the typed command is run. Only the module of this command is imported."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

import typer

PROGRAM = "python -m ai_voice_operations"

_HELP = "Deploys an environment, looks after it, takes it back. Each command has a make target (make help)."
_STATUS = (
    "Exit status: 0 done, 1 begun and failed (or somebody said no), 2 refused: nothing was changed. "
    f"Each command explains itself: {PROGRAM} deploy --help"
)


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        part: the part of the Makefile that has its target.
        module: the module in `commands/` that has a function or a group with the command's name.
        summary: what it does, in one line.
        example: what may be typed after the program's name.
    """

    part: str
    module: str
    summary: str
    example: str


_DEPLOY, _KEEP, _PACK = "Deploy it", "Keep it", "Pack it"
_SENDER = "--environment dev --company acme-heating --sender +15550100001"

COMMANDS = {
    "secrets-create": Command(
        _DEPLOY, "deploying", "Make the secrets, and put their values.", "secrets-create --environment dev"
    ),
    "deploy": Command(
        _DEPLOY, "deploying", "Bring stacks and images up to date.", "deploy voice-parser --environment dev --plan"
    ),
    "push": Command(_DEPLOY, "deploying", "Build and push the images that are missing.", "push --environment dev"),
    "outputs": Command(_DEPLOY, "deploying", "Show where everything is.", "outputs --environment dev --json"),
    "customers-check": Command(
        _DEPLOY, "customers", "Check a customers file; send nothing.", "customers-check customers.json"
    ),
    "customers-put": Command(
        _DEPLOY,
        "customers",
        "Check a customers file, show what it changes, put it.",
        "customers-put --environment dev --file customers.json",
    ),
    "logs": Command(
        _DEPLOY, "logs", "Show the logs of all functions together.", "logs --environment dev --since 2h --follow"
    ),
    "destroy": Command(_DEPLOY, "deploying", "Delete the stacks; keep what holds data.", "destroy --environment dev"),
    "doctor": Command(
        _DEPLOY, "doctor", "Say what is wrong with an environment, and what to do.", "doctor --environment dev"
    ),
    "twilio-configure": Command(
        _DEPLOY,
        "twilio",
        "Set a WhatsApp number's webhooks at Twilio.",
        "twilio-configure --environment dev --number +15550100000 --check",
    ),
    "twilio-buttons": Command(
        _DEPLOY, "twilio", "Make the buttons below replies at Twilio.", "twilio-buttons --environment dev --check"
    ),
    "keys": Command(
        _KEEP,
        "keys",
        "Make, list and end keys of the data API.",
        "keys create --environment dev --company acme-heating --name console",
    ),
    "dlq": Command(_KEEP, "dlq", "List, show, replay and drop parked messages.", "dlq --environment dev replay --all"),
    "waiting": Command(
        _KEEP, "waiting", "List notes that wait, and bring them back.", "waiting --environment dev list"
    ),
    "sweep": Command(
        _KEEP,
        "sweep",
        "Enqueue what Twilio has and we do not have.",
        "sweep --environment dev --since 2026-11-20T08:00Z",
    ),
    "index-rebuild": Command(
        _KEEP,
        "rebuild",
        "Build a company's search index again from its notes.",
        "index-rebuild --environment dev --company acme-heating",
    ),
    "tasks-add": Command(
        _KEEP,
        "tasks",
        "Add the tasks that a company's older notes say.",
        "tasks-add --environment dev --company acme-heating",
    ),
    "person-export": Command(_KEEP, "data", "Export everything of a sender.", f"person-export {_SENDER}"),
    "person-erase": Command(_KEEP, "data", "Erase everything of a sender for good.", f"person-erase {_SENDER}"),
    "company-erase": Command(
        _KEEP,
        "data",
        "Erase a whole company for good.",
        "company-erase --environment dev --company acme-heating",
    ),
    "base-update": Command(_PACK, "upkeep", "Pin the base image to what its tag stands for now.", "base-update"),
    "parameters-sync": Command(
        _PACK, "upkeep", "Write infrastructure/PARAMETERS.md from the templates.", "parameters-sync"
    ),
}


def run(arguments: Sequence[str]) -> int:
    """Runs the typed command; returns its exit status, or raises what stops it."""
    named = next((word for word in arguments if not word.startswith("-")), "")
    command = typer.main.get_command(build(named))
    return int(command.main(list(arguments), prog_name=PROGRAM, standalone_mode=False) or 0)


def build(named: str) -> typer.Typer:
    """All commands; all except the named one are only there for the list."""
    app = typer.Typer(
        help=_HELP,
        epilog=_STATUS,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich" if sys.stdout.isatty() else None,
    )
    app.callback()(_nothing)
    for name, command in COMMANDS.items():
        _add(app, name, command, is_named=name == named)
    return app


def sentence(error: typer.TyperException) -> str:
    """What is wrong with the typed command."""
    message = " ".join(error.format_message().replace("Value error, ", "").split()).rstrip(".")
    context = getattr(error, "ctx", None)
    where = context.command_path if context else PROGRAM
    if message == "Missing command":
        message = "COMMAND is missing"
    return f"{message}{'' if message.endswith('?') else ':'} `{where} --help` shows what there is."


def _add(app: typer.Typer, name: str, command: Command, *, is_named: bool) -> None:
    epilog = f"Example: {PROGRAM} {command.example}"
    if not is_named:
        app.command(name, help=command.summary, rich_help_panel=command.part)(_nothing)
        return
    found = getattr(import_module(f"ai_voice_operations.commands.{command.module}"), name.replace("-", "_"))
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name, epilog=epilog, rich_help_panel=command.part)
    else:
        app.command(name, epilog=epilog, rich_help_panel=command.part)(found)


def _nothing() -> None:
    """Does nothing before the command itself."""
