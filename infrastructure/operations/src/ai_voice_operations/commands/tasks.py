"""The command that adds the tasks of notes that were filed before there were tasks."""

from typing import Annotated

import typer

from ai_voice_operations.commands.keys import customer_lookup_of
from ai_voice_operations.commands.options import Company, EnvironmentOrNone, asking
from ai_voice_operations.commands.rebuild import places
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.tasks.older_notes import OlderNotes
from ai_voice_shared.times import zones


def tasks_add(
    company: Company = "",
    *,
    environment: EnvironmentOrNone = "",
    after: Annotated[
        str, typer.Option(metavar="POSITION", help="Go on behind this note; a run that was stopped has named it.")
    ] = "",
    bucket: Annotated[
        str, typer.Option(metavar="NAME", help="Where the notes are (default: by ENV, else $BUCKET).")
    ] = "",
    table: Annotated[str, typer.Option(metavar="NAME", help="The ledger (default: by ENV, else $TABLE).")] = "",
    customer_lookup: Annotated[
        str,
        typer.Option(
            metavar="FUNCTION", help="What knows the companies (default: by ENV, else $CUSTOMER_LOOKUP_FUNCTION)."
        ),
    ] = "",
) -> None:
    """Add the tasks that a company's older notes say, once each.

    What a person has changed stays. Run it again, or stop it, whenever you like.
    """
    terminal = Terminal()
    bucket, table = places(environment, bucket, table)
    customers = customer_lookup_of(environment, customer_lookup)

    def progress(done: int, position: str) -> None:
        terminal.note(f"{company}: {done} notes done; to go on later: --after '{position}'")

    with asking("bucket, table, customer lookup"):
        notes, store = Notes(Ledger(aws.dynamodb(), table)), ObjectStore(aws.s3(), bucket)
        older = OlderNotes(notes, store, lambda company_id: zones.company_zone(customers, company_id))
        done = older.add_tasks(company, progress, after)
    terminal.say(f"{company}: {done} notes have their tasks")
