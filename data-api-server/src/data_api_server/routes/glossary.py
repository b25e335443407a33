"""A company's own words over HTTP: those it has accepted, and those that its corrections suggest."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Header, Response, Security

from ai_voice_shared.records.glossary import Glossary
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import ChangedMeanwhile, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.models.glossary import EXAMPLE, CompanyGlossary, GlossaryWords, SuggestedWord, WordDismissed
from data_api_server.notes import versions
from data_api_server.services import Services

router = APIRouter(prefix="/v1/glossary", tags=["glossary"], dependencies=[Security(API_KEY)])

_IfMatch = Annotated[
    str,
    Header(
        max_length=2_000,
        description="The `ETag` of the words when you read them. If they have changed since, this is refused (412).",
    ),
]


@router.get(
    "", summary="The company's own words", dependencies=[READ], responses=versions.tagged(examples.shown(EXAMPLE))
)
def get_glossary(company_id: Company, services: Wired, response: Response) -> CompanyGlossary:
    """Accepted words, and names from corrections that you may accept. Words of the operator's file are not listed."""
    glossary = Glossary(services.notes.ledger)
    words = glossary.accepted(company_id)
    response.headers.update(versions.headers(_tag(words)))
    return _shown(services, company_id, words)


@router.put(
    "",
    summary="Accept words",
    dependencies=[WRITE, InPace],
    responses=documented(412, 429) | versions.tagged(examples.shown(EXAMPLE)),
)
def put_glossary(
    company_id: Company, services: Wired, wanted: GlossaryWords, response: Response, if_match: _IfMatch = ""
) -> CompanyGlossary:
    """These words replace those accepted before. Notes that come some minutes later are understood with them."""
    glossary = Glossary(services.notes.ledger)
    words = glossary.accepted(company_id)
    if if_match and not versions.matches(if_match, _tag(words)):
        raise ChangedMeanwhile
    if not glossary.accept(company_id, wanted.words, before=words if if_match else None):
        raise ChangedMeanwhile
    response.headers.update(versions.headers(_tag(wanted.words)))
    return _shown(services, company_id, wanted.words)


@router.put(
    "/dismissed",
    summary="Dismiss a suggested word",
    dependencies=[WRITE, InPace],
    responses=documented(429) | versions.tagged(examples.shown(EXAMPLE)),
)
def put_dismissed(company_id: Company, services: Wired, wanted: WordDismissed, response: Response) -> CompanyGlossary:
    """Nobody in the company is suggested this word again, for 400 days. Only a hash of it is kept."""
    glossary = Glossary(services.notes.ledger)
    glossary.dismiss(company_id, wanted.word, dismissed=wanted.dismissed)
    words = glossary.accepted(company_id)
    response.headers.update(versions.headers(_tag(words)))
    return _shown(services, company_id, words)


def _shown(services: Services, company_id: str, words: Sequence[str]) -> CompanyGlossary:
    suggestions = Glossary(services.notes.ledger).suggestions(company_id, words)
    return CompanyGlossary(words=list(words), suggestions=[SuggestedWord(**asdict(one)) for one in suggestions])


def _tag(words: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
