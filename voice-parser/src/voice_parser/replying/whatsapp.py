"""WhatsApp as a way to answer: each part of a reply once, a template where no free text reaches the sender any more."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from ai_voice_shared import steps
from ai_voice_shared.correcting.quick_replies import LONGEST_BODY, QuickReplies, line
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.steps import part
from ai_voice_shared.telemetry import metric
from ai_voice_shared.twilio_errors import OF_CONTENT
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.clusters import units
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.replying.saying import Saying
from voice_parser.replying.splitting import split
from voice_parser.twilio.api import FeedbackRefused
from voice_parser.twilio.inbound import text as parameter
from voice_parser.twilio.typing_marks import TypingMarks


@dataclass(frozen=True)
class WhatsAppReplies:
    """Sends replies to the senders of messages that came from WhatsApp."""

    outbox: Outbox
    notes: Notes
    follow_up: FollowUp
    typing_marks: TypingMarks | None = None
    quick_replies: QuickReplies = field(default_factory=QuickReplies)

    def reply(self, work: MessageInWork, step: str, told: Saying) -> None:
        """Sends the text, each of its parts once; stops at a part that Twilio refuses.

        A choice is offered with buttons below the last part, otherwise with a line of text.
        """
        for number, outgoing in enumerate(self._parts(told), 1):
            if not self.send(work, part(step, number), outgoing):
                return

    def _parts(self, told: Saying) -> list[Outgoing]:
        sid = self.quick_replies.sid(told.choice, told.language)
        parts = split(told.text)
        if not (parts and told.choice):
            return [Outgoing(words) for words in parts]
        choice = f"\n\n{line(told.choice, told.language)}"
        if not sid or units(parts[-1]) > LONGEST_BODY:
            return [Outgoing(words) for words in split(told.text + choice)]
        *others, last = parts
        return [*map(Outgoing, others), Outgoing(last, buttons=sid, plain=last + choice)]

    def play(self, work: MessageInWork, step: str, url: str) -> None:
        """Sends the recording behind the URL, which Twilio fetches by itself."""
        self.send(work, part(step), Outgoing(media_url=url))

    def typing(self, work: MessageInWork) -> AbstractContextManager[None]:
        """Shows the sender of a recording that it is worked on; other messages are answered at once."""
        spoken = work.message.kind in {"voice", "video"} and not work.checkpoint.has(steps.NOTE)
        return self.typing_marks.shown(work.message_id) if self.typing_marks and spoken else nullcontext()

    def send(self, work: MessageInWork, step: str, outgoing: Outgoing) -> bool:
        """Sends one message; tells whether Twilio took it, now or at an earlier attempt."""
        to = _address(work)
        try:
            work.checkpoint.once_known(step, lambda: self.outbox.send_once(to, step, outgoing), str)
        except FeedbackRefused as refused:
            if outgoing.buttons and refused.code in OF_CONTENT:
                metric("ButtonsRefused", message_id=work.message_id, code=refused.code)
                return self.send(work, _plainly(step), Outgoing(outgoing.plain))
            metric("FeedbackRefused", message_id=work.message_id, code=refused.code)
            self.notes.update(to.company_id, to.message_id, {"problem": str(refused)})
            self.follow_up.instead(to, refused.code)
            return False
        return True


def _plainly(step: str) -> str:
    """The step by which the same words are sent without buttons; no reply has so many parts."""
    return f"{step}0"


def _address(work: MessageInWork) -> Address:
    parameters = work.message.parameters
    ours, sender = parameter(parameters, "To"), parameter(parameters, "From")
    return Address(work.message_id, work.checkpoint.company_id, ours, sender)
