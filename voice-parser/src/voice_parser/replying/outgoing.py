"""How a message leaves us once, though Twilio takes it as often as it is sent.

Before Twilio is called, the ledger notes that sending begins. Killed after that, a reply is in doubt, and it is asked
for: first whether a status callback has named it, then whether Twilio's own log has it. Only what neither knows is
sent. A retry comes after a lease or a backoff, so both have had the time to tell. It asks for, and sends, the text that
was begun: another release would word it otherwise, and not know its own message again.
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
    """Which message is replied to, from which number of ours, and to whom (both as `whatsapp:…`)."""

    message_id: str
    company_id: str
    our_number: str
    sender: str


@dataclass(frozen=True)
class Outgoing:
    """One message to send: a text, a file, or a template in place of both."""

    text: str = ""
    media_url: str | None = None
    template: Template | None = None

    def is_told_by(self, listed: ListedReply) -> bool:
        """Whether a message of Twilio's log may be this one."""
        body = (listed.body or "").strip()
        if self.template:  # the log has its whole text, of which we know only what stands in for the placeholders
            return all(value in body for value in self.template.variables.values())
        return body == self.text.strip() and (listed.num_media > 0) == bool(self.media_url)


@dataclass(frozen=True)
class Outbox:
    """Where messages leave."""

    twilio: TwilioApi
    replies: Replies

    def send_once(self, to: Address, step: str, outgoing: Outgoing) -> str:
        """The sid of the reply, sent now or found to have been sent.

        One caller at a time for each reply; its lease sees to that. Raises FeedbackRefused, RetryLater or DeadLetter.
        """
        earlier = self.replies.begin(to.message_id, to.company_id, step, outgoing.text)
        if earlier is None:
            return self._sent(to, step, outgoing)
        if earlier.refused:
            raise FeedbackRefused(earlier.code)
        begun = replace(outgoing, text=earlier.text or outgoing.text)
        return self._found(to, earlier, begun) or self._sent(to, step, begun)

    def _found(self, to: Address, reply: Reply, outgoing: Outgoing) -> str:
        """The sid of a reply that is in doubt; empty when nobody knows of it."""
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
        try:
            sid = self.twilio.send(to.our_number, to.sender, text, media_url, template=template, about=about)
        except FeedbackRefused as refused:
            self.replies.move(to.message_id, step, "failed", refused.code)
            raise
        if not self.replies.claim(Reply(to.message_id, to.company_id, step, ""), sid):
            # Another reply with the same text was in doubt, and took this message for its own while we noted it. The
            # sender is owed one each, so ours is sent at the next attempt.
            raise RetryLater("another reply has taken this message for its own")
        return sid
