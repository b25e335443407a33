"""How each kind of job in the queue of notes is done."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.jobs import AnalyzeJob, FollowUpJob, NoteJob, NotesJob, UnderstandJob
from ai_voice_shared.people.evening_job import EveningJob
from voice_parser.analyzing.making import Making
from voice_parser.calling.call_jobs import CallJobs
from voice_parser.evening.sending import EveningMessages
from voice_parser.replying.follow_up import FollowUp
from voice_parser.worker.analysis_again import AnalysisAgain
from voice_parser.worker.messages import Messages
from voice_parser.worker.note import NoteProcessor

type Job = NotesJob


@dataclass(frozen=True)
class NotePipeline:
    """Does jobs. Whatever was done before a failure is not done again."""

    messages: Messages
    processor: NoteProcessor
    follow_up: FollowUp
    analysis_again: AnalysisAgain
    making: Making
    evening_messages: EveningMessages
    calls: CallJobs

    def work_on(self, job: Job, lease: timedelta) -> None:
        """Does the job; raises RetryLater (Wait among them) or DeadLetter.

        `lease`: for how long a message is ours without a sign of life.
        """
        match job:
            case FollowUpJob():
                self.follow_up.process(job)
            case UnderstandJob():
                self.analysis_again.process(job)
            case AnalyzeJob():
                self.making.process(job, lease)
            case EveningJob():
                self.evening_messages.process(job, lease)
            case NoteJob():
                with self.messages.held(job, lease) as work:
                    if work:
                        self.processor.process(work)
            case _:
                self.calls.work_on(job, lease)

    def give_up(self, job: Job, why: str, lease: timedelta) -> bool:
        """Shows on the note why it was parked, and tells the sender; raises like `work_on`.

        Returns whether there was anything to give up: the message may be finished or erased by now.
        """
        match job:
            case FollowUpJob() | EveningJob():
                return True
            case UnderstandJob():
                self.analysis_again.give_up(job)
                return True
            case AnalyzeJob():
                return self.making.give_up(job, lease)
            case NoteJob():
                with self.messages.held(job, lease) as work:
                    if work:
                        self.processor.give_up(work, why)
                    return work is not None
            case _:
                return self.calls.give_up(job, lease)
