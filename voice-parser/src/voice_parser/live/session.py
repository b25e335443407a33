"""One event of a live call: kept, made a sentence, heard by the listeners, shown to the consoles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.events import Event, NoEvent
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.calls.live_records import KeptEvent, LiveRecords, LiveState
from ai_voice_shared.calls.transcript import Gap, Partial, began, sentence
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.jobs import NoteJob, Parameters
from ai_voice_shared.telemetry import log, metric
from voice_parser.live.consoles import Consoles
from voice_parser.live.gaps import gaps
from voice_parser.live.listening import Listening, Noticed

_SETTLES_SECONDS = 3


@dataclass(frozen=True)
class LiveSession:
    """Takes the events of live calls, those of a call one after the other.

    Attributes:
        company: the company with its settings.
        is_erased: whether the call was erased, by its id.
        notes_queue: takes what is to be done after the call, and the listeners' jobs.
        settles_seconds: how long events may still come after the call; then its note is made.
    """

    calls: Calls
    records: LiveRecords
    company: Callable[[str], Company]
    is_erased: Callable[[str], bool]
    listening: Listening
    consoles: Consoles
    notes_queue: Queue
    settles_seconds: int = _SETTLES_SECONDS

    def take(self, job: LiveJob, attempt: int) -> None:
        """Takes an event. The same one again changes nothing, and does what a kill may have left undone.

        Raises RetryLater or DeadLetter.
        """
        call = self._call(job)
        if call is None:
            return
        if job.is_event:
            self._take_event(call, job, attempt)
        else:
            self._end(call, job)

    def _call(self, job: LiveJob) -> Call | None:
        """The call; None if it was erased. If its beginning could not be kept, it is kept now."""
        if call := self.calls.get(job.company_id, job.call_id):
            return call
        if self.is_erased(job.call_id):
            return None
        call = Call(job.call_id, job.company_id, job.received_at)
        if not self.calls.begin(call):
            raise DeadLetter("the call is another company's")
        return call

    def _take_event(self, call: Call, job: LiveJob, attempt: int) -> None:
        try:
            event = Event.read(job.fields, datetime.fromisoformat(job.received_at))
        except NoEvent as error:
            raise DeadLetter(str(error)) from None
        state, event = self.records.state(call.call_id).numbered(event)
        if event.number in state.seen:
            self._repeat(call, job, event)
        else:
            self._hear(call, job, state, event, attempt)

    def _hear(self, call: Call, job: LiveJob, state: LiveState, event: Event, attempt: int) -> None:
        after = replace(
            state,
            seen=state.seen.with_all([event.number]),
            began_at=event.at if event.kind == "started" else state.began_at or began([event]),
            started=state.started or event.kind == "started",
            ended=state.ended or event.kind == "stopped",
        )
        if event.kind == "content" and (not event.final or not event.text):
            self._keep(call, after, None if not event.final else KeptEvent(event))
            self._show(call, event)
            return
        if event.kind == "content" and call.status == "filed":
            metric("SentenceTooLate", call_id=call.call_id)
        after, noticed = self._noticed(call, after, event, attempt)
        kept = KeptEvent(event, noticed.hints, noticed.jobs)
        self._keep(call, after, kept)
        self._act(call, job, kept, after)

    def _noticed(self, call: Call, state: LiveState, event: Event, attempt: int) -> tuple[LiveState, Noticed]:
        if event.kind != "content":
            return state, Noticed({}, (), ())
        said = sentence(event, state.began_at or event.at)
        noticed = self.listening.hear(self.company(call.company_id), call, state, said, attempt)
        return state.heard(said, noticed.memories), noticed

    def _keep(self, call: Call, state: LiveState, kept: KeptEvent | None) -> None:
        if not self.records.keep(call, state, kept):
            raise RetryLater("another has changed the call meanwhile")

    def _repeat(self, call: Call, job: LiveJob, event: Event) -> None:
        """Does again what follows an event that was kept."""
        if kept := self.records.event(call.call_id, event.number):
            self._act(call, job, kept, self.records.state(call.call_id))

    def _act(self, call: Call, job: LiveJob, kept: KeptEvent, state: LiveState) -> None:
        """What follows an event that is kept."""
        for body in kept.jobs:
            self.notes_queue.send(body, call.company_id)
        match kept.event.kind:
            case "started":
                self.consoles.begun(call)
            case "content":
                said = sentence(kept.event, state.began_at or kept.event.at)
                self.consoles.said(call, said, kept.hints, _changed_gaps(state, kept.event))
            case "error":
                metric("TranscriptionFailed", call_id=call.call_id, problem=kept.event.problem)
                self.consoles.not_transcribed(call, kept.event.problem)
            case "stopped":
                self._end(call, job)

    def _show(self, call: Call, event: Event) -> None:
        if event.speaker and event.text:
            self.consoles.saying(call, Partial(event.speaker, event.number, event.text))

    def _end(self, call: Call, job: LiveJob) -> None:
        """Ends the call, and has its note made."""
        ended = self.calls.end(call, job.received_at)
        log("call ended", call_id=call.call_id, company_id=call.company_id)
        if self.records.state(call.call_id).transcriptions:  # otherwise there is nothing to file but a recording
            self.notes_queue.send(note_job(ended).to_json(), call.company_id, self.settles_seconds)
        self.consoles.ended(ended)


def _changed_gaps(state: LiveState, event: Event) -> Sequence[Gap] | None:
    """What is missing, if the event may have changed it: it filled a gap, or came behind one."""
    missing, last = gaps(state), state.seen.ranges[-1][1]
    return missing if missing or event.number < last else None


def note_job(call: Call, recording_id: str = "") -> NoteJob:
    """The job that files the call; it may be done twice, and then files one note.

    If no words of the call are known, they are taken from this recording.
    """
    fields: Parameters = {"MessageSid": call.call_id}
    if recording_id:
        fields["RecordingSid"] = recording_id
    return NoteJob(fields, call.company_id, call.sender, call.ended_at, source="call")
