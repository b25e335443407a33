"""The commands that list notes that wait, and bring them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from ai_voice_operations.commands.options import CompanyOrAll, Environment, OptionsAnywhere, asking, named
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import timestamp
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes
from voice_parser.sweep.bringing_back import BringingBack

_EVER = datetime.max.replace(tzinfo=UTC)
_COLUMNS = ("Message", "Company", "Waits since (UTC)", "Until (UTC)", "Where", "Reason")
_ASKED = "table, queue"
_ELSEWHERE = "The options of `waiting --help` are taken here too. Example: python -m ai_voice_operations waiting "

waiting = typer.Typer(
    cls=OptionsAnywhere,
    help="List notes that wait for room, and bring them back. They wait for a vendor's rate limit, or for a company's "
    "budget.",
)


@dataclass(frozen=True)
class _Where:
    environment: str
    table: str
    queue_url: str

    def notes(self) -> WaitingNotes:
        return WaitingNotes(Ledger(aws.dynamodb(), self.table or named(self.environment, "ledger")))

    def queue(self) -> Queue:
        client = aws.sqs()
        name = named(self.environment, "notes")
        return Queue(client, self.queue_url or client.get_queue_url(QueueName=name)["QueueUrl"])

    def wanted(self, company: str, message: str = "") -> Iterator[WaitingNote]:
        for note in self.notes().due(_EVER):
            if company in ("", note.company_id) and message in ("", note.message_id):
                yield note


@waiting.callback()
def _where(
    context: typer.Context,
    environment: Environment = "local",
    table: Annotated[str, typer.Option(metavar="NAME", help="The ledger (default: by ENV).")] = "",
    queue_url: Annotated[str, typer.Option(metavar="URL", help="The notes' queue (default: by ENV).")] = "",
) -> None:
    context.obj = _Where(environment, table, queue_url)


@waiting.command("list", epilog=f"{_ELSEWHERE}--environment dev list --company acme-heating")
def _list(context: typer.Context, company: CompanyOrAll = "") -> None:
    """List them: message sid, company, since and until when, next try, reason."""
    terminal = Terminal()
    with asking(_ASKED):
        found = sorted(context.obj.wanted(company), key=lambda note: note.due)
    terminal.table(_COLUMNS, [_row(note) for note in found])
    _tell_none(len(found), terminal)


def _row(note: WaitingNote) -> tuple[str, ...]:
    where = f"in the queue ({note.copies}. copy)" if note.copies else f"next try {timestamp(note.due)}"
    times = (f"since {timestamp(note.since)}", f"until {timestamp(note.until)}")
    return note.message_id, note.company_id, *times, where, note.reason


@waiting.command("bring-back", epilog=f"{_ELSEWHERE}--environment dev bring-back --all --company acme-heating")
def _bring_back(
    context: typer.Context,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help="The one: its message sid.")] = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that wait, or all of a company.")] = False,
    company: CompanyOrAll = "",
) -> None:
    """Have one, or all, tried now, for example after a budget was raised.

    This is safe at any time: what has no room yet waits on.
    """
    if bool(message) == everything:
        raise Refused("Which ones? Pass MESSAGE or --all, and not both: `waiting bring-back --help` shows an example.")
    terminal = Terminal()
    with asking(_ASKED):
        bringing_back = BringingBack(context.obj.notes(), context.obj.queue())
        found = list(context.obj.wanted(company, message))  # bringing one back puts it further on in the list
        for note in found:
            bringing_back.bring_back(note)
            terminal.say(f"{note.message_id}  {note.company_id}  brought back")
    _tell_none(len(found), terminal)


def _tell_none(number: int, terminal: Terminal) -> None:
    if not number:
        terminal.note("Nothing waits.")
