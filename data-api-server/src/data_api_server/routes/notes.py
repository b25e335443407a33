"""The notes over HTTP: the list, each with all it holds, its words corrected, and itself erased."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response, Security

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.aws.object_store import Listed
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.receipts import Receipts
from data_api_server.gateway.callers import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import ERASE, READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples
from data_api_server.models.corrections import Correction
from data_api_server.models.models import (
    UNDERSTANDINGS,
    Artifact,
    ErasureReceipt,
    NoteDetail,
    NotesPage,
    NoteSummary,
    Understanding,
)
from data_api_server.models.queries import NotesQuery
from data_api_server.notes import applying, downloads, reading, replied, versions
from data_api_server.notes.versions import IfMatch, IfNoneMatch, tagged
from data_api_server.services import Services

_UNDER_WAY = {"received", "waiting", "retrying"}

_MessageId = Annotated[str, Path(description="Twilio's message sid.")]

_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "It is in the state whose `ETag` was sent."}}

router = APIRouter(prefix="/v1/notes", tags=["notes"], dependencies=[Security(API_KEY)])


@router.get(
    "",
    summary="List notes, the newest first unless you sort otherwise",
    dependencies=[READ],
    responses=examples.shown(examples.NOTES_PAGE),
)
def list_notes(company_id: Company, services: Wired, query: Annotated[NotesQuery, Query()]) -> NotesPage:
    """Filters may be combined. Go on with `cursor` and the same filters and order until `next` is null.

    To keep a copy: list all notes once. From then on, ask with an `updated_since` a minute before your last request,
    and take each note by its `message_id`. Erased notes are not listed.
    """
    where = partial(services.zone, company_id)
    wanted = query.filter(where)
    if query.by_change:
        page = services.notes.changed(company_id, wanted, query.changed_since(where), query.limit, query.cursor)
    else:
        oldest_first = query.sort == "received_at"
        page = services.notes.list(company_id, wanted, query.limit, query.cursor, oldest_first=oldest_first)
    return NotesPage(notes=[_summary(note) for note in page.notes], next=cursors.encode(page.next))


@router.get(
    "/{message_id}",
    summary="One note with all it holds",
    dependencies=[READ],
    responses=documented(404) | tagged(examples.shown(examples.NOTE_DETAIL)) | _UNCHANGED,
    response_model=NoteDetail,
)
def get_note(
    company_id: Company, services: Wired, message_id: _MessageId, response: Response, if_none_match: IfNoneMatch = ""
) -> NoteDetail | Response:
    """Status and steps, what was understood, the transcript with its times, and where each artifact can be fetched."""
    note = services.notes.get(company_id, _known(message_id))
    if note is None:
        raise NotThere
    files = reading.files(services.store, note)
    current = versions.tag(note, files)
    if versions.matches(if_none_match, current, weak=True):
        return Response(status_code=304, headers=versions.headers(current))
    response.headers.update(versions.headers(current))
    return _detail(services, note, files)


@router.patch(
    "/{message_id}",
    summary="Correct what a note says",
    dependencies=[WRITE, InPace],
    responses=documented(404, 412, 429) | tagged(examples.shown(examples.NOTE_DETAIL)),
    response_model=NoteDetail,
)
def correct_note(
    company_id: Company,
    services: Wired,
    message_id: _MessageId,
    correction: Correction,
    response: Response,
    if_match: IfMatch = "",
) -> NoteDetail | Response:
    """Text and segments are rewritten, and found by their new words a second or two later.

    So are the title and what else was understood, in each file and list that shows it, where they are corrected too.
    Intent and tag stay. With `understand`, the words are understood again instead, as the same intent: the answer comes
    at once and tells `understanding: under-way`; ask for the note until that is null. Sent again, it changes nothing
    more.
    """
    applying.correct(services, company_id, _known(message_id), correction, if_match)
    return get_note(company_id, services, message_id, response)


@router.delete(
    "/{message_id}",
    summary="Erase a note for good",
    dependencies=[ERASE],
    responses=documented(404) | examples.shown(examples.ERASURE),
)
def erase_note(company_id: Company, services: Wired, message_id: _MessageId) -> ErasureReceipt:
    """Erases its files in all their versions, what the index, caches and conversations knew of it, and Twilio's copies.

    Nothing brings it back. Sent again, it answers with the same receipt. While the message is being worked on, it is
    refused for a few seconds (503).
    """
    erasure = services.erasing.erase(company_id, _known(message_id))
    if erasure is None:
        raise NotThere
    return ErasureReceipt.model_validate(erasure.to_wire())


def _known(message_id: str) -> str:
    if not is_message_id(message_id):
        raise NotThere
    return message_id


def _detail(services: Services, note: Note, files: Mapping[str, Listed]) -> NoteDetail:
    found = reading.read(services.store, note)
    return NoteDetail(
        **_summary(note).model_dump(),
        steps=note.steps | _under_way(services, note),
        structure=found.structure,
        full_text=found.full_text,
        segments=found.segments,
        artifacts=_artifacts(services, found, files),
        replies=replied.read(services.notes.ledger, note),
        url_expires_at=downloads.expiry(services),
    )


def _under_way(services: Services, note: Note) -> dict[str, str]:
    """What is done by now of a note that is not filed yet; of others, it stands in the list."""
    return Receipts(services.notes.ledger).times(note.message_id) if note.status in _UNDER_WAY else {}


def _summary(note: Note) -> NoteSummary:
    return NoteSummary(
        message_id=note.message_id,
        customer_id=note.customer_id,
        sender_name=note.sender_name,
        received_at=note.received_at,
        updated_at=note.updated_at,
        kind=note.kind,
        status=note.status,
        intent=note.intent or None,
        tag=note.tag or None,
        title=note.title or None,
        summary=note.summary or None,
        language=note.language or None,
        duration=note.duration_ms / 1000,
        problem=note.problem or None,
        understanding=_understanding(note),
        waits_until=note.waits_until or None,
    )


def _understanding(note: Note) -> Understanding | None:
    """Without which request it was."""
    shown = note.understanding.partition("#")[0]
    return next((one for one in UNDERSTANDINGS if one == shown), None)


def _artifacts(services: Services, found: reading.Reading, files: Mapping[str, Listed]) -> list[Artifact]:
    return [
        Artifact(
            key=str(artifact),
            file_type=artifact.file_type,
            size=files[str(artifact)].size if str(artifact) in files else None,
            content_type=downloads.content_type(artifact),
            url=downloads.url(services, artifact),
        )
        for artifact in found.artifacts
    ]
