"""What the console and the company hear of a customer's mood during a call."""

import json
from collections.abc import Sequence

from ai_voice_shared.calls.company_calls import CompanyCalls
from ai_voice_shared.calls.model import Hearing, LiveCall, Memory, Reaction, Sentence, Speaker
from ai_voice_shared.domain import Company, Tokens
from ai_voice_shared.jobs import notes_job
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.mood.features import Spoken
from ai_voice_shared.mood.scoring import OwnScorer, Scored
from voice_parser.live.mood_listener import MoodListener

CALL = LiveCall("CA1", "acme", "+15550100001", "Dana", "2026-11-20T10:00:00.000Z", "en-US")
ACME = Company("acme", "Acme")


class Scripted:
    def __init__(self, *scores: float, tokens: int = 0) -> None:
        self.scores, self.tokens = list(scores), tokens
        self.seen: list[list[Spoken]] = []

    def score(self, text: str, before: Sequence[Spoken]) -> Scored:
        assert text
        self.seen.append(list(before))
        return Scored(self.scores.pop(0), "scripted", Tokens(self.tokens))


class Meter:
    def __init__(self, *, allowed: bool = True) -> None:
        self.allowed = allowed
        self.counted: list[tuple[str, str, Tokens]] = []

    def allows(self, company: Company) -> bool:
        assert company.company_id == "acme"
        return self.allowed

    def count(self, company_id: str, what: str, tokens: Tokens) -> None:
        self.counted.append((company_id, what, tokens))


def _listener(*scores: float) -> MoodListener:
    return MoodListener(Scripted(*scores), Meter())


def _heard(listener: MoodListener, *said: tuple[Speaker, str], company: Company = ACME) -> list[Reaction]:
    sentences = [Sentence(number, who, text, number, number + 1) for number, (who, text) in enumerate(said, 1)]
    memory: Memory = None
    reactions = []
    for place, sentence in enumerate(sentences):
        reaction = listener.hear(Hearing(company, CALL, sentence, tuple(sentences[max(0, place - 6) : place]), memory))
        memory = json.loads(json.dumps(reaction.memory))
        reactions.append(reaction)
    return reactions


def test_each_sentence_of_the_customer_has_a_score_and_a_course() -> None:
    agent, customer = _heard(
        MoodListener(OwnScorer(), Meter()), ("agent", "How can I help?"), ("customer", "This is terrible.")
    )
    assert agent.hints == ()
    (hint,) = customer.hints
    assert (hint.kind, hint.number, hint.content["by"]) == ("sentiment", 2, "own")
    assert json.dumps(dict(hint.content))
    assert float(str(hint.content["score"])) < 0
    assert hint.content["course"] != hint.content["score"]


def test_a_sentence_is_scored_with_the_three_before_it() -> None:
    scripted = Scripted(0.0, 0.0)
    said: list[tuple[Speaker, str]] = [("customer", "One"), ("agent", "Two"), ("agent", "Three"), ("agent", "Four")]
    _heard(MoodListener(scripted, Meter()), *said, ("customer", "Five"))
    assert [one.text for one in scripted.seen[1]] == ["Two", "Three", "Four"]
    assert scripted.seen[1][0] == Spoken("Two", by_customer=False)


def test_an_escalation_is_shown_with_its_sentences_and_told_to_the_company_once() -> None:
    wants: tuple[Speaker, str] = ("customer", "I want to speak to your manager.")
    first, second = _heard(_listener(0.0, 0.0), wants, wants)
    escalation = first.hints[1]
    assert escalation.kind == "escalation"
    assert escalation.content == {"cause": "manager", "sentences": [1], "texts": ["I want to speak to your manager."]}
    (body,) = first.jobs
    assert EscalationJob.from_json(body) == EscalationJob("acme", "CA1", 1, "manager")
    assert notes_job(body) == EscalationJob("acme", "CA1", 1, "manager")
    assert (second.jobs, len(second.hints)) == ((), 1)


def test_the_same_sentence_again_has_the_same_ids() -> None:
    wants: tuple[Speaker, str] = ("customer", "I want to speak to your manager.")
    (first,), (again,) = (_heard(_listener(0.0), wants) for _ in range(2))
    assert first == again


def test_a_call_that_recovers_says_so() -> None:
    *_, last = _heard(_listener(-0.2, 0.9), ("customer", "Get me your manager."), ("customer", "Great, thank you!"))
    assert [(hint.kind, hint.content["cause"]) for hint in last.hints[1:]] == [("recovered", "manager")]


def test_a_company_chooses_its_threshold() -> None:
    calm = Company("acme", "Acme", calls=CompanyCalls(escalates_below=-0.1))
    said: list[tuple[Speaker, str]] = [("customer", f"Part {number} is missing") for number in range(3)]
    scores = (-0.2, -0.2, -0.2)
    assert not [job for one in _heard(_listener(*scores), *said) for job in one.jobs]
    assert [job for one in _heard(_listener(*scores), *said, company=calm) for job in one.jobs]


def test_what_a_score_costs_is_counted() -> None:
    meter = Meter()
    _heard(MoodListener(Scripted(0.0, tokens=7), meter), ("customer", "Hello"))
    assert meter.counted == [("acme", "MOOD#CA1#1", Tokens(7))]


def test_our_own_model_scores_for_a_company_whose_budget_is_used_up() -> None:
    meter = Meter(allowed=False)
    (heard,) = _heard(MoodListener(Scripted(), meter), ("customer", "This is terrible."))
    assert heard.hints[0].content["by"] == "own, since the budget is used up"
    assert meter.counted == []
