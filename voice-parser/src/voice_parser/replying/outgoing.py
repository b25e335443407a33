"""How a message is sent once, although Twilio would deliver it each time that it is sent.

Before Twilio is called, the ledger records that sending begins. If the worker is killed after that, we do not know
whether the reply was sent. Then a retry first looks for a status callback that has named it, and then looks in Twilio's
own log. It sends the reply only if neither has it. A retry comes after a lease or a backoff, so both have had enough
time. It looks for, and sends, the text that was begun: another release may use other words.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.replies import Named, Replies, Reply
from ai_voice_shared.telemetry import log
from voice_parser.twilio.api import FeedbackRefused, Template, TwilioApi
from voice_parser.twilio.lists import ListedReply


@dataclass(frozen=True)
class Address:
    """The message to which we reply, our number, and the receiver (both as `whatsapp:…`)."""

    message_id: str
    company_id: str
    our_number: str
    sender: str


@dataclass(frozen=True)
class Outgoing:
    """One message to send: a text, a file, or a template in place of both.

    Attributes:
        buttons: sid of the buttons below the text (Twilio, "twilio/quick-reply"); empty for none.
        plain: the text if Twilio does not take the buttons.
    """

    text: str = ""
    media_url: str | None = None
    template: Template | None = None
    buttons: str = ""
    plain: str = ""

    def is_told_by(self, listed: ListedReply) -> bool:
        """Whether a message in Twilio's log may be this one."""
        body = (listed.body or "").strip()
        if self.buttons:  # the log may also show what they say
            return body.startswith(self.text.strip())
        if self.template:  # the log has the whole text, but we know only the values of the placeholders
            return all(value in body for value in self.template.variables.values())
        return body == self.text.strip() and (listed.num_media > 0) == bool(self.media_url)


@dataclass(frozen=True)
class Outbox:
    """Sends messages."""

    twilio: TwilioApi
    replies: Replies

    def send_once(self, to: Address, step: str, outgoing: Outgoing) -> str:
        """The sid of the reply, which is sent now or was sent before.

        Its lease allows one caller at a time. Raises FeedbackRefused, RetryLater or DeadLetter.
        """
        earlier = self.replies.begin(to.message_id, to.company_id, step, outgoing.text)
        if earlier is None:
            return self._sent(to, step, outgoing)
        if earlier.refused:
            raise FeedbackRefused(earlier.code)
        begun = replace(outgoing, text=earlier.text or outgoing.text)
        return self._found(to, earlier, begun) or self._sent(to, step, begun)

    def _found(self, to: Address, reply: Reply, outgoing: Outgoing) -> str:
        """The sid of a reply that may have been sent; empty if neither a callback nor the log has it."""
        if reply.sid:
            return reply.sid
        listed = self.twilio.sent(to.our_number, to.sender, datetime.fromisoformat(reply.begun_at))
        alike = (one.sid for one in listed if outgoing.is_told_by(one))
        sid = next((sid for sid in alike if self.replies.claim(reply, sid)), "")
        log("reply in doubt", message_id=to.message_id, step=reply.step, found=bool(sid))
        return sid

    def _sent(self, to: Address, step: str, outgoing: Outgoing) -> str:
        about = Named(to.message_id, step).to_query()
        text, media_url, template = outgoing.text, outgoing.media_url, outgoing.template
        if outgoing.buttons:
            text, template = "", Template(outgoing.buttons, {"1": text})
        try:
            sid = self.twilio.send(to.our_number, to.sender, text, media_url, template=template, about=about)
        except FeedbackRefused as refused:
            self.replies.move(to.message_id, step, "failed", refused.code)
            raise
        if not self.replies.claim(Reply(to.message_id, to.company_id, step, ""), sid):
            # Another reply with the same text was also unsure, and took this message as its own. The sender has to
            # get both, so ours is sent at the next attempt.
            raise RetryLater("another reply has taken this message as its own")
        return sid
