"""What a client sends and gets about tasks."""

import re
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from ai_voice_shared.artifacts import MESSAGE_ID
from ai_voice_shared.tasks.model import DUE, TASK_ID, Task
from ai_voice_shared.tasks.tasks import TaskFilter
from data_api_server.models import cursors
from data_api_server.models.texts import ON_ONE_LINE, refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_POSITION = re.compile(rf"(?:~|{DUE.pattern})#{TASK_ID.pattern}")
_DUE_TOLD = "YYYY-MM-DD, or YYYY-MM-DDTHH:MM with a time of day, in the company's time zone."

EXAMPLE: dict[str, JsonValue] = {
    "task_id": "SM00000000000000000000000000000001.6b7f3a52c1d04e9b8a77",
    "text": "Order the valve",
    "owner": "Ben",
    "due": "2026-11-20T16:00",
    "done_at": None,
    "source": {
        "message_id": "SM00000000000000000000000000000001",
        "sender_name": "Ana Ruiz",
        "start": 5.3,
        "quote": "Ben, please order the valve today.",
    },
    "created_at": "2026-11-20T09:12:15.902Z",
    "changed_at": "2026-11-20T09:40:00.120Z",
    "etag": '"0b1c5d3f5c1f4b8e8f6d0d4b6f0a1c22"',
}
PAGE: dict[str, JsonValue] = {"tasks": [EXAMPLE], "next": "MjAyNi0xMS0yMCNieS1oYW5kLjAw"}


def _exists(due: str) -> str:
    """A day or a time that exists, in the one form in which text order is time order."""
    if not DUE.fullmatch(due) or not _is_real(due):
        raise refused("Should be a day (`2026-05-04`) or a time (`2026-05-04T16:30`) that exists")
    return due


def _is_real(due: str) -> bool:
    try:
        datetime.fromisoformat(due)
    except ValueError:
        return False
    return True


def _of_tasks(cursor: str) -> str:
    try:
        position = cursors.decode(cursor)
    except ValueError:
        position = ""
    if not _POSITION.fullmatch(position):
        raise refused("Should be the `next` of an earlier page of tasks")
    return position


_Text = Annotated[str, Field(max_length=1_000), ON_ONE_LINE]
_Owner = Annotated[str, Field(max_length=200), ON_ONE_LINE]
_Due = Annotated[str, Field(max_length=16), AfterValidator(_exists)]
_Cursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_of_tasks)]


class TasksQuery(BaseModel):
    """Which tasks to list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(50, ge=1, le=100, description="At most this many.")
    state: Literal["open", "done", "all"] = Field("open", description="Tasks to do, those that are done, or both.")
    owner: str = Field("", max_length=200, description="Only tasks of this owner, in upper or lower case.")
    text: str = Field(
        "", max_length=200, description="Text in the task, its owner or its quote, in upper or lower case."
    )
    note: Annotated[str, Field(pattern=rf"^(?:{MESSAGE_ID})?$")] = Field(
        "", description="Only tasks of this note: its `message_id`."
    )
    cursor: _Cursor | None = Field(None, description="The `next` of the page before.")

    def filter(self) -> TaskFilter:
        """The filter for the ledger."""
        return TaskFilter(self.state, " ".join(self.owner.split()), self.text, self.note)


class NewTask(BaseModel):
    """A task to add."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"text": "Call the client", "due": "2026-11-27"}]}
    )

    text: _Text = Field(description="On one line.")
    owner: _Owner | None = Field(None, description="Who does it.")
    due: _Due | None = Field(None, description=_DUE_TOLD)


class TaskChange(BaseModel):
    """What to change. What you leave out stays; null clears owner or due."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"done": True}, {"due": None}]}
    )

    text: _Text | None = Field(None, description="On one line.")
    owner: _Owner | None = Field(None, description="Who does it; null for nobody.")
    due: _Due | None = Field(None, description=f"{_DUE_TOLD} Null for no date.")
    done: bool | None = Field(None, description="Whether it is done.")
    deleted: Literal[False] | None = Field(
        None, description="`false` brings back a task of a note that was deleted; send its `text`, too."
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise refused("Should have something to change")
        if any(name in self.model_fields_set and getattr(self, name) is None for name in ("text", "done", "deleted")):
            raise refused("`text`, `done` and `deleted` should not be null")
        if self.brings_back and not self.text:
            raise refused("A task that is brought back should have its `text`")
        return self

    @property
    def brings_back(self) -> bool:
        """Whether a deleted task is wanted as well."""
        return self.deleted is False


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TaskSource(_Told):
    """Where the task was said."""

    message_id: str = Field(description="The note.")
    sender_name: str
    start: float | None = Field(
        description="Second of the recording at which the line that says it begins; null if written or not found."
    )
    quote: str | None = Field(description="That line, as it is now; null if it was not found.")


class TaskShown(_Told):
    """One thing to do."""

    task_id: str
    text: str
    owner: str | None
    due: str | None = Field(description=_DUE_TOLD)
    done_at: str | None = Field(description="When it was marked as done (ISO 8601, UTC).", json_schema_extra=_TIME)
    source: TaskSource | None = Field(description="Null for a task that was added by hand.")
    created_at: str = Field(json_schema_extra=_TIME)
    changed_at: str = Field(json_schema_extra=_TIME)
    etag: str = Field(description="Send it as `If-Match` with a change.")

    @classmethod
    def of(cls, task: Task) -> Self:
        """The task as clients see it."""
        source = task.source
        return cls(
            task_id=task.task_id,
            text=task.text,
            owner=task.owner or None,
            due=task.due or None,
            done_at=task.done_at or None,
            source=TaskSource(
                message_id=source.message_id,
                sender_name=source.sender_name,
                start=None if source.start_ms is None else source.start_ms / 1000,
                quote=source.quote or None,
            )
            if source
            else None,
            created_at=task.created_at,
            changed_at=task.changed_at,
            etag=f'"{task.tag}"',
        )


class TasksPage(_Told):
    """Some tasks, by what is due."""

    tasks: list[TaskShown]
    next: str | None = Field(description="Goes on with the list; null at its end.")
