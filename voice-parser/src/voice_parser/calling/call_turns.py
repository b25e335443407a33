"""What the worker does for calls: it answers a question, settles a call that has ended, tells of a locked PIN."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from ai_voice_shared import steps
from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.aws.ledger_items import expiry
from ai_voice_shared.calls.asking import LISTED, AskedCall, AskedCalls, AskedTurn
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.domain import now
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.usage import Used
from voice_parser.calling.call_answers import CallAnswers
from voice_parser.calling.messages_to_callers import MessagesToCallers
from voice_parser.worker.heartbeat import beating

_NO_WORDS = Answer((), "", "", "none")


@dataclass(frozen=True)
class CallTurns:
    """Does the jobs of calls, each once. A job that comes late, or again, does no harm."""

    checkpoints: Checkpoints
    calls: AskedCalls
    answers: CallAnswers
    messages: MessagesToCallers
    pins: Pins

    def process(self, job: CallTurnJob, lease: timedelta) -> None:
        """Does the job; raises RetryLater (Busy among them) or DeadLetter."""
        with self._held(job, lease) as checkpoint:
            call = self._call(job) if checkpoint else None
            if checkpoint is None or call is None:
                return
            match job.what:
                case "asked":
                    self._answer(job, call, checkpoint)
                case "ended":
                    self._settle(call, checkpoint)
                case "locked":
                    self._tell_locked(call, checkpoint)

    def give_up(self, job: CallTurnJob, lease: timedelta) -> bool:
        """Apologises for a question that cannot be answered: in the call if it waits there, otherwise by WhatsApp.

        Returns whether there was anything to give up; raises like `process`.
        """
        with self._held(job, lease) as checkpoint:
            call = self._call(job) if checkpoint else None
            if checkpoint is None or call is None or job.what != "asked":
                return False
            turn = self.calls.turn(job.call_id, job.turn)
            if turn is None or self.calls.becomes(job.call_id, turn, "failed", since=("asked",)):
                return turn is not None
            if turn.status == "later":
                apology = f"{_asked(turn, call)}\n\n{phrase('call_failed', call.language)}"
                self.messages.send(call, checkpoint, apology)
                self.calls.becomes(job.call_id, turn, "failed", since=("later",))
            return True

    @contextmanager
    def _held(self, job: CallTurnJob, lease: timedelta) -> Iterator[Checkpoint | None]:
        """The job's checkpoint, which no other worker has during the block; None if nothing is left to do."""
        checkpoint = self.checkpoints.claim(job.message_id, job.company_id, lease)
        try:
            with beating(lambda: checkpoint.extend(lease)):
                yield None if checkpoint.finished or checkpoint.company_id != job.company_id else checkpoint
                if not checkpoint.finished:
                    self._finish(checkpoint)
        except BaseException:
            checkpoint.release()
            raise

    def _finish(self, checkpoint: Checkpoint) -> None:
        """Nothing is left to do, and the words of the answer are not needed here any more: both in one write."""
        done = checkpoint.finishing
        values = {**done.values, "expires_at": expiry(now() + LISTED)}
        words = [checkpoint.replacing(steps.ANSWER, _NO_WORDS)] if checkpoint.has(steps.ANSWER) else []
        self.calls.ledger.write_all([replace(done, values=values), *words])

    def _call(self, job: CallTurnJob) -> AskedCall | None:
        """The call, if it is this company's and this customer's: the ledger decides, not the job."""
        call = self.calls.get(job.call_id)
        ours = call and (call.company_id, call.customer_id) == (job.company_id, job.customer_id)
        return call if ours else None

    def _tell_locked(self, call: AskedCall, checkpoint: Checkpoint) -> None:
        if self.pins.tells_locked(call.company_id, call.customer_id, call.call_id):
            self.messages.send(call, checkpoint, phrase("pin_locked", call.language))

    def _answer(self, job: CallTurnJob, call: AskedCall, checkpoint: Checkpoint) -> None:
        """Tells the answer in the call; by WhatsApp if the caller was told so, or is gone."""
        turn = self.calls.turn(job.call_id, job.turn)
        if turn is None or not call.proven:
            return
        answered = self.answers.answer(call, turn, checkpoint)
        if not self.calls.move(call.call_id, answered, since=("asked",)):
            standing = self.calls.turn(job.call_id, job.turn)
            if standing and standing.status == "later" and not standing.written:
                self._send(call, checkpoint, standing, answered.written)
        self.answers.remember(call, turn, checkpoint)

    def _settle(self, call: AskedCall, checkpoint: Checkpoint) -> None:
        """Counts the minutes, and sends what was answered and not said any more.

        What is still worked on becomes `later`: its own job sends it.
        """
        used = Used(call_milliseconds=call.seconds * 1000)
        self.messages.usage.count_once(call.company_id, f"CALL#{call.call_id}", used)
        for turn in self.calls.turns(call.call_id):
            if self.calls.becomes(call.call_id, turn, "later", since=("asked", "answered")) or turn.status == "later":
                standing = self.calls.turn(call.call_id, turn.turn)
                if standing and standing.written:
                    self._send(call, checkpoint, standing, standing.written)

    def _send(self, call: AskedCall, checkpoint: Checkpoint, turn: AskedTurn, written: str) -> None:
        text = f"{_asked(turn, call)}\n\n{written}"
        self.messages.send(call, checkpoint, text, f"feedback-{turn.turn}")
        self.calls.becomes(call.call_id, turn, "sent", since=("later",))


def _asked(turn: AskedTurn, call: AskedCall) -> str:
    return phrase("call_answer", call.language, question=turn.question)
