"""What the customer's mood tells during a call: a score for each of their sentences, and escalations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.calls.model import Hearing, Hint, Reaction
from ai_voice_shared.domain import NO_TOKENS, Company, Tokens
from ai_voice_shared.mood.cues import MoodCues
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.mood.escalations import Escalation, Noticed, Watched, Watching
from ai_voice_shared.mood.features import BEFORE, Spoken
from ai_voice_shared.mood.scoring import Scored, Scorer, own_score


class Meter(Protocol):
    """Knows what scores cost."""

    def allows(self, company: Company) -> bool:
        """Whether the company may have scores that cost something."""
        ...

    def count(self, company_id: str, what: str, tokens: Tokens) -> None:
        """Counts what a score cost; `what` tells it from all others."""
        ...


@dataclass(frozen=True)
class MoodListener:
    """Listens for it. A language model may score a repeated sentence otherwise; what was kept first stays."""

    scorer: Scorer
    meter: Meter
    name: str = "mood"

    def hear(self, hearing: Hearing) -> Reaction:
        """The score as a hint, and what it raises or closes; raises RetryLater."""
        sentence, watched = hearing.sentence, Watched.from_memory(hearing.memory)
        language = hearing.call.language or hearing.company.usual_language or ""
        watching = Watching(MoodCues(language), hearing.company.calls.escalates_below)
        if sentence.speaker == "agent":
            noticed = watching.agent(watched, sentence)
            return _reaction(hearing, noticed)
        before = [Spoken(one.text, one.speaker == "customer") for one in hearing.before[-BEFORE:]]
        scored = self._scored(hearing, before)
        return _reaction(hearing, watching.customer(watched, sentence, scored.score), scored)

    def _scored(self, hearing: Hearing, before: Sequence[Spoken]) -> Scored:
        text = hearing.sentence.text
        if not self.meter.allows(hearing.company):
            return own_score(text, before, "since the budget is used up")
        scored = self.scorer.score(text, before)
        if scored.tokens != NO_TOKENS:
            what = f"MOOD#{hearing.call.call_id}#{hearing.sentence.number}"
            self.meter.count(hearing.company.company_id, what, scored.tokens)
        return scored


def _reaction(hearing: Hearing, noticed: Noticed, scored: Scored | None = None) -> Reaction:
    return Reaction(
        noticed.watched.to_memory(),
        tuple(_hints(hearing, noticed, scored)),
        tuple(_job(hearing, one).to_json() for one in noticed.escalations),
    )


def _hints(hearing: Hearing, noticed: Noticed, scored: Scored | None) -> Iterator[Hint]:
    call_id, number = hearing.call.call_id, hearing.sentence.number
    if scored:
        content = {"score": scored.score, "course": noticed.watched.course, "by": scored.by}
        yield Hint("sentiment", f"{call_id}.mood.{number}", number, content)
    for one in noticed.escalations:
        shown = {"sentences": [it.number for it in one.sentences], "texts": [it.text for it in one.sentences]}
        yield Hint("escalation", f"{call_id}.escalation.{one.cause}", number, {"cause": one.cause, **shown})
    for cause in noticed.recovered:
        yield Hint("recovered", f"{call_id}.recovered.{cause}", number, {"cause": cause})


def _job(hearing: Hearing, escalation: Escalation) -> EscalationJob:
    call = hearing.call
    return EscalationJob(call.company_id, call.call_id, hearing.sentence.number, escalation.cause)
