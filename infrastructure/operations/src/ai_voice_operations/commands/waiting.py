"""The command that lists waiting notes and brings them back."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes
from voice_parser.sweep.bringing_back import BringingBack

_EVER = datetime.max.replace(tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    wanted = _parser().parse_args(arguments)
    try:
        found = _list(wanted) if wanted.command == "list" else _bring_back(wanted)
    except RetryLater as error:
        return _failed(f"{error}: are table, queue, region and credentials right?")
    except (BotoCoreError, ClientError) as error:
        return _failed(f"AWS cannot be asked: {error}")
    if not found:
        sys.stderr.write("Nothing waits.\n")
    return 0


def _list(wanted: argparse.Namespace) -> int:
    found = sorted(_wanted(wanted), key=lambda note: note.due)
    for note in found:
        where = f"in the queue ({note.copies}. copy)" if note.copies else f"next try {timestamp(note.due)}"
        _say(note, f"since {timestamp(note.since)}", f"until {timestamp(note.until)}", where, note.reason)
    return len(found)


def _bring_back(wanted: argparse.Namespace) -> int:
    queue = Queue(aws.sqs(), aws.sqs().get_queue_url(QueueName=_named(wanted, "notes"))["QueueUrl"])
    number = 0
    for note in list(_wanted(wanted)):  # bringing one back puts it further on in the list
        BringingBack(_notes(wanted), queue).bring_back(note)
        _say(note, "brought back")
        number += 1
    return number


def _wanted(wanted: argparse.Namespace) -> Iterator[WaitingNote]:
    named = getattr(wanted, "message", "")
    for note in _notes(wanted).due(_EVER):
        if wanted.company in ("", note.company_id) and named in ("", note.message_id):
            yield note


def _notes(wanted: argparse.Namespace) -> WaitingNotes:
    return WaitingNotes(Ledger(aws.dynamodb(), _named(wanted, "ledger")))


def _named(wanted: argparse.Namespace, what: str) -> str:
    """The table's or the queue's name (infrastructure/shared/template.yaml)."""
    return f"ai-voice-tool-{wanted.environment}-{what}"


def _say(note: WaitingNote, *told: str) -> None:
    sys.stdout.write("  ".join((note.message_id, note.company_id, *told)) + "\n")


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ai_voice_operations.commands.waiting",
        description="Notes that wait for room: a vendor's rate limit, a company's budget.",
        epilog="Bringing back is safe at any time: what has no room yet waits on.",
    )
    parser.add_argument("--environment", default="local", choices=("local", "dev", "prod"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="one line each: message sid, company, since and until when, next try, reason")
    back = commands.add_parser("bring-back", help="send one, or all, to be tried now, as after a budget was raised")
    which = back.add_mutually_exclusive_group(required=True)
    which.add_argument("message", nargs="?", default="", metavar="MESSAGE", help="Twilio's message sid")
    which.add_argument("--all", action="store_true", help="all that wait, or all of a company")
    for command in commands.choices.values():
        command.add_argument("--company", default="", help="only of this company, e.g. acme")
    return parser


if __name__ == "__main__":
    sys.exit(main())
