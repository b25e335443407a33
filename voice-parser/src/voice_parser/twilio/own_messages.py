"""What is erased of messages that we sent of our own accord, and that answer no message of a sender."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.replies import Replies
from voice_parser.twilio.api import TwilioApi


@dataclass(frozen=True)
class _Ids:
    """A message of ours in place of a sender's."""

    company_id: str
    customer_id: str
    message_id: str


@dataclass(frozen=True)
class OwnMessages:
    """Messages of ours, by the ids of their checkpoints."""

    ledger: Ledger
    twilio: TwilioApi

    def erase(self, company_id: str, message_ids: Sequence[str]) -> None:
        """Erases what the ledger and Twilio have of them; raises RetryLater or DeadLetter.

        The tombstone comes first, so that nothing is written about the message any more.
        """
        checkpoints, replies = Checkpoints(self.ledger), Replies(self.ledger)
        for message_id in message_ids:
            checkpoints.bury(message_id)
            for reply in replies.of(message_id):
                if reply.sid:
                    self.twilio.forget(reply.sid, files=False)
            replies.forget(message_id)
            checkpoints.erasable().of_message(_Ids(company_id, "", message_id)).erase()
