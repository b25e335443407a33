"""Questions that name a time are answered from notes of that time, and the answer says which days were searched."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from support.account import Account
from support.indexes import FakeIndexes
from support.models import FakeOpenAi, segments_of

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.answering.model import AnswerModel
from ai_voice_shared.answering.passages import Passages
from ai_voice_shared.domain import Segment
from ai_voice_shared.openai.api import Answered
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.search.model import IndexedNote, Scope
from ai_voice_shared.times import zones

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
VALVE = "We promised Mr Smith a valve."
PUMP = "We promised Mr Smith a pump."
ROOF = "The roof leaks again."


def note(message_id: str, received_at: str, *texts: str) -> IndexedNote:
    segments = tuple(Segment(number * 5.0, number * 5.0 + 4.0, text) for number, text in enumerate(texts))
    return IndexedNote(message_id, "other", "sam", "Sam", received_at, "en", segments)


@dataclass
class Desk:
    """Answering at a time, over notes of three days."""

    account: Account
    moment: datetime = NOW
    model: FakeOpenAi | None = None
    indexes: FakeIndexes = field(default_factory=FakeIndexes)

    def __post_init__(self) -> None:
        self.indexes.change(
            "acme",
            [
                note("OLD", "2026-10-05T10:00:00.000Z", VALVE),
                note("WEEK", "2026-11-18T10:00:00.000Z", PUMP),
                note("LATE", "2026-11-27T23:30:00.000Z", ROOF),
            ],
        )

    def ask(self, text: str, **extra: Any) -> Answer:
        model = AnswerModel("a-model", lambda: cast("Any", self.model)) if self.model else None
        ledger = self.account.ledger
        answering = Answering(
            self.indexes,
            Passages(lambda company_id, message_id: self.indexes.notes[company_id].get(message_id)),
            Conversations(ledger),
            AnswerCache(ledger),
            model,
            clock=lambda: self.moment,
        )
        question = Question("acme", "sam", text, **extra)
        answer = answering.ask(question)
        answering.remember(question, answer)
        return answer

    def says(self, plan: Mapping[str, object] | None = None) -> FakeOpenAi:
        """A model that plans this, and answers nothing."""
        plans: list[object] = [{"standalone": "?", "language": "en", "searches": [], **plan}] if plan else []
        self.model = FakeOpenAi(lambda _prompt: {"language": "en", "statements": []}, plans)
        return self.model

    def read(self) -> list[str]:
        """The texts that the model was given."""
        assert self.model is not None
        return [segment["text"] for segment in segments_of(self.model.prompts[-1][1])]


@pytest.fixture
def desk(account: Account) -> Desk:
    return Desk(account)


def cited(answer: Answer) -> list[str]:
    return [citation.message_id for statement in answer.statements for citation in statement.citations]


def test_without_a_model_last_week_limits_what_is_quoted(desk: Desk) -> None:
    answer = desk.ask("What did we promise Mr Smith last week?")
    assert cited(answer) == ["WEEK"]
    assert answer.notice.endswith("Notes searched: 16 Nov – 22 Nov.")


def test_without_words_of_time_all_notes_are_searched(desk: Desk) -> None:
    answer = desk.ask("What did we promise Mr Smith?")
    assert sorted(cited(answer)) == ["OLD", "WEEK"]
    assert "searched" not in answer.notice


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        (
            "What did we promise Mr Smith yesterday?",
            "The notes of that time do not tell. Notes searched: 27 Nov. Ask without a time to search all of them.",
        ),
        (
            "Was haben wir Smith vor dem Sommer versprochen?",
            (
                "Die Notizen aus dieser Zeit sagen dazu nichts. Durchsuchte Notizen: vor dem 1. Juni. "
                "Fragen Sie ohne Zeitangabe, um alle zu durchsuchen."
            ),
        ),
    ],
)
def test_a_time_without_an_answer_is_told_as_such(desk: Desk, question: str, notice: str) -> None:
    answer = desk.ask(question)
    assert (answer.statements, answer.notice) == ((), notice)


def test_who_asks_what_was_said_on_a_day_hears_its_notes(desk: Desk) -> None:
    assert cited(desk.ask("What was said yesterday?")) == ["LATE"]
    assert cited(desk.ask("What was said?")) == []


def test_yesterday_is_the_companys_not_utcs(desk: Desk) -> None:
    auckland = zones.zone("Pacific/Auckland")  # where it is Sunday, and the note came on Saturday
    assert cited(desk.ask("What was said yesterday?", zone=auckland)) == ["LATE"]
    assert desk.ask("What was said on Friday?", zone=auckland).statements == ()
    assert cited(desk.ask("What was said on Friday?")) == ["LATE"]


def test_a_question_that_waited_means_the_days_of_when_it_was_put(desk: Desk) -> None:
    desk.moment = NOW + timedelta(days=9)
    assert cited(desk.ask("What was said yesterday?", asked_at=NOW)) == ["LATE"]


def test_a_follow_up_stays_in_the_time_of_the_question_before(desk: Desk) -> None:
    desk.ask("What did we promise Mr Smith last week?", conversation="c")
    assert cited(desk.ask("And to Smith?", conversation="c")) == ["WEEK"]
    assert desk.ask("And yesterday?", conversation="c").notice.startswith("The notes of that time do not tell.")


def test_notes_that_were_named_are_limit_enough(desk: Desk) -> None:
    answer = desk.ask("What did we promise Mr Smith last week?", scope=Scope(notes=("OLD",)))
    assert cited(answer) == ["OLD"]


def test_the_day_stands_in_both_prompts(desk: Desk) -> None:
    model = desk.says({"standalone": "What did we promise last week?", "time_words": "last week"})
    desk.ask("What did we promise last week?", zone=zones.zone("Pacific/Auckland"))
    (_, plan), (_, draft) = model.prompts
    assert json.loads(plan)["today"] == "Sunday, 2026-11-29, time zone Pacific/Auckland"
    assert 'today: "Sunday, 2026-11-29, time zone Pacific/Auckland"' in draft


def test_segments_are_shown_with_their_day_in_the_companys_zone(desk: Desk) -> None:
    model = desk.says()
    desk.ask("Does the roof leak?", zone=zones.zone("Pacific/Auckland"))
    assert [one["when"] for one in segments_of(model.prompts[-1][1])] == ["Saturday 2026-11-28T12:30+1300"]


def test_a_model_reads_all_notes_of_the_time_as_far_as_there_is_room(desk: Desk) -> None:
    desk.says({"standalone": "What is new since Monday?", "time_words": "since Monday", "since": "2026-11-23"})
    answer = desk.ask("What is new since Monday?")
    assert desk.read() == [ROOF]
    assert answer.notice.startswith("The notes of that time do not tell. Notes searched: since 23 Nov.")


def test_a_models_wrong_dates_do_not_move_the_week(desk: Desk) -> None:
    plan = {"standalone": "What did we promise last week?", "time_words": "last week"}
    desk.says(plan | {"since": "2026-10-01", "until": "2026-10-31"})
    desk.ask("What did we promise last week?")
    assert desk.read() == [PUMP]


def test_words_that_nobody_said_limit_nothing(desk: Desk) -> None:
    desk.says({"standalone": "promised?", "time_words": "in October", "since": "2026-10-01", "until": "2026-11-01"})
    answer = desk.ask("What did we promise?", languages=("en", "da"))
    assert sorted(desk.read()) == [PUMP, VALVE]
    assert answer.notice == "The notes do not tell."


def test_an_unusable_plan_leaves_the_rules(desk: Desk) -> None:
    model = desk.says({"standalone": 7})
    model.answer = _unusable  # type: ignore[method-assign]
    desk.ask("What did we promise last week?")
    assert desk.read() == [PUMP]


def _unusable(*_arguments: object, **_named: object) -> Any:
    return Answered(None)


def test_a_question_without_time_in_a_language_of_the_rules_needs_no_plan(desk: Desk) -> None:
    model = desk.says()
    desk.ask("How wide is the door?")
    assert len(model.prompts) <= 1


def test_an_answer_of_yesterday_is_not_told_today(desk: Desk) -> None:
    assert cited(desk.ask("What was said yesterday?")) == ["LATE"]
    assert cited(desk.ask("What was said yesterday?")) == ["LATE"]
    desk.moment = NOW + timedelta(days=1)
    assert desk.ask("What was said yesterday?").statements == ()


MONDAY, FRIDAY = "Please order two valves by Monday.", "Call Mrs Jones by Friday, and be kind."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is due next week?", [MONDAY, FRIDAY]),
        ("What is due on Monday?", [MONDAY]),
        ("Was ist am Freitag fällig?", [FRIDAY]),
        ("What is due in January?", []),
    ],
)
def test_what_is_due_is_told_by_the_words_of_the_notes(account: Account, question: str, told: list[str]) -> None:
    desk = Desk(account)
    desk.indexes.change(
        "acme", [note("F", "2026-11-27T09:00:00.000Z", ROOF, FRIDAY), note("M", "2026-11-28T09:00:00.000Z", MONDAY)]
    )
    assert [statement.text for statement in desk.ask(question).statements] == told


def test_of_a_long_segment_only_the_sentence_that_tells_what_is_due_is_told(account: Account) -> None:
    desk = Desk(account)
    desk.indexes.change("acme", [note("F", "2026-11-27T09:00:00.000Z", f"{ROOF} {MONDAY} {FRIDAY}")])
    assert [statement.text for statement in desk.ask("What is due on Friday?").statements] == [FRIDAY]


def test_what_was_due_before_is_not_due_again(account: Account) -> None:
    desk = Desk(account)
    desk.indexes.change("acme", [note("F", "2026-11-16T09:00:00.000Z", FRIDAY)])
    answer = desk.ask("What is due next week?")
    assert not answer.statements
    assert "since 28 Aug" in answer.notice
