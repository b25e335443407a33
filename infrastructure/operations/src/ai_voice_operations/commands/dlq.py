"""The command that lists, shows, replays and drops parked messages."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import timestamp
from ai_voice_shared.environment import optional
from ai_voice_shared.errors import Misconfigured, RetryLater
from voice_parser.dead_letters import HIDDEN_SECONDS, DeadLetters, Outcome, Parked

_NAMES = {"notes": ("notes", "notes-dead-letter"), "index": ("index.fifo", "index-dead-letter.fifo")}
"""What follows `ai-voice-tool-ENVIRONMENT-` in the queues' names (infrastructure/shared/template.yaml)."""

_VARIABLES = {
    "notes": ("QUEUE_URL", "DEAD_LETTER_QUEUE_URL"),
    "index": ("INDEX_QUEUE_URL", "INDEX_DEAD_LETTER_QUEUE_URL"),
}
_TOLD_EVERY = 100


def main(arguments: list[str] | None = None, *, wait_seconds: int = 1) -> int:
    """Runs the command; returns its exit status. `wait_seconds` is how long SQS is asked for more messages."""
    wanted = _parser().parse_args(arguments)
    try:
        return int(wanted.run(_dead_letters(wanted, wait_seconds), wanted))
    except Misconfigured as error:
        return _failed(str(error))
    except RetryLater as error:
        return _failed(f"{error}: are queues, region and credentials right?")
    except (BotoCoreError, ClientError) as error:
        return _failed(f"AWS can not be asked: {error}")


def _list(letters: DeadLetters, wanted: argparse.Namespace) -> int:
    found = letters.find(lambda parked: wanted.company in ("", parked.company_id))
    for position, parked in enumerate(found, 1):
        _say(_line(position, parked))
    if not wanted.company and letters.parked.count() > len(found):
        _note(
            f"There may be more than these {len(found)}: raise --limit, replay these first, or wait {HIDDEN_SECONDS} s."
        )
    elif not found:
        _note("Nothing is parked.")
    return 0


def _line(position: int, parked: Parked) -> str:
    message = parked.message
    who = f"{parked.message_id or 'unreadable'}  {parked.company_id or '-'}"
    when = f"{timestamp(message.sent_at)}  received {message.received}x"
    return f"{position:>4}  {parked.short_id}  {who}  {when}  {parked.reason}"


def _show(letters: DeadLetters, wanted: argparse.Namespace) -> int:
    found = letters.find(lambda parked: parked.is_named(wanted.message))
    for parked in found:
        _say(f"id           {parked.message.sqs_id}")
        _say(f"reason       {parked.reason}")
        _say(f"parked       {timestamp(parked.message.sent_at)}, received {parked.message.received}x")
        for name, value in parked.fields(unmasked=wanted.unmasked).items():
            _say(f"{name:<12} {value}")
    return 0 if found else _missing(wanted.message)


def _replay(letters: DeadLetters, wanted: argparse.Namespace) -> int:
    outcomes: list[Outcome] = []

    def tell(parked: Parked, outcome: Outcome) -> None:
        outcomes.append(outcome)
        if outcome == "replayed":
            _say(f"replayed  {parked.short_id}  {parked.message_id}  {parked.company_id}")
        else:
            _note(f"{parked.short_id} can not be replayed: {parked.unreadable}. Show it, then drop it.")

    letters.replay(
        lambda parked: (wanted.all or parked.is_named(wanted.message)) and wanted.company in ("", parked.company_id),
        tell,
    )
    if not outcomes:
        if wanted.message:
            return _missing(wanted.message)
        _note("Nothing is parked.")
    return 1 if "unreadable" in outcomes else 0


def _drop(letters: DeadLetters, wanted: argparse.Namespace) -> int:
    found = letters.find(lambda parked: parked.is_named(wanted.message))
    if not found:
        return _missing(wanted.message)
    if not wanted.yes and not _confirmed(found):
        return _failed("Nothing was dropped.")
    ids = {parked.message.sqs_id for parked in found}  # those that were shown; nothing parked since
    dropped = letters.drop(lambda parked: parked.message.sqs_id in ids)
    _say(f"dropped {dropped} of {len(ids)}")
    return 0 if dropped == len(ids) else _missing(wanted.message)


