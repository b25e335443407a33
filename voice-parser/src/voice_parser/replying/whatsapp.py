"""WhatsApp as a way to answer: each part of a reply once, a template where no free text reaches the sender any more."""

from dataclasses import dataclass

from ai_voice_shared.records.notes import Notes
from ai_voice_shared.steps import part
from ai_voice_shared.telemetry import metric
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.replying.splitting import split
from voice_parser.twilio.api import FeedbackRefused
from voice_parser.twilio.inbound import text as parameter


@dataclass(frozen=True)
class WhatsAppReplies:
    """Sends replies to the senders of messages that came from WhatsApp."""

    outbox: Outbox
    notes: Notes
    follow_up: FollowUp

    def reply(self, work: MessageInWork, step: str, text: str) -> None:
        """Sends the text, each of its parts once; stops at a part that Twilio refuses."""
        for number, words in enumerate(split(text), 1):
            if not self.send(work, part(step, number), Outgoing(words)):
                return

    def play(self, work: MessageInWork, step: str, url: str) -> None:
        """Sends the recording behind the URL, which Twilio fetches by itself."""
        self.send(work, part(step), Outgoing(media_url=url))

    def send(self, work: MessageInWork, step: str, outgoing: Outgoing) -> bool:
        """Sends one message; tells whether Twilio took it, now or at an earlier attempt."""
        to = _address(work)
        try:
            work.checkpoint.once_known(step, lambda: self.outbox.send_once(to, step, outgoing), str)
        except FeedbackRefused as refused:
            metric("FeedbackRefused", message_id=work.message_id, code=refused.code)
            self.notes.update(to.company_id, to.message_id, {"problem": str(refused)})
            self.follow_up.instead(to, refused.code)
            return False
        return True


def _address(work: MessageInWork) -> Address:
    parameters = work.message.parameters
    ours, sender = parameter(parameters, "To"), parameter(parameters, "From")
    return Address(work.message_id, work.checkpoint.company_id, ours, sender)
