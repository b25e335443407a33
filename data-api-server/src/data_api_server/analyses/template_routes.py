"""Templates over HTTP: what analyses have to say."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response, Security

from ai_voice_shared.analyses.template import Template
from ai_voice_shared.analyses.templates import MOST, Templates
from data_api_server.analyses.asking_for import language_of
from data_api_server.analyses.template_models import EXAMPLE, TEMPLATES, TemplateShown, TemplatesShown, TemplateWanted
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import ChangedMeanwhile, NotNow, NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.notes import versions
from data_api_server.services import Services

router = APIRouter(prefix="/v1/templates", tags=["analyses"], dependencies=[Security(API_KEY)])

_TemplateId = Annotated[str, Path(max_length=64, description="The `template_id` of a list.")]
_Language = Annotated[
    str,
    Query(
        max_length=35,
        pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$",
        description="Of the texts that are built in (BCP 47); by default the company's usual one.",
    ),
]
_IfMatch = Annotated[
    str,
    Header(
        max_length=2_000,
        description="The template's `etag` when you read it. If somebody else has changed it since, this is refused.",
    ),
]


@router.get("", summary="List templates", dependencies=[READ], responses=examples.shown(TEMPLATES))
def list_templates(company_id: Company, services: Wired, language: _Language = "") -> TemplatesShown:
    """Those that are built in come first, then the company's own, at most 100."""
    every = _templates(services).all(company_id, language_of(services, company_id, language))
    return TemplatesShown(templates=[TemplateShown.of(one) for one in every])


@router.post(
    "",
    status_code=201,
    summary="Add a template",
    dependencies=[WRITE, InPace],
    responses=documented(409, 429) | versions.tagged(examples.shown(EXAMPLE, 201)),
)
def add_template(company_id: Company, services: Wired, wanted: TemplateWanted, response: Response) -> TemplateShown:
    """What an analysis has to say, in the company's own words."""
    made = _templates(services).add(company_id, wanted.template())
    if made is None:
        raise NotNow(f"There are {MOST} templates already; delete one first.")
    return _shown(made, response)


@router.put(
    "/{template_id}",
    summary="Change a template",
    dependencies=[WRITE, InPace],
    responses=documented(404, 409, 412, 429) | versions.tagged(examples.shown(EXAMPLE)),
)
def change_template(
    company_id: Company,
    services: Wired,
    template_id: _TemplateId,
    wanted: TemplateWanted,
    response: Response,
    if_match: _IfMatch = "",
) -> TemplateShown:
    """Analyses that were made with it stay as they are. A template that is built in cannot be changed: copy it."""
    known = _own(services, company_id, template_id)
    if if_match and not versions.matches(if_match, known.tag):
        raise ChangedMeanwhile
    changed = _templates(services).change(company_id, known, wanted.template())
    if changed is None:
        raise ChangedMeanwhile
    return _shown(changed, response)


@router.delete(
    "/{template_id}",
    status_code=204,
    summary="Delete a template",
    dependencies=[WRITE, InPace],
    responses=documented(404, 409, 429),
)
def delete_template(company_id: Company, services: Wired, template_id: _TemplateId) -> None:
    """Analyses that were made with it stay."""
    known = _own(services, company_id, template_id)
    _templates(services).delete(company_id, known.template_id)


def _templates(services: Services) -> Templates:
    return Templates(services.notes.ledger)


def _own(services: Services, company_id: str, template_id: str) -> Template:
    found = _templates(services).get(company_id, template_id, "")
    if found is None:
        raise NotThere
    if found.built_in:
        raise NotNow("This template is built in, so nobody can change it. Make a copy with POST /v1/templates.")
    return found


def _shown(one: Template, response: Response) -> TemplateShown:
    response.headers.update(versions.headers(one.tag))
    return TemplateShown.of(one)
