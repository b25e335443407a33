"""The notes over HTTP: list them, read one, correct one, erase one."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response, Security

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.aws.object_store import Listed
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note
from data_api_server.gateway.auth import InPace, KeyName
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import ERASE, READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples
from data_api_server.models.corrections import Correction
from data_api_server.models.models import (
    Artifact,
    ErasureReceipt,
    NoteDetail,
    NotesPage,
)
from data_api_server.models.queries import NotesQuery
from data_api_server.notes import applying, downloads, reading, replied, versions
from data_api_server.notes.summaries import summary
from data_api_server.notes.versions import IfMatch, IfNoneMatch, tagged
from data_api_server.services import Services

_UNDER_WAY = {"received", "waiting", "retrying"}

MessageId = Annotated[str, Path(description="Twilio's message sid.")]

_UNCHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The note still has the state of the `ETag` that you sent."}
}

router = APIRouter(prefix="/v1/notes", tags=["notes"], dependencies=[Security(API_KEY)])


@router.get(
    "",
    summary="List notes, the newest first unless you sort otherwise",
    dependencies=[READ],
    responses=examples.shown(examples.NOTES_PAGE),
)
def list_notes(company_id: Company, services: Wired, query: Annotated[NotesQuery, Query()]) -> NotesPage:
    """You can combine filters. Go on with `cursor` and the same filters and order until `next` is null.

    To keep a copy: list all notes once. From then on, send an `updated_since` that is a minute before your last
    request, and replace each note by its `message_id`. Erased notes are not listed.
    """
    where = partial(services.zone, company_id)
    wanted = query.filter(where)
    if query.by_change:
        page = services.notes.changed(company_id, wanted, query.changed_since(where), query.limit, query.cursor)
    else:
        oldest_first = query.sort == "received_at"
        page = services.notes.list(company_id, wanted, query.limit, query.cursor, oldest_first=oldest_first)
    return NotesPage(notes=[summary(note) for note in page.notes], next=cursors.encode(page.next))


@router.get(
    "/{message_id}",
    summary="Read one note",
    dependencies=[READ],
    responses=documented(404) | tagged(examples.shown(examples.NOTE_DETAIL)) | _UNCHANGED,
    response_model=NoteDetail,
)
def get_note(
    company_id: Company, services: Wired, message_id: MessageId, response: Response, if_none_match: IfNoneMatch = ""
) -> NoteDetail | Response:
    """Status and steps, what was understood, the transcript with its times, and the URL of each artifact."""
    note = services.notes.get(company_id, known(message_id))
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
    message_id: MessageId,
    correction: Correction,
    response: Response,
    key_name: KeyName,
    if_match: IfMatch = "",
) -> NoteDetail | Response:
    """Text and segments are rewritten. The search finds the new words a second or two later.

    If you also correct the title or other fields, they are rewritten in each file and list that shows them. With
    another intent or tag, the note's files keep their keys. With `understand`, the words are understood again instead:
    the answer comes at once and shows `understanding: under-way`. Read the note again until this is null. If you send
    the same correction again, nothing changes.
    """
    applying.correct(services, company_id, known(message_id), correction, if_match, key_name)
    return get_note(company_id, services, message_id, response)


@router.delete(
    "/{message_id}",
    summary="Erase a note for good",
    dependencies=[ERASE],
    responses=documented(404) | examples.shown(examples.ERASURE),
)
def erase_note(company_id: Company, services: Wired, message_id: MessageId) -> ErasureReceipt:
    """Erases its files in all versions, its words in the index, caches and conversations, and Twilio's copies.

    It cannot be undone. If you send it again, you get the same receipt. While the message is being processed, the
    request is refused (503); try again after a few seconds.
    """
    erasure = services.erasing.erase(company_id, known(message_id))
    if erasure is None:
        raise NotThere
    return ErasureReceipt.model_validate(erasure.to_wire())


def known(message_id: str) -> str:
    """The id, if it can be one; raises NotThere."""
    if not is_message_id(message_id):
        raise NotThere
    return message_id


def _detail(services: Services, note: Note, files: Mapping[str, Listed]) -> NoteDetail:
    found = reading.read(services.store, note)
    return NoteDetail(
        **summary(note).model_dump(),
        steps=note.steps | _under_way(services, note),
        structure=found.structure,
        call=found.call,
        hits=found.hits,
        full_text=found.full_text,
        segments=found.segments,
        peaks=found.peaks,
        artifacts=_artifacts(services, found, files),
        replies=replied.read(services.notes.ledger, note),
        url_expires_at=downloads.expiry(services),
    )


def _under_way(services: Services, note: Note) -> dict[str, str]:
    """The steps that are done, of a note that is not filed yet. Other notes have them in the list."""
    return Checkpoints(services.notes.ledger).times(note.message_id) if note.status in _UNDER_WAY else {}


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
