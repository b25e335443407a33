"""How each kind of job about calls is done."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.calls.after_jobs import CallCheckJob, CallRecordingJob
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.jobs import CallJob
from ai_voice_shared.mood.escalation_job import EscalationJob
from voice_parser.calling.call_turns import CallTurns
from voice_parser.escalating.telling import EscalationMessages
from voice_parser.talks.checks import CallChecks
from voice_parser.talks.recordings import CallRecordings


@dataclass(frozen=True)
class CallJobs:
    """Does them, like `NotePipeline`."""

    checks: CallChecks
    recordings: CallRecordings
    turns: CallTurns
    escalations: EscalationMessages

    def work_on(self, job: CallJob, lease: timedelta) -> None:
        """Does the job; raises RetryLater (Wait among them) or DeadLetter."""
        match job:
            case CallCheckJob():
                self.checks.process(job)
            case CallRecordingJob():
                self.recordings.process(job, lease)
            case CallTurnJob():
                self.turns.process(job, lease)
            case EscalationJob():
                self.escalations.process(job, lease)

    def give_up(self, job: CallJob, lease: timedelta) -> bool:
        """Tells a caller who waits for an answer; returns whether there was anything to give up."""
        return self.turns.give_up(job, lease) if isinstance(job, CallTurnJob) else True
