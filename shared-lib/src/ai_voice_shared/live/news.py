"""What a company's open consoles are told of a change of a note or a task: the WebSocket's function is started with it.

It is started only if somebody watches. Whoever changes a note does not wait for the pushes. A push may be lost, a note
is not: a console that lists its notes again sees the same.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws import functions
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.live.watchers import Watchers
from ai_voice_shared.records.note_lists import STEP
from ai_voice_shared.records.notes import NoteChange
from ai_voice_shared.steps import ASKS, SEARCHABLE
from ai_voice_shared.tasks.changes import TaskChange
from ai_voice_shared.telemetry import log

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

    from ai_voice_shared.analyses.analyses import Hears
    from ai_voice_shared.analyses.model import Analysis

type Kind = Literal["note", "note.changed", "note.erased", "task", "analysis", "call"]

_STAGES = {STEP + step for step in (SEARCHABLE, *ASKS)}
"""Attributes of steps that change a note's stage without its status."""

_KNOWN_FOR = 3.0
"""Seconds for which a process remembers whether anybody of a company watches."""


@dataclass(frozen=True)
class News:
    """Hears of changes of notes and tasks.

    Attributes:
        begin: starts the function that pushes, with a job (JSON).
    """

    watchers: Watchers
    begin: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, bool]] = field(default_factory=dict)

    def __call__(self, change: NoteChange) -> None:
        """Has the change told, if somebody watches. Raises RetryLater."""
        if kind := kind_of(change):
            self._tell(change.company_id, kind, {"message_id": change.message_id})

    def task_changed(self, change: TaskChange) -> None:
        """The same of a task."""
        self._tell(change.company_id, "task", {"task_id": change.task_id})

    def of_call(self, company_id: str, messages: Sequence[Mapping[str, object]]) -> None:
        """What happens in a live call, as it is shown. Raises RetryLater."""
        if messages:
            self._tell(company_id, "call", {"messages": messages})

    def _tell(self, company_id: str, kind: Kind, named: Mapping[str, object]) -> None:
        if self._is_watched(company_id):
            self.begin(json.dumps({"news": {"company_id": company_id, "kind": kind, **named}}))

    def of_analysis(self, analysis: "Analysis") -> None:
        """The same of an analysis. A push that fails harms nothing."""
        told: dict[str, str | int] = {"status": analysis.status, "done": analysis.done}
        try:
            self._tell(analysis.company_id, "analysis", {"analysis_id": analysis.analysis_id, **told})
        except RetryLater as error:
            log("analysis not told", analysis_id=analysis.analysis_id, reason=str(error))

    def _is_watched(self, company_id: str) -> bool:
        moment = self.clock()
        until, watched = self._known.get(company_id, (moment, False))
        if until <= moment:
            watched = self.watchers.any_of(company_id)
            self._known[company_id] = (moment + _KNOWN_FOR, watched)
        return watched


def kind_of(change: NoteChange) -> Kind | None:
    """What is told of the change; None if it shows nowhere in a list."""
    if not change.values:
        return "note.erased"
    if "status" in change.values:
        return "note"
    if not all(name.startswith(STEP) for name in change.values):
        return "note.changed"
    return None if _STAGES.isdisjoint(change.values) else "note"


def subscribers(ledger: Ledger, function_name: str) -> tuple[News, ...]:
    """Who hears of changes, for `Notes` and `Tasks`; nobody if there is no function that pushes."""
    return (_news(ledger, function_name),) if function_name else ()


def of_analyses(ledger: Ledger, function_name: str) -> "Hears":
    """Who hears of changes of analyses, for `Analyses`; nobody if there is no function that pushes."""
    return _news(ledger, function_name).of_analysis if function_name else lambda _analysis: None


def of_calls(ledger: Ledger, function_name: str) -> Callable[[str, Sequence[Mapping[str, object]]], None]:
    """Who hears of live calls; nobody if there is no function that pushes."""
    return _news(ledger, function_name).of_call if function_name else lambda _company_id, _messages: None


def _news(ledger: Ledger, function_name: str) -> News:
    client: LambdaClient = aws.late(aws.lambda_at_once)
    return News(Watchers(ledger), lambda job: functions.begin(client, function_name, job))
