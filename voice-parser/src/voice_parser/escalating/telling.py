"""How a company hears of an escalation: its systems by webhook, its supervisor by WhatsApp, each once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ai_voice_shared import steps, twilio_errors
from ai_voice_shared.aws.ledger_items import expiry
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.calls.model import Hint
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company, now
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.usage import OverBudget, Usage, Used
from ai_voice_shared.telemetry import log, metric
from ai_voice_shared.webhooks.events import Publisher
from voice_parser.escalating.planning import Plan, Planning
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.twilio.api import FeedbackRefused, Template
from voice_parser.worker.heartbeat import beating

KEPT = timedelta(days=35)
"""Longer than Twilio keeps copies of what we send."""

_STEP = steps.part(steps.ESCALATION)
_BY_TEMPLATE = steps.part(steps.ESCALATION, 2)


@dataclass(frozen=True)
class EscalationMessages:
    """Tells of escalations.

    Attributes:
        our_number: from which supervisors are told, as `whatsapp:+…`; empty: they are not told.
        webhooks: None where there are none.
        template: sid of the template outside of the 24 hours; empty for none. {{1}} is the customer, {{2}} the cause.
    """

    calls: Calls
    checkpoints: Checkpoints
    customers: CustomerLookup
    planning: Planning
    outbox: Outbox
    usage: Usage
    webhooks: Publisher | None = None
    our_number: str = ""
    template: str = ""
    clock: Callable[[], datetime] = now

    def process(self, job: EscalationJob, lease: timedelta) -> None:
        """Tells of it, unless it was told, or the call is erased; raises RetryLater or DeadLetter.

        Its checkpoint lets one worker at a time do so, and says what became of it.
        """
        checkpoint = self.checkpoints.claim(job.message_id, job.company_id, lease)
        try:
            with beating(lambda: checkpoint.extend(lease)):
                if not checkpoint.finished:
                    self._tell(job, checkpoint)
                    self._finish(checkpoint)
        except BaseException:
            checkpoint.release()
            raise

    def _tell(self, job: EscalationJob, checkpoint: Checkpoint) -> None:
        erased = self.checkpoints.is_erased(job.call_id)
        call = None if erased else self.calls.get(job.company_id, job.call_id)
        hint = self._hint(job) if call else None
        company = self.customers.company(job.company_id)
        if call is None or hint is None or company is None:
            log("no escalation to tell of", message_id=job.message_id, company_id=job.company_id)
            return
        if self.webhooks:
            self.webhooks.call_escalated(job.company_id, job.call_id, job.cause)
        self._message(job, checkpoint, company, call, hint)

    def _hint(self, job: EscalationJob) -> Hint | None:
        kept = LiveRecords(self.calls.ledger).event(job.call_id, job.number)
        hints = kept.hints if kept else ()
        return next((one for one in hints if one.kind == "escalation" and one.content["cause"] == job.cause), None)

    def _message(self, job: EscalationJob, checkpoint: Checkpoint, company: Company, call: Call, hint: Hint) -> None:
        planned = checkpoint.once(
            steps.ESCALATION_PLAN, lambda: self.planning.plan(company, call, hint, self.clock()), Plan
        )
        if not planned.address:
            return
        if not self.our_number:
            self._not_sent(job, "no number to send from")
            return
        try:
            self.usage.check(job.company_id, company.budget)
        except OverBudget:
            self._not_sent(job, "over budget")
            return
        self._send(job, checkpoint, planned)

    def _send(self, job: EscalationJob, checkpoint: Checkpoint, planned: Plan) -> None:
        """As a text, or by a template."""
        code = ""
        if planned.free:
            sent, code = self._tried(job, checkpoint, planned, _STEP, Outgoing(planned.words))
            if sent or not twilio_errors.failure(code).template_helps:
                return
        if not self.template:
            self._not_sent(job, code or "no template, and the supervisor wrote nothing for a day")
            return
        by_template = Outgoing(template=Template(self.template, dict(planned.values)))
        self._tried(job, checkpoint, planned, _BY_TEMPLATE, by_template)

    def _tried(
        self, job: EscalationJob, checkpoint: Checkpoint, planned: Plan, step: str, outgoing: Outgoing
    ) -> tuple[str, str]:
        """The sid of what is sent, now or before; or the code with which Twilio refuses it."""
        to = Address(job.message_id, job.company_id, self.our_number, planned.address)
        try:
            sid = checkpoint.once_known(step, lambda: self.outbox.send_once(to, step, outgoing), str)
        except FeedbackRefused as refused:
            self._not_sent(job, f"refused with code {refused.code}")
            return "", refused.code
        self.outbox.replies.forget_text(job.message_id, step)
        self.usage.count_once(job.company_id, f"{job.message_id}#{step}", Used(messages_sent=1))
        log("supervisor told", message_id=job.message_id, company_id=job.company_id, step=step)
        return sid, ""

    def _not_sent(self, job: EscalationJob, why: str) -> None:
        """Shows an operator that it was not sent, and why."""
        metric("EscalationNotSent", message_id=job.message_id, company_id=job.company_id, reason=why)

    def _finish(self, checkpoint: Checkpoint) -> None:
        """Nothing is left to do, and the words of the message are not needed any more: both in one write."""
        done = checkpoint.finishing
        values = {**done.values, "expires_at": expiry(now() + KEPT)}
        has_plan = checkpoint.has(steps.ESCALATION_PLAN)
        planned = [checkpoint.replacing(steps.ESCALATION_PLAN, Plan())] if has_plan else []
        self.calls.ledger.write_all([replace(done, values=values), *planned])
