"""The commands that list, show, replay and drop parked messages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from ai_voice_operations.commands.options import CompanyOrAll, EnvironmentOrNone, OptionsAnywhere, asking, named
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import timestamp
from ai_voice_shared.environment import optional
from ai_voice_shared.errors import Misconfigured
from voice_parser.dead_letters import HIDDEN_SECONDS, DeadLetters, Kind, Outcome, Parked

_NAMES = {
    "notes": ("notes", "notes-dead-letter"),
    "index": ("index.fifo", "index-dead-letter.fifo"),
    "webhooks": ("webhooks", "webhooks-dead-letter"),
    "calls": ("calls.fifo", "calls-dead-letter.fifo"),
}
"""What follows `ai-voice-tool-ENVIRONMENT-` in the queues' names (infrastructure/shared/template.yaml)."""

_VARIABLES = {
    "notes": ("QUEUE_URL", "DEAD_LETTER_QUEUE_URL"),
    "index": ("INDEX_QUEUE_URL", "INDEX_DEAD_LETTER_QUEUE_URL"),
    "webhooks": ("WEBHOOKS_QUEUE_URL", "WEBHOOKS_DEAD_LETTER_QUEUE_URL"),
    "calls": ("CALLS_QUEUE_URL", "CALLS_DEAD_LETTER_QUEUE_URL"),
}
_COLUMNS = ("", "Id", "Message", "Company", "Parked at (UTC)", "Attempts", "Reason")
_TOLD_EVERY = 100
_ELSEWHERE = "The options of `dlq --help` are taken here too. Example: python -m ai_voice_operations dlq "

dlq = typer.Typer(
    cls=OptionsAnywhere,
    help="List, show, replay and drop parked messages: those that could not be worked on. Each is kept for 14 days.",
)


@dataclass(frozen=True)
class _Where:
    """What was said about the queues; `wait_seconds` is how long SQS is asked for more messages."""

    queue: Kind
    environment: str
    queue_url: str
    dead_letter_queue_url: str
    limit: int
    wait_seconds: int

    def dead_letters(self, terminal: Terminal) -> DeadLetters:
        """The two queues: the given URLs, else those of the environment's name, else the variables'."""
        client = aws.sqs()
        urls = [self.queue_url, self.dead_letter_queue_url]
        for place, (name, variable) in enumerate(zip(_NAMES[self.queue], _VARIABLES[self.queue], strict=True)):
            if not urls[place] and self.environment:
                urls[place] = client.get_queue_url(QueueName=named(self.environment, name))["QueueUrl"]
            urls[place] = urls[place] or optional(variable)
            if not urls[place]:
                raise Misconfigured(f"Which queues? Pass --environment local, dev or prod, or set {variable}.")
        queue, parked = (Queue(client, url) for url in urls)
        return DeadLetters(self.queue, queue, parked, self.limit, _progress(terminal), self.wait_seconds)


_Message = Annotated[str, typer.Argument(metavar="MESSAGE", help="Its message sid, or the id that list shows.")]


@dlq.callback()
def _where(
    context: typer.Context,
    queue: Annotated[
        Kind, typer.Option(help="Parked notes, index jobs, events of webhooks, or events of live calls.")
    ] = "notes",
    environment: EnvironmentOrNone = "",
    queue_url: Annotated[
        str, typer.Option(metavar="URL", help="Where replayed messages go (default: by ENV, else $QUEUE_URL).")
    ] = "",
    dead_letter_queue_url: Annotated[
        str, typer.Option(metavar="URL", help="Where they are parked (default: by ENV, else $DEAD_LETTER_QUEUE_URL).")
    ] = "",
    limit: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="The most parked messages to read.")] = 1000,
    wait_seconds: Annotated[int, typer.Option(hidden=True)] = 1,  # tests' queues overlook none, without any wait
) -> None:
    context.obj = _Where(queue, environment, queue_url, dead_letter_queue_url, limit, wait_seconds)


@dlq.command("list", epilog=f"{_ELSEWHERE}--environment dev list --company acme-heating")
def _list(context: typer.Context, company: CompanyOrAll = "") -> None:
    """List them: id, message sid, company, when, how often tried, reason. Shows nothing personal."""
    terminal = Terminal()
    with asking("queues"):
        letters = context.obj.dead_letters(terminal)
        found = letters.find(lambda parked: company in ("", parked.company_id))
        _show_all(found, terminal)
        if not company and letters.parked.count() > len(found):
            terminal.note(
                f"There may be more than these {len(found)}: raise --limit, replay these first, or wait "
                f"{HIDDEN_SECONDS} s."
            )
        elif not found:
            terminal.note("Nothing is parked.")


