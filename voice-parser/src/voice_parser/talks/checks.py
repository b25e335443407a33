"""Whether the transcription of a call has begun, and whether a call has ended whose end nobody told.

Nothing waits for that: a delayed job comes back, first after seconds, then each quarter of an hour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.queues import LONGEST_WAIT, Queue
from ai_voice_shared.calls.after_jobs import CallCheckJob
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.telemetry import log, metric
from voice_parser.live.consoles import WHAT_TO_CHECK, Consoles
from voice_parser.live.session import note_job

_LONGEST = timedelta(hours=4, minutes=15)
"""Twilio ends every call after four hours (Twilio, "Call resource")."""


@dataclass(frozen=True)
class CallChecks:
    """Looks after live calls."""

    calls: Calls
    records: LiveRecords
    consoles: Consoles
    queue: Queue
    clock: Callable[[], datetime] = now

    def process(self, job: CallCheckJob) -> None:
        """Looks at a call. Raises RetryLater."""
        call = self.calls.get(job.company_id, job.call_id)
        if call is None or call.status != "live":
            return
        if job.check == 1 and not self.records.state(job.call_id).transcriptions:
            self._say_what_to_check(call)
        if self.clock() - datetime.fromisoformat(call.started_at) > _LONGEST:
            self._end(call)
        else:
            again = CallCheckJob(job.call_id, job.company_id, job.check + 1)
            self.queue.send(again.to_json(), job.company_id, LONGEST_WAIT)

    def _say_what_to_check(self, call: Call) -> None:
        metric("TranscriptionMissing", call_id=call.call_id, company_id=call.company_id)
        log("no transcription", call_id=call.call_id, company_id=call.company_id, check=WHAT_TO_CHECK)
        self.consoles.not_transcribed(call)

    def _end(self, call: Call) -> None:
        ended = self.calls.end(call, timestamp(self.clock()))
        self.queue.send(note_job(ended).to_json(), call.company_id)
