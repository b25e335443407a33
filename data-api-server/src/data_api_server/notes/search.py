"""How search results are shown: each passage with its note, its words, and a URL that plays it."""

import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ai_voice_shared.domain import Segment, Tokens
from ai_voice_shared.search.model import Hit, Scope
from ai_voice_shared.search.near import near_at
from ai_voice_shared.stored.stored_notes import StoredNote, Unreadable
from ai_voice_shared.telemetry import metric
from data_api_server.models import shown
from data_api_server.models.models import Passage
from data_api_server.notes import downloads
from data_api_server.notes.highlighting import marked, sought_at
from data_api_server.services import Services

_READ_AT_ONCE = 10
"""As many as boto3 keeps connections for."""


def search(
    services: Services, company_id: str, sought: str, scope: Scope, limit: int, before: shown.Shown = ()
) -> tuple[list[Passage], str | None]:
    """At most `limit` passages that were not shown before, best first, and the cursor of the next page.

    If nothing is found, these are passages with similar words. Passages similar to words that no note has come last.
    Only their notes are read. Raises RetryLater if S3 or DynamoDB does not answer.
    """
    reach = shown.reach(before, limit)
    tokens: list[int] = []
    hits = services.indexes.search(company_id, sought, scope, reach, verbatim=True, spend=tokens.append)
    services.quotas.asked(company_id, secrets.token_hex(16), Tokens(embedding=sum(tokens)))
    near = not hits
    hits = hits or services.indexes.near(company_id, sought, scope, reach, verbatim=True)
    hits, behind = shown.page(hits, before, limit)
    notes = _notes(services, company_id, list(dict.fromkeys(hit.message_id for hit in hits)))
    found = (
        _passage(services, notes[hit.message_id], hit, sought, near=near) for hit in hits if hit.message_id in notes
    )
    return [passage for passage in found if passage], behind


def _notes(services: Services, company_id: str, message_ids: Sequence[str]) -> dict[str, StoredNote]:
    def read(message_id: str) -> StoredNote | None:
        try:
            return services.stored.find(company_id, message_id)
        except Unreadable:
            metric("NoteUnreadable", company_id=company_id, message_id=message_id)
            return None

    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        found = threads.map(read, message_ids)
    return {message_id: note for message_id, note in zip(message_ids, found, strict=True) if note}


def _passage(services: Services, stored: StoredNote, hit: Hit, sought: str, *, near: bool) -> Passage | None:
    """None if nothing is similar after all, or if a correction has removed the hit's place."""
    segments = stored.segments[hit.first : hit.last + 1]
    if not segments:
        return None
    said = [segment for segment in segments if not segment.written]
    note, text = stored.note, " ".join(segment.text for segment in segments)
    like = " ".join(hit.near) or (sought if near else "")
    nearby = near_at(text, like, note.language) if like else []
    if like and not nearby:
        return None
    places = nearby if near else [*nearby, *sought_at(text, sought, note.language, hit.compounds)]
    return Passage(
        message_id=note.message_id,
        title=note.title or None,
        intent=note.intent,
        sender_name=note.sender_name,
        received_at=note.received_at,
        first=hit.first,
        last=hit.first + len(segments) - 1,
        start=said[0].start if said else None,
        end=said[-1].end if said else None,
        text=text,
        highlighted=marked(text, places),
        score=hit.score,
        near=bool(like),
        audio_url=_audio_url(services, stored, said[0]) if said else None,
    )


def _audio_url(services: Services, stored: StoredNote, first: Segment) -> str | None:
    """With a temporal fragment (W3C, "Media Fragments URI 1.0"). Players start there; S3 never sees the fragment."""
    recording = stored.recording
    return f"{downloads.url(services, recording)}#t={first.start:g}" if recording else None