@dlq.command("show", epilog=f"{_ELSEWHERE}--environment dev show SM…")
def _show(
    context: typer.Context,
    message: _Message,
    *,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="With texts, names and phone numbers.")] = False,
) -> None:
    """Show the fields of one. What is personal is hidden, unless you ask for it."""
    terminal = Terminal()
    with asking("queues"):
        found = _named(context.obj.dead_letters(terminal), message)
    for parked in found:
        fields = {
            "id": parked.message.sqs_id,
            "reason": parked.reason,
            "parked": f"{timestamp(parked.message.sent_at)}, received {parked.message.received}x",
        }
        rows = list((fields | parked.fields(unmasked=unmasked)).items())
        terminal.table(("Field", "Value"), rows)


@dlq.command("replay", epilog=f"{_ELSEWHERE}--environment dev replay --all --company acme-heating")
def _replay(
    context: typer.Context,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help="The one: its message sid or id.")] = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that are parked, or all of a company.")] = False,
    company: CompanyOrAll = "",
) -> None:
    """Send one, or all, to be worked on again.

    This is safe at any time: what was done or paid for already is not done again.
    """
    if bool(message) == everything:
        raise Refused("Which ones? Pass MESSAGE or --all, and not both: `dlq replay --help` shows an example.")
    terminal, outcomes = Terminal(), list[Outcome]()

    def tell(parked: Parked, outcome: Outcome) -> None:
        outcomes.append(outcome)
        if outcome == "replayed":
            terminal.say(f"replayed  {parked.short_id}  {parked.message_id}  {parked.company_id}")
        else:
            terminal.note(f"{parked.short_id} cannot be replayed: {parked.unreadable}. Show it, then drop it.")

    with asking("queues"):
        context.obj.dead_letters(terminal).replay(
            lambda parked: (everything or parked.is_named(message)) and company in ("", parked.company_id), tell
        )
    if message and not outcomes:
        raise _missing(message)
    if not outcomes:
        terminal.note("Nothing is parked.")
    raise typer.Exit(1 if "unreadable" in outcomes else 0)


@dlq.command("drop", epilog=f"{_ELSEWHERE}--environment dev drop SM…")
def _drop(
    context: typer.Context,
    message: _Message,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete one for good. It may be the only copy of what the sender sent, so this asks first."""
    terminal = Terminal()
    with asking("queues"):
        letters = context.obj.dead_letters(terminal)
        found = _named(letters, message)
        if not yes and not _agreed(found, terminal):
            raise Failed("Nothing was dropped.")
        ids = {parked.message.sqs_id for parked in found}  # those that were shown; nothing parked since
        dropped = letters.drop(lambda parked: parked.message.sqs_id in ids)
    terminal.say(f"dropped {dropped} of {len(ids)}")
    if dropped != len(ids):
        raise _missing(message)


def _agreed(found: list[Parked], terminal: Terminal) -> bool:
    _show_all(found, terminal)
    try:
        return terminal.types("yes", "This may be the only copy of what the sender sent. Drop it for good?")
    except Refused:  # nobody is there to answer
        return False


def _show_all(found: list[Parked], terminal: Terminal) -> None:
    terminal.table(_COLUMNS, [_row(position, parked) for position, parked in enumerate(found, 1)])


def _row(position: int, parked: Parked) -> tuple[str, ...]:
    message = parked.message
    who = (parked.message_id or "unreadable", parked.company_id or "-")
    return (
        f"{position:>4}",
        parked.short_id,
        *who,
        timestamp(message.sent_at),
        f"received {message.received}x",
        parked.reason,
    )


def _named(letters: DeadLetters, message: str) -> list[Parked]:
    """Those of this name, one at least."""
    if found := letters.find(lambda parked: parked.is_named(message)):
        return found
    raise _missing(message)


def _missing(name: str) -> Failed:
    return Failed(
        f"{name} is not parked. If another command reads the queue just now, try again in {HIDDEN_SECONDS} s."
    )


def _progress(terminal: Terminal) -> Callable[[int], None]:
    told = 0

    def tell(read: int) -> None:
        nonlocal told
        if read // _TOLD_EVERY > told:
            told = read // _TOLD_EVERY
            terminal.note(f"{read} parked messages read")

    return tell
