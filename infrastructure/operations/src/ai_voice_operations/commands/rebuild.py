"""The command that builds companies' search indexes again from their notes."""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import boto3
import typer

from ai_voice_operations import wiring
from ai_voice_operations.account import open_account
from ai_voice_operations.commands.options import CompanyOrAll, EnvironmentOrNone, asking
from ai_voice_operations.deploying import outputs
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.rebuilding import Rebuilding
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.answering.settings import EMBEDDERS, SearchSettings
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import Conflict, ObjectStore
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.engines import choosing
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.environment import optional
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes

_TRIES = 3
"""Notes that are filed meanwhile make a rebuild start over."""


def _embedder(name: str) -> str:
    if name and (problem := choosing.refusal(name, choosing.names(EMBEDDERS))):
        raise typer.BadParameter(problem)
    return name


def index_rebuild(  # noqa: PLR0913 - an option each
    company: CompanyOrAll = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="Of every company that has files.")] = False,
    environment: EnvironmentOrNone = "",
    bucket: Annotated[
        str, typer.Option(metavar="NAME", help="Where the notes are (default: by ENV, else $BUCKET).")
    ] = "",
    table: Annotated[str, typer.Option(metavar="NAME", help="The ledger (default: by ENV, else $TABLE).")] = "",
    folder: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="For working copies (default: a temporary one, deleted in the end)."),
    ] = None,
    embedder: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            callback=_embedder,
            help="Whether the index has vectors (default: as ENV is deployed; without ENV, $EMBEDDER, else none).",
        ),
    ] = "",
    openai_secret: Annotated[
        str, typer.Option(metavar="NAME", help="The secret for vectors (default: ENV's, else $OPENAI_SECRET).")
    ] = "",
) -> None:
    """Build a company's search index again from its notes, in one write.

    The old index works until the new one is there.
    """
    if bool(company) == everything:
        raise Refused("Which index? Pass --company or --all, and not both.")
    terminal = Terminal()
    bucket, table = places(environment, bucket, table)
    with asking("bucket, table"), tempfile.TemporaryDirectory(prefix="ai-voice-") as scratch:  # holds what people said
        rebuilding = _rebuilding(
            bucket,
            table,
            _settings(environment, embedder, openai_secret).model_copy(
                update={"index_folder": folder or Path(scratch)}
            ),
        )
        for company_id in rebuilding.companies() if everything else [company]:
            _rebuild(rebuilding, company_id, terminal)


def places(environment: str, bucket: str, table: str) -> tuple[str, str]:
    """The bucket and the table: those given, else the environment's, else the variables'."""
    if environment and not (bucket and table):
        account = open_account(Parameters.read(environment))
        shared = outputs.read(wiring.events(account, Terminal()), environment).get("shared")
        if not shared:
            raise Failed(f"{environment} is not deployed: run make deploy-infra first.")
        bucket, table = bucket or shared["BucketName"], table or shared["LedgerName"]
    bucket, table = bucket or optional("BUCKET"), table or optional("TABLE")
    if not (bucket and table):
        raise Failed("Where are the notes? Pass --environment, or --bucket and --table, or set BUCKET and TABLE.")
    return bucket, table


def _settings(environment: str, embedder: str, secret: str) -> SearchSettings:
    """How vectors are made: like the environment's functions make them, because others could not be compared."""
    if not environment:
        return SearchSettings(
            openai_secret=secret or optional("OPENAI_SECRET"), embedder=embedder or optional("EMBEDDER", "none")
        )
    deployed = Environment(environment, boto3.Session())
    embedder = embedder or deployed.value("voice-parser", "Embedder")
    if not secret and embedder != "none":
        secret = deployed.output("secrets", "OpenAiSecretName")
    there = {
        "embedding_model": deployed.value("voice-parser", "EmbeddingModel"),
        "openai_base_url": deployed.value("voice-parser", "OpenAiBaseUrl"),
        "openai_dialect": deployed.value("voice-parser", "OpenAiDialect"),
    }
    return SearchSettings.model_validate({"embedder": embedder, "openai_secret": secret, **there})


def _rebuilding(bucket: str, table: str, settings: SearchSettings) -> Rebuilding:
    """The work with everything real."""
    store = ObjectStore(aws.s3(), bucket)
    ledger = Ledger(aws.dynamodb(), table)
    stored = StoredNotes(Notes(ledger), store)
    connect = openai_connection(settings, Secrets(aws.secretsmanager()))
    return Rebuilding(store, stored, answering_wiring.indexes(settings, store, connect), Usage(ledger))


def _rebuild(rebuilding: Rebuilding, company_id: str, terminal: Terminal) -> None:
    started = time.monotonic()

    def progress(done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        terminal.note(f"{company_id}: {done} of {total} notes read, {percent} %")

    for remaining in reversed(range(_TRIES)):
        try:
            count = rebuilding.rebuild(company_id, progress)
            break
        except Conflict:
            if not remaining:
                raise Failed("Notes are being filed all the time: try again when it is quieter.") from None
            terminal.note(f"{company_id}: a note was filed meanwhile, so this starts over")
    terminal.say(f"{company_id}: {count} notes indexed in {time.monotonic() - started:.1f} s")
