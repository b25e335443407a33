"""The command that makes companies' search indexes anew."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from botocore.exceptions import BotoCoreError

from ai_voice_operations.rebuilding import Rebuilding
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.answering.settings import SearchSettings
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import Conflict, ObjectStore
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.environment import optional
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes

_TRIES = 3
"""Notes that are filed meanwhile make a rebuild start over."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    wanted = _parser().parse_args(arguments)
    if not wanted.bucket or not wanted.table:
        return _failed("Where are the notes? Set BUCKET and TABLE, or pass --bucket and --table.")
    try:
        with tempfile.TemporaryDirectory(prefix="ai-voice-") as scratch:  # holds what people said
            settings = _search_settings(wanted, wanted.folder or Path(scratch))
            rebuilding = _rebuilding(wanted.bucket, wanted.table, settings)
            companies = rebuilding.companies() if wanted.all else [wanted.company]
            for company_id in companies:
                _rebuild(rebuilding, company_id)
    except Conflict:
        return _failed("Notes are being filed all the time; try again when it is quieter.")
    except RetryLater as error:
        return _failed(f"{error}: are bucket, table, region and credentials right?")
    except DeadLetter as error:
        return _failed(str(error))
    except BotoCoreError as error:
        return _failed(f"AWS can not be asked: {error}")
    return 0


def _rebuilding(bucket: str, table: str, settings: SearchSettings) -> Rebuilding:
    """The work with everything real."""
    store = ObjectStore(aws.s3(), bucket)
    ledger = Ledger(aws.dynamodb(), table)
    stored = StoredNotes(Notes(ledger), store)
    connect = answering_wiring.openai_connection(settings, Secrets(aws.secretsmanager()))
    return Rebuilding(store, stored, answering_wiring.indexes(settings, store, connect), Usage(ledger))


def _rebuild(rebuilding: Rebuilding, company_id: str) -> None:
    started = time.monotonic()
    for remaining in reversed(range(_TRIES)):
        try:
            count = rebuilding.rebuild(company_id, lambda done, total: _progress(company_id, done, total))
            break
        except Conflict:
            if not remaining:
                raise
            sys.stderr.write(f"{company_id}: a note was filed meanwhile; once more\n")
    sys.stdout.write(f"{company_id}: {count} notes indexed in {time.monotonic() - started:.1f} s\n")


def _progress(company_id: str, done: int, total: int) -> None:
    percent = 100 * done // total if total else 100
    sys.stderr.write(f"{company_id}: {done} of {total} notes read, {percent} %\n")


def _search_settings(wanted: argparse.Namespace, folder: Path) -> SearchSettings:
    return SearchSettings(openai_secret=wanted.openai_secret, embedder=wanted.embedder, index_folder=folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ai_voice_operations.commands.rebuild", description="Search indexes made anew."
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--company", help="of this company, e.g. acme")
    which.add_argument("--all", action="store_true", help="of every company that has files")
    parser.add_argument("--bucket", default=optional("BUCKET"), help="where the notes are (default: $BUCKET)")
    parser.add_argument("--table", default=optional("TABLE"), help="the ledger's name (default: $TABLE)")
    parser.add_argument("--folder", type=Path, help="for working copies (default: a temporary one, deleted in the end)")
    parser.add_argument(
        "--embedder",
        choices=("openai", "none"),
        default=optional("EMBEDDER", "none"),
        help="whether the index has vectors, as the EMBEDDER of the functions says (default: $EMBEDDER, else none)",
    )
    parser.add_argument(
        "--openai-secret", default=optional("OPENAI_SECRET"), help="for vectors (default: $OPENAI_SECRET)"
    )
    return parser


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
