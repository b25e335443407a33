"""Tasks over HTTP: what all notes say is to be done, and what a person has added, changed or deleted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response, Security
from starlette.convertors import Convertor, register_url_convertor

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.tasks.model import EDITABLE, TASK_ID, Task
from ai_voice_shared.tasks.tasks import new_id
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import ChangedMeanwhile, NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples
from data_api_server.notes import versions
from data_api_server.services import Services
from data_api_server.tasks.models import EXAMPLE, PAGE, NewTask, TaskChange, TaskShown, TasksPage, TasksQuery


class _TaskIds(Convertor[str]):
    """All but the other paths below `/v1/tasks`, so that each of these offers its own methods alone."""

    regex = "(?!(?:export|feed)$)[^/]+"

    def convert(self, value: str) -> str:
        """The id."""
        return value

    def to_string(self, value: str) -> str:
        """The id in a path."""
        return value


register_url_convertor("task", _TaskIds())

router = APIRouter(prefix="/v1/tasks", tags=["tasks"], dependencies=[Security(API_KEY)])

_TaskId = Annotated[str, Path(description="The `task_id` of a list.")]
_IfMatch = Annotated[
    str,
    Header(
        max_length=2_000,
        description="The task's `etag` when you read it. If somebody else has changed it since, this is refused (412).",
    ),
]
_SHOWN = versions.tagged(examples.shown(EXAMPLE))


@router.get("", summary="List tasks, by what is due", dependencies=[READ], responses=examples.shown(PAGE))
def list_tasks(company_id: Company, services: Wired, query: Annotated[TasksQuery, Query()]) -> TasksPage:
    """Those without a date come last. Go on with `cursor` and the same filters until `next` is null."""
    page = services.tasks.list(company_id, query.filter(), query.limit, query.cursor)
    return TasksPage(tasks=[TaskShown.of(task) for task in page.tasks], next=cursors.encode(page.next))


@router.post(
    "",
    summary="Add a task",
    dependencies=[WRITE, InPace],
    responses=documented(429) | _SHOWN,
)
def add_task(company_id: Company, services: Wired, wanted: NewTask, response: Response) -> TaskShown:
    """A task that no note has said."""
    task = Task(company_id, new_id(), wanted.text, wanted.owner or "", wanted.due or "")
    services.tasks.add(task)
    return _shown(task, response)


@router.get("/{task_id:task}", summary="Read one task", dependencies=[READ], responses=documented(404) | _SHOWN)
def get_task(company_id: Company, services: Wired, task_id: _TaskId, response: Response) -> TaskShown:
    """The task, and where it was said."""
    return _shown(_known(services, company_id, task_id), response)


@router.patch(
    "/{task_id:task}",
    summary="Change a task",
    dependencies=[WRITE, InPace],
    responses=documented(404, 412, 429) | _SHOWN,
)
def change_task(
    company_id: Company,
    services: Wired,
    task_id: _TaskId,
    wanted: TaskChange,
    response: Response,
    if_match: _IfMatch = "",
) -> TaskShown:
    """What you change here stays so, even if the note that says it is corrected or understood again.

    To undo a deletion, send `deleted: false` and the fields of its answer. A task that was added by hand is gone for
    good: add it again.
    """
    task = _in_state(services, company_id, task_id, if_match, gone=wanted.brings_back)
    changed = _changed(task, wanted)
    if changed != task:
        changed = services.tasks.change(task, changed) or _refused()
    return _shown(changed, response)


@router.delete(
    "/{task_id:task}",
    summary="Delete a task",
    dependencies=[WRITE, InPace],
    responses=documented(404, 412, 429) | examples.shown(EXAMPLE),
)
def delete_task(company_id: Company, services: Wired, task_id: _TaskId, if_match: _IfMatch = "") -> TaskShown:
    """Answers with the task as it was. Its note stays as it is, and a correction of it does not bring the task back."""
    task = _in_state(services, company_id, task_id, if_match)
    if not services.tasks.delete(task):
        raise ChangedMeanwhile
    return TaskShown.of(task)


def _known(services: Services, company_id: str, task_id: str, *, gone: bool = False) -> Task:
    task = services.tasks.get(company_id, task_id, gone=gone) if TASK_ID.fullmatch(task_id) else None
    if task is None:
        raise NotThere
    return task


def _in_state(services: Services, company_id: str, task_id: str, if_match: str, *, gone: bool = False) -> Task:
    task = _known(services, company_id, task_id, gone=gone)
    if if_match and not versions.matches(if_match, task.tag):
        raise ChangedMeanwhile
    return task


def _refused() -> Task:
    raise ChangedMeanwhile


def _shown(task: Task, response: Response) -> TaskShown:
    response.headers.update(versions.headers(task.tag))
    return TaskShown.of(task)


def _changed(task: Task, wanted: TaskChange) -> Task:
    """The task with what was sent. Done again keeps the time at which it was done first."""
    given = {name: getattr(wanted, name) or "" for name in EDITABLE if name in wanted.model_fields_set}
    right = {name: given.get(name, getattr(task, name)) for name in EDITABLE}
    done_at = task.done_at
    if wanted.done is not None:
        done_at = (task.done_at or timestamp(now())) if wanted.done else ""
    return replace(task, **right, edited=_edited(task, right), done_at=done_at, gone=False)


def _edited(task: Task, right: Mapping[str, str]) -> tuple[str, ...]:
    """Which fields a person has changed. Of a deleted task, only its words are still known: those of its note."""
    if task.by_hand:
        return ()
    before = {**right, "text": task.said} if task.gone else {name: getattr(task, name) for name in EDITABLE}
    return tuple(name for name in EDITABLE if right[name] != before[name] or name in task.edited)
