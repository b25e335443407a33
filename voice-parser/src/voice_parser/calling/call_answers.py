"""The answer to a question by phone: by the same code as everywhere, spoken, with its clip, and remembered."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ai_voice_shared import steps
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.calls.asking import AskedCall, AskedTurn
from ai_voice_shared.domain import Company, now, timestamp
from ai_voice_shared.errors import TellSender
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.usage import OverBudget, Usage, Used
from ai_voice_shared.times import zones
from voice_parser.calling.spoken import heard_source, spoken
from voice_parser.commands import questions
from voice_parser.commands.clips import FETCHED_WITHIN, MULAW, Clips
from voice_parser.commands.sources import Sources, told
from voice_parser.worker.messages import Messages

_SURE = timedelta(seconds=FETCHED_WITHIN - 120)
"""Until when Twilio can fetch a clip; a little less than its URL holds."""


@dataclass(frozen=True)
class CallAnswers:
    """Answers questions of calls.

    Attributes:
        answering: None if nothing can be asked.
    """

    answering: Answering | None
    messages: Messages
    clips: Clips
    sources: Sources
    usage: Usage

    def answer(self, call: AskedCall, turn: AskedTurn, checkpoint: Checkpoint) -> AskedTurn:
        """The question with its answer; a retry gets the same one, and pays once. Raises RetryLater or DeadLetter."""
        company = self.messages.company(call.company_id)
        asked = _asked_at(call, company)
        answer = self._answer(call, turn, company, checkpoint)
        if answer is None:
            apology = phrase("call_over_budget" if self.answering else "call_failed", call.language)
            return replace(turn, status="answered", say=apology, written=apology)
        clip = checkpoint.once(steps.CLIP, lambda: self._clip(call, answer, checkpoint), str)
        return replace(
            turn,
            status="answered",
            say=spoken(answer, asked),
            clip=self.clips.url(clip, MULAW) if clip else "",
            clip_until=timestamp(now() + _SURE) if clip else "",
            written=questions.reply(answer, asked),
        )

    def remember(self, call: AskedCall, turn: AskedTurn, checkpoint: Checkpoint) -> None:
        """Makes the answer part of the caller's conversation, which WhatsApp shares, and its sources playable there."""
        answer = checkpoint.result(steps.ANSWER, Answer)
        if answer is None or self.answering is None:
            return
        self.answering.remember(self._question(call, turn, self.messages.company(call.company_id)), answer)
        self.sources.remember(call.company_id, call.customer_id, told(answer), [])
        used = Used.of(answer.tokens)
        self.usage.count_once(call.company_id, f"{checkpoint.message_id}#{steps.ANSWER}", used)

    def _answer(self, call: AskedCall, turn: AskedTurn, company: Company, checkpoint: Checkpoint) -> Answer | None:
        """None if nothing can be asked, or the company's budget is used up."""
        if self.answering is None:
            return None
        if not checkpoint.has(steps.ANSWER):
            try:
                self.usage.check(call.company_id, company.budget)
            except OverBudget:
                return None
        return questions.ask(self.answering, self._question(call, turn, company), checkpoint)

    def _question(self, call: AskedCall, turn: AskedTurn, company: Company) -> Question:
        return Question(
            company_id=call.company_id,
            user=call.customer_id,
            text=turn.question,
            conversation=questions.CONVERSATION,
            languages=tuple(dict.fromkeys([call.language, *company.languages])),
            identity=f"{call.call_id}#{turn.turn}",
            zone=zones.zone(company.time_zone),
            asked_at=_asked_at(call, company),
        )

    def _clip(self, call: AskedCall, answer: Answer, checkpoint: Checkpoint) -> str:
        """The S3 key of the first cited words; empty if they were written, or their recording is gone."""
        source = heard_source(answer)
        if source is None:
            return ""
        try:
            return self.clips.make(call.company_id, source, checkpoint.message_id, 1, MULAW)
        except TellSender:
            return ""


def _asked_at(call: AskedCall, company: Company) -> datetime:
    return datetime.fromisoformat(call.started_at).astimezone(zones.zone(company.time_zone))
