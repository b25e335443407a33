"""What can be done with a note as a whole: put it aside, take it back, try again what was parked."""

from fastapi import APIRouter, Security

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.models.models import NoteSummary
from data_api_server.notes.refused import refused
from data_api_server.notes.summaries import summary
from data_api_server.routes.notes import MessageId, known
from data_api_server.services import Services

router = APIRouter(prefix="/v1/notes", tags=["notes"], dependencies=[Security(API_KEY)])

_ANSWERS = documented(404, 429) | examples.shown(examples.NOTE)


@router.post("/{message_id}/archive", summary="Put a note aside", dependencies=[WRITE, InPace], responses=_ANSWERS)
def archive_note(company_id: Company, services: Wired, message_id: MessageId) -> NoteSummary:
    """The list leaves it out, unless it is asked for `archived` notes. A search finds it, and nothing is deleted."""
    return _aside(services, company_id, message_id, timestamp(now()))


@router.post(
    "/{message_id}/unarchive", summary="Take an archived note back", dependencies=[WRITE, InPace], responses=_ANSWERS
)
def unarchive_note(company_id: Company, services: Wired, message_id: MessageId) -> NoteSummary:
    """The list has it again, at its old place."""
    return _aside(services, company_id, message_id, "")


@router.post("/{message_id}/retry", summary="Try a parked note again", dependencies=[WRITE, InPace], responses=_ANSWERS)
def retry_note(company_id: Company, services: Wired, message_id: MessageId) -> NoteSummary:
    """It is queued again, with everything that was done and paid for before. If it fails again, it is parked again.

    Nothing happens to a note that is not parked, so you can send this twice.
    """
    note = _there(services, company_id, message_id)
    job = Checkpoints(services.notes.ledger).parked_job(company_id, message_id)
    if job:  # queued first: if we are killed in between, it is only queued twice, and done once
        services.notes_queue.send(job, company_id)
        services.notes.try_again(note)
    elif note.status == "parked":
        raise refused("The note was parked by an older release: an operator can replay it (`make dlq`)")
    return summary(_there(services, company_id, message_id))


def _aside(services: Services, company_id: str, message_id: str, at: str) -> NoteSummary:
    note = _there(services, company_id, message_id)
    if bool(note.archived_at) != bool(at):
        services.notes.update(company_id, message_id, {"archived_at": at})
    return summary(_there(services, company_id, message_id))


def _there(services: Services, company_id: str, message_id: str) -> Note:
    note = services.notes.get(company_id, known(message_id))
    if note is None:
        raise NotThere
    return note
