"""How an analysis is asked for: which notes it is of, and whether it can be made at all."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from fastapi.exceptions import RequestValidationError

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import MOST_NOTES, Analysis, Choice, Reason, begun
from ai_voice_shared.analyses.template import Template
from ai_voice_shared.analyses.templates import Templates
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import AnalyzeJob
from ai_voice_shared.records.note_lists import Filter
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.times import zones
from data_api_server.analyses.models import AnalysisWanted
from data_api_server.models.ask import Unknown
from data_api_server.services import Services

_READ_AT_ONCE = 10
_FALLBACK = "en"


def language_of(services: Services, company_id: str, wanted: str | None) -> str:
    """The language for what the platform itself says: the one that is wanted, or the company's usual one."""
    if wanted:
        return wanted
    company = services.quotas.customers.company(company_id)
    return next(iter(company.languages if company else ()), _FALLBACK)


def make(services: Services, company_id: str, wanted: AnalysisWanted) -> Analysis:
    """The analysis, which is queued, or refused at once; raises Unknown for what this company does not have."""
    language = language_of(services, company_id, wanted.language)
    template = Templates(services.notes.ledger).get(company_id, wanted.template_id, language)
    if template is None:
        raise Unknown("template_id", "This template does not exist")
    _check(template, wanted)
    notes = _of_day(services, company_id, wanted.day) if wanted.day else _chosen(services, company_id, wanted)
    choice = Choice(template, tuple(notes[:MOST_NOTES]), dict(wanted.fields), wanted.language or template.language)
    return _begin(services, company_id, choice, wanted.day or "", "too-many-notes" if len(notes) > MOST_NOTES else None)


def again(services: Services, before: Analysis, choice: Choice) -> Analysis:
    """A new analysis with the same choice, by the template as it is now, if it is still there."""
    company_id = before.company_id
    template = choice.template
    now = Templates(services.notes.ledger).get(company_id, template.template_id, choice.language or template.language)
    notes = _of_day(services, company_id, before.day) if before.day else choice.note_ids
    same = replace(choice, template=now or template, note_ids=tuple(notes[:MOST_NOTES]))
    return _begin(services, company_id, same, before.day, "too-many-notes" if len(notes) > MOST_NOTES else None)


def _begin(services: Services, company_id: str, choice: Choice, day: str, refusal: Reason | None) -> Analysis:
    refusal = refusal or _refusal(services, company_id, choice)
    analysis = begun(company_id, choice, day)
    if refusal:
        analysis = replace(analysis, status="refused", reason=refusal)
    analyses = Analyses(services.notes.ledger)
    analyses.add(analysis, choice)
    if not refusal:
        _queue(services, analyses, analysis)
    return analysis


def _queue(services: Services, analyses: Analyses, analysis: Analysis) -> None:
    """Has it made; if the queue does not take the job, nothing of it stays, and the client is told to try again."""
    job = AnalyzeJob(analysis.analysis_id, analysis.company_id)
    try:
        services.notes_queue.send(job.to_json(), analysis.company_id)
    except RetryLater:
        analyses.delete(analysis.company_id, analysis.analysis_id)
        raise


def _refusal(services: Services, company_id: str, choice: Choice) -> Reason | None:
    """Why nothing can be made of it now. The worker looks once more, as this may change until then."""
    if services.answering is None or services.answering.model is None:
        return "no-model"
    if not choice.note_ids:
        return "no-notes"
    try:
        services.quotas.understanding(company_id)
    except OverBudget:
        return "budget"
    return None


def _check(template: Template, wanted: AnalysisWanted) -> None:
    if (template.over == "day") != (wanted.day is not None):
        of = "a day: send `day`" if template.over == "day" else "notes: send `note_ids`"
        raise _refused(f"This template is of {of}", "note_ids" if template.over == "day" else "day")
    known = {field.name for field in template.fields}
    if unknown := sorted(wanted.fields.keys() - known):
        raise _refused("The template has no such field", "fields", unknown[0])
    missing = [field.name for field in template.fields if field.required and field.name not in wanted.fields]
    if missing:
        raise _refused("This field has to be filled in", "fields", missing[0])


def _chosen(services: Services, company_id: str, wanted: AnalysisWanted) -> Sequence[str]:
    note_ids = list(dict.fromkeys(wanted.note_ids or ()))
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        found = list(threads.map(lambda one: services.notes.get(company_id, one), note_ids))
    missing = next((place for place, note in enumerate(found) if note is None), None)
    if missing is not None:
        raise Unknown(f"note_ids.{missing}", "This note does not exist")
    return note_ids


def _of_day(services: Services, company_id: str, day: str) -> Sequence[str]:
    """The notes that were received on this day, and one more than an analysis may have if there are so many."""
    where, begins = services.zone(company_id), date.fromisoformat(day)
    ends = zones.begins(begins + timedelta(days=1), where) if begins < date.max else None
    wanted = Filter(since=zones.begins(begins, where), until=ends)
    page = services.notes.list(company_id, wanted, MOST_NOTES + 1, oldest_first=True)
    return [note.message_id for note in page.notes]


def _refused(problem: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *place), "msg": problem, "type": "refused"}])
