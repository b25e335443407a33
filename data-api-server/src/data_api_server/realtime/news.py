"""What is pushed of a change of a note or a task, or of a live call: to the open connections of its company alone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.live.watchers import Watcher
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.telemetry import log
from data_api_server.notes.summaries import summary
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.pushing import ConnectionGone, Push
from data_api_server.tasks.models import TaskShown

type Message = Mapping[str, object]


@dataclass(frozen=True)
class Newscast:
    """Tells consoles of changes."""

    notes: Notes
    tasks: Tasks
    keys: ApiKeys
    connections: Connections
    push: Push

    def tell(self, job: Mapping[str, Any]) -> None:
        """Pushes the note or the task as it is now. A push that fails harms nothing; a connection that is gone goes.

        The job is one of `ai_voice_shared.live.news`, whose company is that of the thing in the ledger.
        """
        company_id = job["company_id"]
        messages = self._messages(company_id, job)
        watchers = list(self.connections.watchers.of(company_id))
        allowed = {key_id: self.keys.may(company_id, key_id, "read") for key_id in {one.key_id for one in watchers}}
        told = sum(allowed[watcher.key_id] and self._is_told(watcher, messages) for watcher in watchers)
        named = {name: job[name] for name in ("message_id", "task_id", "analysis_id") if name in job}
        log("news told", company_id=company_id, **named, watchers=len(watchers), told=told)

    def _messages(self, company_id: str, job: Mapping[str, Any]) -> list[Message]:
        """What is pushed; of a live call, several things may be told at once."""
        if job["kind"] == "call":
            return [{"type": "call", "id": None, **message} for message in job["messages"]]
        return [self._message(company_id, job)]

    def _message(self, company_id: str, job: Mapping[str, Any]) -> Message:
        match job["kind"]:
            case "analysis":
                return {"type": "analysis", "id": None} | {
                    name: job[name] for name in ("analysis_id", "status", "done")
                }
            case "task":
                return self._task(company_id, job["task_id"])
            case kind:
                return self._note(company_id, job["message_id"], kind)

    def _task(self, company_id: str, task_id: str) -> Message:
        """The task as it is now; null if it is deleted."""
        task = self.tasks.get(company_id, task_id)
        shown = TaskShown.of(task).model_dump(mode="json") if task else None
        return {"type": "task", "id": None, "task_id": task_id, "task": shown}

    def _note(self, company_id: str, message_id: str, kind: str) -> Message:
        note = self.notes.get(company_id, message_id)
        if note is None:  # it may have been erased since
            return {"type": "note.erased", "id": None, "message_id": message_id}
        return {"type": kind, "id": None, "note": summary(note).model_dump(mode="json")}

    def _is_told(self, watcher: Watcher, messages: Sequence[Message]) -> bool:
        try:
            for message in messages:
                self.push.send(watcher.connection_id, message)
        except ConnectionGone:
            with suppress(RetryLater):  # it expires by itself
                self.connections.close(watcher.connection_id)
        except RetryLater as error:
            log("news not told", reason=str(error))
        else:
            return True
        return False
