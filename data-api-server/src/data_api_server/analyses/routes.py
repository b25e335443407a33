"""Analyses over HTTP: made of notes by a template as a job, cited like answers, kept, and downloaded."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Security
from fastapi.responses import Response

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import ANALYSIS_ID, Analysis, Content
from data_api_server.analyses import asking_for, shown
from data_api_server.analyses.examples import ANALYSIS, MARKDOWN, PAGE
from data_api_server.analyses.markdown import markdown
from data_api_server.analyses.models import AnalysesPage, AnalysesQuery, AnalysisShown, AnalysisWanted
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples
from data_api_server.services import Services

router = APIRouter(prefix="/v1/analyses", tags=["analyses"], dependencies=[Security(API_KEY)])

_AnalysisId = Annotated[str, Path(max_length=64, description="The `analysis_id` of a list.")]


@router.get("", summary="List analyses", dependencies=[READ], responses=examples.shown(PAGE))
def list_analyses(company_id: Company, services: Wired, query: Annotated[AnalysesQuery, Query()]) -> AnalysesPage:
    """The newest first. They are kept until somebody deletes them."""
    found = _analyses(services).latest(company_id, query.limit + 1, query.cursor or "")
    page = found[: query.limit]
    position = page[-1].analysis_id if len(found) > len(page) else None
    return AnalysesPage(analyses=[shown.short(one) for one in page], next=cursors.encode(position))


@router.post(
    "",
    status_code=202,
    summary="Make an analysis",
    dependencies=[WRITE, InPace],
    responses=documented(429) | examples.shown(ANALYSIS, 202),
)
def make_analysis(company_id: Company, services: Wired, wanted: AnalysisWanted) -> AnalysisShown:
    """It begins at once and takes seconds to minutes. Read its status by its `analysis_id`, or over the WebSocket.

    Every statement cites the notes word for word, as in answers; what cannot be verified is left out and counted.
    """
    return _shown(services, asking_for.make(services, company_id, wanted))


@router.get(
    "/{analysis_id}",
    summary="Read one analysis",
    dependencies=[READ],
    responses=documented(404) | examples.shown(ANALYSIS),
)
def get_analysis(company_id: Company, services: Wired, analysis_id: _AnalysisId) -> AnalysisShown:
    """How far it has come, and what it says. If a note is erased, its statements are gone."""
    one, content = _known(services, company_id, analysis_id)
    return shown.whole(services, one, content)


@router.get(
    "/{analysis_id}/markdown",
    summary="An analysis as a Markdown file",
    dependencies=[READ],
    responses=documented(404) | {200: {"content": {"text/markdown": {"example": MARKDOWN}}}},
    response_class=Response,
)
def download_analysis(company_id: Company, services: Wired, analysis_id: _AnalysisId) -> Response:
    """Its citations are footnotes. Nothing in it is a link."""
    one, content = _known(services, company_id, analysis_id)
    headers = {"content-disposition": f'attachment; filename="{analysis_id}.md"', "cache-control": "no-store"}
    written = markdown(one, content, services.zone(company_id))
    return Response(written, media_type="text/markdown", headers=headers)


@router.post(
    "/{analysis_id}/again",
    status_code=202,
    summary="Make an analysis again",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429) | examples.shown(ANALYSIS, 202),
)
def make_analysis_again(company_id: Company, services: Wired, analysis_id: _AnalysisId) -> AnalysisShown:
    """A new analysis of the same notes, or of the same day; this one is kept."""
    one, content = _known(services, company_id, analysis_id)
    return _shown(services, asking_for.again(services, one, content.choice))


@router.delete(
    "/{analysis_id}",
    status_code=204,
    summary="Delete an analysis",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429),
)
def delete_analysis(company_id: Company, services: Wired, analysis_id: _AnalysisId) -> None:
    """The notes stay. If it is being made, it is not made to its end."""
    one, _ = _known(services, company_id, analysis_id)
    _analyses(services).delete(company_id, one.analysis_id)


def _analyses(services: Services) -> Analyses:
    return Analyses(services.notes.ledger)


def _shown(services: Services, one: Analysis) -> AnalysisShown:
    content = _analyses(services).content(one.company_id, one.analysis_id)
    if content is None:
        raise NotThere  # somebody has deleted it at once
    return shown.whole(services, one, content)


def _known(services: Services, company_id: str, analysis_id: str) -> tuple[Analysis, Content]:
    if not ANALYSIS_ID.fullmatch(analysis_id):
        raise NotThere
    one = _analyses(services).get(company_id, analysis_id)
    content = _analyses(services).content(company_id, analysis_id) if one else None
    if one is None or content is None:
        raise NotThere
    return one, content