def _confirmed(found: list[Parked]) -> bool:
    for position, parked in enumerate(found, 1):
        _say(_line(position, parked))
    sys.stderr.write("This may be the only copy of what the sender sent. Drop it for good? Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == "yes"


def _dead_letters(wanted: argparse.Namespace, wait_seconds: int) -> DeadLetters:
    """The two queues: the given URLs, else those of the environment's name, else the variables'."""
    client = aws.sqs()
    urls = [wanted.queue_url, wanted.dead_letter_queue_url]
    for place, (name, variable) in enumerate(zip(_NAMES[wanted.queue], _VARIABLES[wanted.queue], strict=True)):
        if not urls[place] and wanted.environment:
            urls[place] = client.get_queue_url(QueueName=f"ai-voice-tool-{wanted.environment}-{name}")["QueueUrl"]
        urls[place] = urls[place] or optional(variable)
        if not urls[place]:
            raise Misconfigured(f"Which queues? Pass --environment local, dev or prod, or set {variable}.")
    queue, parked = (Queue(client, url) for url in urls)
    return DeadLetters(wanted.queue, queue, parked, wanted.limit, _progress(), wait_seconds)


def _progress() -> Callable[[int], None]:
    told = 0

    def tell(read: int) -> None:
        nonlocal told
        if read // _TOLD_EVERY > told:
            told = read // _TOLD_EVERY
            _note(f"{read} parked messages read")

    return tell


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ai_voice_operations.commands.dlq",
        description="Parked messages: those that could not be worked on. Each is kept for 14 days.",
        epilog="MESSAGE is Twilio's message sid, or the short id that list prints. Replaying is safe at any time: "
        "what was done or paid for already is not done again.",
    )
    _where(parser)
    commands = parser.add_subparsers(dest="command", required=True)
    listed = commands.add_parser("list", help="one line each: position, id, message sid, company, when, reason")
    listed.set_defaults(run=_list)
    show = commands.add_parser("show", help="the fields of one, without what is personal")
    show.add_argument("--unmasked", action="store_true", help="with texts, names and phone numbers: personal data")
    show.set_defaults(run=_show)
    replay = commands.add_parser("replay", help="send one, or all, to be worked on again")
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument("message", nargs="?", default="", metavar="MESSAGE", help="the one")
    which.add_argument("--all", action="store_true", help="all that are parked, or all of a company")
    replay.set_defaults(run=_replay)
    drop = commands.add_parser("drop", help="delete one for good")
    drop.add_argument("--yes", action="store_true", help="do not ask")
    drop.set_defaults(run=_drop)
    for command in (show, drop):
        command.add_argument("message", metavar="MESSAGE", help="the one")
    for command in (listed, replay):
        command.add_argument("--company", default="", help="only of this company, e.g. acme")
    for command in commands.choices.values():
        _where(command, suppress=True)
    return parser


def _where(parser: argparse.ArgumentParser, *, suppress: bool = False) -> None:
    """The options that are taken before the command, and after it as well: SUPPRESS keeps one given before."""

    def option(name: str, default: object, explanation: str, **rest: Any) -> None:
        parser.add_argument(name, default=argparse.SUPPRESS if suppress else default, help=explanation, **rest)

    option("--queue", "notes", "parked notes (default) or parked index jobs", choices=tuple(_NAMES))
    option("--environment", "", "finds the queues by their names", choices=("local", "dev", "prod"))
    option("--queue-url", "", "where replayed messages go (default: by environment, else $QUEUE_URL, $INDEX_QUEUE_URL)")
    option(
        "--dead-letter-queue-url",
        "",
        "where they are parked (default: by environment, else $DEAD_LETTER_QUEUE_URL, $INDEX_DEAD_LETTER_QUEUE_URL)",
    )
    option("--limit", 1000, "the most parked messages to read (default: 1000)", type=_positive)


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return int(value)


def _missing(name: str) -> int:
    return _failed(
        f"{name} is not parked. If somebody is reading the queue just now, it is in {HIDDEN_SECONDS} s at the latest."
    )


def _say(line: str) -> None:
    """A body may hold anything, so nothing that steers a terminal gets through."""
    sys.stdout.write("".join(sign if sign.isprintable() else "?" for sign in line) + "\n")


def _note(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _failed(sentence: str) -> int:
    _note(sentence)
    return 1


if __name__ == "__main__":
    sys.exit(main())
