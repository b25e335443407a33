"""How a sender's evening message of one day is sent: once, or not at all, and then an operator sees why."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ai_voice_shared import steps, twilio_errors
from ai_voice_shared.aws.ledger_items import expiry
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, identities
from ai_voice_shared.domain import now
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.evening_times import LATEST, due_on
from ai_voice_shared.people.evenings import Evening, Evenings
from ai_voice_shared.people.sent_evenings import KEPT, SentEvenings
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.usage import OverBudget, Usage, Used
from ai_voice_shared.telemetry import log, metric
from ai_voice_shared.times import zones
from voice_parser.commands.sources import Sources, Told
from voice_parser.evening.planning import Plan, plan
from voice_parser.evening.waiting_lines import WaitingLines
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.twilio.api import FeedbackRefused, Template
from voice_parser.worker.heartbeat import beating

_STEP = steps.part(steps.EVENING)
_BY_TEMPLATE = steps.part(steps.EVENING, 2)


@dataclass(frozen=True)
class EveningMessages:
    """Sends evening messages.

    Attributes:
        template: sid of the template outside of the 24 hours; empty for none. {{1}} is how many things wait, {{2}} the
            most urgent one.
    """

    evenings: Evenings
    checkpoints: Checkpoints
    customers: CustomerLookup
    waiting: WaitingLines
    outbox: Outbox
    sources: Sources
    usage: Usage
    template: str = ""
    clock: Callable[[], datetime] = now

    def process(self, job: EveningJob, lease: timedelta) -> None:
        """Sends it, unless it was sent, nothing waits, or it is not wished any more; raises RetryLater or DeadLetter.

        Its checkpoint lets one worker at a time do so, and says what became of it.
        """
        checkpoint = self.checkpoints.claim(job.message_id, job.company_id, lease)
        try:
            with beating(lambda: checkpoint.extend(lease)):
                if checkpoint.finished:
                    return
                if self._is_over(job, checkpoint):
                    self._finish(checkpoint)
                else:
                    checkpoint.release()
        except BaseException:
            checkpoint.release()
            raise

    def _is_over(self, job: EveningJob, checkpoint: Checkpoint) -> bool:
        """Whether nothing is left to do for this day; False if its hour is still to come."""
        evening = self.evenings.get(job.company_id, job.customer_id)
        if evening is None:
            return True
        known = self._known(evening)
        if known is None:
            self.evenings.end(job.company_id, job.customer_id)
            return True
        zone, moment = known.company.time_zone, self.clock()
        due = due_on(date.fromisoformat(job.day), evening.hour, zones.zone(zone))
        if zone != evening.zone and not self._moved(evening, zone, date.fromisoformat(job.day), due > moment):
            return False
        if due > moment + timedelta(minutes=1):
            return False
        if moment - due > LATEST:
            self._not_sent(job, "late")
        else:
            self._send(job, evening, known, checkpoint)
        return True

    def _known(self, evening: Evening) -> IdentifiedSender | None:
        """The sender as the customers file has them now; None if they are gone, or somebody else's."""
        known = self.customers.find(identities({"From": evening.address}))
        ours = known and (known.company.company_id, known.customer.customer_id)
        return known if ours == (evening.company_id, evening.customer_id) else None

    def _moved(self, evening: Evening, zone: str, day: date, ahead: bool) -> bool:  # noqa: FBT001 - a fact, no switch
        """The next message follows the company's new zone. Whether this day's hour has come there, too."""
        there = replace(evening, zone=zone)
        self.evenings.move(evening, replace(there, day=day) if ahead else there.after(day, self.clock()))
        return not ahead

    def _send(self, job: EveningJob, evening: Evening, known: IdentifiedSender, checkpoint: Checkpoint) -> None:
        planned = checkpoint.once(steps.EVENING_PLAN, lambda: plan(self.waiting, evening, known, self.clock()), Plan)
        if not planned.words:
            log("nothing waits this evening", message_id=job.message_id, company_id=job.company_id)
            return
        try:
            self.usage.check(job.company_id, known.company.budget)
        except OverBudget:
            self._not_sent(job, "over budget")
            return
        SentEvenings(self.evenings.ledger).begin(job)
        if sid := self._sent(job, evening, checkpoint, planned):
            self._remember(job, evening, planned, sid)

    def _sent(self, job: EveningJob, evening: Evening, checkpoint: Checkpoint, planned: Plan) -> str:
        """The sid of the message, as a text or by a template; empty if it cannot be sent."""
        code = ""
        if planned.free:
            sid, code = self._tried(job, evening, checkpoint, _STEP, Outgoing(planned.words))
            if sid or not twilio_errors.failure(code).template_helps:
                return sid
        if not self.template:
            self._not_sent(job, code or "no template, and the last message is a day old")
            return ""
        by_template = Outgoing(template=Template(self.template, dict(planned.values)))
        return self._tried(job, evening, checkpoint, _BY_TEMPLATE, by_template)[0]

    def _tried(
        self, job: EveningJob, evening: Evening, checkpoint: Checkpoint, step: str, outgoing: Outgoing
    ) -> tuple[str, str]:
        """The sid of what is sent, now or before; or the code with which Twilio refuses it."""
        to = Address(job.message_id, job.company_id, evening.our_number, evening.address)
        try:
            sid = checkpoint.once_known(step, lambda: self.outbox.send_once(to, step, outgoing), str)
        except FeedbackRefused as refused:
            self._not_sent(job, f"refused with code {refused.code}")
            return "", refused.code
        self.outbox.replies.forget_text(job.message_id, step)
        self.usage.count_once(job.company_id, f"{job.message_id}#{step}", Used(messages_sent=1))
        log("evening message sent", message_id=job.message_id, company_id=job.company_id, step=step)
        return sid, ""

    def _remember(self, job: EveningJob, evening: Evening, planned: Plan, sid: str) -> None:
        """What can be answered and played next."""
        self.evenings.remember(job.company_id, job.customer_id, planned.listed, (sid,))
        self.sources.remember(job.company_id, job.customer_id, Told(planned.sources, evening.language), [sid])

    def _not_sent(self, job: EveningJob, why: str) -> None:
        """Shows an operator that it was not sent, and why."""
        metric("EveningNotSent", message_id=job.message_id, company_id=job.company_id, reason=why)

    def _finish(self, checkpoint: Checkpoint) -> None:
        """Nothing is left to do, and the words of the message are not needed any more: both in one write."""
        done = checkpoint.finishing
        values = {**done.values, "expires_at": expiry(now() + KEPT)}
        planned = [checkpoint.replacing(steps.EVENING_PLAN, Plan())] if checkpoint.has(steps.EVENING_PLAN) else []
        self.evenings.ledger.write_all([replace(done, values=values), *planned])
