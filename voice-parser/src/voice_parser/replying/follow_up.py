"""When a template is sent because WhatsApp accepts no free text any more: once for a message, and no more."""

import re
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared import steps, twilio_errors
from ai_voice_shared.jobs import FollowUpJob
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.telemetry import log, metric
from voice_parser.replying.clusters import shortened
from voice_parser.replying.literal_text import literal
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.twilio.api import FeedbackRefused, Template

_STEP = steps.part(steps.TEMPLATE)

_LEASE = timedelta(minutes=5)
"""Several parts of one reply fail at once, and each asks for the template."""

_LONGEST_TITLE = 100
_UNTITLED = "…"
"""WhatsApp refuses a template with an empty placeholder."""


@dataclass(frozen=True)
class FollowUp:
    """Sends the template.

    Attributes:
        template: its sid; empty for none. Its only placeholder, {{1}}, is the note's title.
    """

    outbox: Outbox
    notes: Notes
    template: str = ""

    def process(self, job: FollowUpJob) -> None:
        """Sends the template that the job asks for, unless it was sent or the message was erased in the meantime.

        Raises RetryLater (or Wait, which is one) or DeadLetter.
        """
        to = Address(job.message_id, job.company_id, job.our_number, job.sender)
        if self.template and self._still_there(to):
            self._send(to)
        else:
            log("nothing to follow up", message_id=job.message_id)

    def instead(self, to: Address, code: str) -> None:
        """Sends the template in place of a reply that Twilio refused with the code, if it helps and there is one."""
        if self.template and twilio_errors.failure(code).template_helps:
            self._send(to)

    def _send(self, to: Address) -> None:
        """If the template is refused, too, nothing more is sent: the note shows why.

        The note's checkpoint may be closed, so the reply has its own lease. Because it was begun here, the outbox looks
        in Twilio's log first: an earlier holder may have sent it.
        """
        self.outbox.replies.begin(to.message_id, to.company_id, _STEP)
        with self.outbox.replies.held(to.message_id, _STEP, _LEASE):
            if not self._still_there(to):  # erased since; what was begun names nobody
                return
            try:
                self.outbox.send_once(to, _STEP, Outgoing(template=Template(self.template, {"1": self._title(to)})))
            except FeedbackRefused as refused:
                metric("FeedbackRefused", message_id=to.message_id, code=refused.code)

    def _still_there(self, to: Address) -> bool:
        return self.outbox.replies.company_of(to.message_id) == to.company_id

    def _title(self, to: Address) -> str:
        """On one line and short, as WhatsApp wants what stands in for a placeholder (Twilio, error 63013)."""
        note = self.notes.get(to.company_id, to.message_id)
        title = literal(re.sub(r"\s+", " ", note.title if note else ""))
        return shortened(title, _LONGEST_TITLE) or _UNTITLED
