"""The greeting of a new sender: once, with one example, in one message with the answer to their first message."""

from dataclasses import dataclass, replace

from ai_voice_shared import steps
from ai_voice_shared.correcting import quick_replies
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.phrases import FALLBACK, phrase
from voice_parser.commands import guide
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.clusters import shortened, units
from voice_parser.replying.literal_text import literal
from voice_parser.replying.saying import Saying
from voice_parser.twilio.api import LONGEST_BODY
from voice_parser.understanding.understanding import Analysis

_NAME = 80
"""UTF-16 units of a company's name."""


@dataclass(frozen=True)
class Greeter:
    """Greets senders."""

    greetings: Greetings

    def answer(self, work: MessageInWork, answer: Saying) -> None:
        """Sends the answer to the message, with the greeting if it is the sender's first.

        If both are too long for one message, the greeting is one of its own. A company that wants no answers wants no
        greeting. Raises RetryLater or DeadLetter.
        """
        greeting = self._greeting(work) if answer.text and work.company.feedback != "problems-only" else ""
        together = replace(answer, text="\n\n".join(filter(None, (greeting, answer.text))))
        longest = quick_replies.LONGEST_BODY if answer.choice else LONGEST_BODY
        if greeting and units(literal(together.text)) > longest:
            work.reply(steps.GREETING, Saying(greeting))
            together = answer
        work.reply(steps.FEEDBACK, together)

    def _greeting(self, work: MessageInWork) -> str:
        """The greeting; empty if nobody hears it, or if the sender wrote before."""
        job = work.job
        if not work.source.channel or not self.greetings.is_first(job.company_id, job.customer_id, work.message_id):
            return ""
        return phrase("greeting", _language(work), company=literal(shortened(work.company.name, _NAME)))


def _language(work: MessageInWork) -> str:
    """The sender's language, as their message shows it."""
    usual = work.language or FALLBACK
    if analysis := work.checkpoint.result(steps.NOTE, Analysis):
        return analysis.language
    return guide.asked(work.message.body, usual) or usual
