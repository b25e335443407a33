"""What a client sends and gets about tasks as files and as a calendar."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.tasks.tasks import TaskFilter

_TIME: dict[str, JsonValue] = {"format": "date-time"}
FEED: dict[str, JsonValue] = {"made_at": "2026-11-20T09:12:15.902Z", "read_at": "2026-11-20T10:15:00.000Z"}
NEW_FEED: dict[str, JsonValue] = {"address": "feeds/tasks/vN8e1mF2b7Qk0sLxXrT5aYcUwZp3GhJd6iEoKq9uRtA.ics"}


class ExportQuery(BaseModel):
    """Which tasks a file has, and in which form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["csv", "json", "md", "ics"] = Field(description="The file's format.")
    state: Literal["open", "done", "all"] = Field("open", description="Tasks to do, those that are done, or both.")
    owner: str = Field("", max_length=200, description="Only tasks of this owner, in upper or lower case.")
    text: str = Field("", max_length=200, description="Text in the task, its owner or its quote.")

    def filter(self) -> TaskFilter:
        """The filter for the ledger."""
        return TaskFilter(self.state, " ".join(self.owner.split()), self.text)


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TaskFeed(_Told):
    """The address at which calendars read the open tasks."""

    made_at: str = Field(json_schema_extra=_TIME)
    read_at: str | None = Field(
        description="When a calendar last read it, to within five minutes.", json_schema_extra=_TIME
    )


class NewTaskFeed(_Told):
    """A new address."""

    address: str = Field(description="Relative to the API's own address. Keep it: it is not shown again.")
