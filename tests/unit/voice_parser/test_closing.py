"""A sender closes the tasks of their own note with a quoted "done", and is asked where it is unclear which."""

import re
from dataclasses import replace

import pytest
from support.app import JOB, FakeApp, job
from unit.voice_parser.test_filing import KNOWLEDGE, of_other, told_by, word

from ai_voice_shared.intents import ActionItem
from ai_voice_shared.phrases import phrase
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.fixing import done_words
from voice_parser.understanding.understanding import Analysis

THREE = ("Sweep the hall", "Order two valves", "Call *Ann*")


@pytest.fixture
def filed(app: FakeApp) -> FakeApp:
    """A worker that has filed SM1 with three tasks and told so."""
    items = [ActionItem(what=what, who=None, by_when=None) for what in THREE]
    app.analyzer.analysis = Analysis(language="en", note=JOB.model_copy(update={"action_items": items}), engine="fake")
    assert app.deliver(job("SM1", Body="Please do three things."))
    return app


def done(app: FakeApp, sid: str = "SM1") -> set[str]:
    return {task.text for task in Tasks(app.account.ledger).of_message("acme", sid) if task.done_at}


def one(app: FakeApp) -> None:
    app.analyzer.analysis = Analysis(language="en", note=JOB, engine="fake")
    assert app.deliver(job("SM2", Body="Please order two valves."))


def task_of(app: FakeApp, text: str) -> Task:
    return next(task for task in Tasks(app.account.ledger).of_message("acme", "SM1") if task.text == text)


def test_the_only_task_is_closed(filed: FakeApp) -> None:
    one(filed)
    filed.deliver(word(filed, "Done!", quoted="SM2"))
    assert done(filed, "SM2") == {"order two valves"}
    assert filed.replies()[-1] == "✅ Done: order two valves"
    filed.deliver(word(filed, "done", "SMP2", quoted=told_by(filed, "SM2")))
    assert filed.replies()[-1] == phrase("done_already", "en")


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("done 2", {THREE[1]}),
        ("2 done", {THREE[1]}),
        ("1 and 3 done", {THREE[0], THREE[2]}),
        ("all done", set(THREE)),
        ("done #1", {THREE[0]}),
    ],
)
def test_tasks_are_named_by_their_numbers(filed: FakeApp, text: str, closed: set[str]) -> None:
    filed.deliver(word(filed, text))
    assert done(filed) == closed
    assert filed.replies()[-1].count("✅ Done: ") == len(closed)


def test_where_it_is_unclear_the_sender_is_asked_and_answers_with_a_number(filed: FakeApp) -> None:
    filed.deliver(word(filed, "done 1"))
    filed.deliver(word(filed, "done", "SMP2"))
    asked = filed.replies()[-1]
    assert asked.replace("\u2060", "") == f"2. Order two valves\n3. Call *Ann*\n\n{phrase('done_which', 'en')}"
    assert done(filed) == {THREE[0]}
    filed.deliver(word(filed, "3", "SMP3", told_by(filed, "SMP2")))
    assert done(filed) == {THREE[0], THREE[2]}
    filed.deliver(word(filed, "all", "SMP4", told_by(filed, "SMP2")))
    assert done(filed) == set(THREE)


def test_a_number_that_is_not_there_closes_nothing(filed: FakeApp) -> None:
    filed.deliver(word(filed, "done 4"))
    assert (done(filed), filed.replies()[-1]) == (set(), phrase("done_no_such", "en", number="4"))


def test_a_note_without_tasks_says_how_to_make_it_one(filed: FakeApp) -> None:
    filed.analyzer.analysis = Analysis(language="en", note=KNOWLEDGE, engine="fake")
    filed.deliver(job("SM2", Body="It is hot."))
    filed.deliver(word(filed, "done", quoted="SM2"))
    assert filed.replies()[-1] == phrase("done_none", "en", word="Task")


@pytest.mark.parametrize(("company", "customer"), [("acme", "ann"), ("globex", "sam")])
def test_nobody_elses_task_is_closed(filed: FakeApp, company: str, customer: str) -> None:
    filed.deliver(of_other(word(filed, "all done"), company, customer))
    assert done(filed) == set()
    assert "Nothing was changed." in filed.replies()[-1]


def test_a_number_alone_is_no_answer_where_nothing_was_asked(filed: FakeApp) -> None:
    filed.deliver(word(filed, "2"))
    assert (done(filed), filed.note("SMP1").status) == (set(), "filed")
    assert filed.analyzer.calls == 2


def test_what_a_person_has_deleted_is_not_closed(filed: FakeApp) -> None:
    tasks = Tasks(filed.account.ledger)
    tasks.delete(task_of(filed, THREE[0]))
    tasks.change(task_of(filed, THREE[1]), replace(task_of(filed, THREE[1]), done_at="2026-11-20T10:00:00.000Z"))
    filed.deliver(word(filed, "done"))
    assert done(filed) == {THREE[1], THREE[2]}


def test_a_redelivery_tells_it_once(filed: FakeApp) -> None:
    for _ in range(2):
        filed.deliver(word(filed, "all done"))
    assert len(filed.replies()) == 2


@pytest.mark.parametrize("language", SPOKEN)
def test_the_words_that_we_tell_work(language: str) -> None:
    assert done_words.asked(phrase("done", language, task="").strip(" ✅:")) in {
        ("", language),
        ("", "es"),
        ("", "pt"),
        ("", "de"),
        ("", "nl"),
    }
    (quoted,) = re.findall(r"[“„«]\s?([^”“»]+?)\s?[”“»]", phrase("done_which", language))
    assert done_words.answered(quoted) == "all"


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("done", ""),
        ("Done ✅", ""),
        ("it’s done", ""),
        ("I've done it", ""),
        ("erledigt", ""),
        ("Ist erledigt!", ""),
        ("2 erledigt", "2"),
        ("Nr. 2 erledigt", "2"),
        ("alles erledigt", "all"),
        ("hecho", ""),
        ("listo", ""),
        ("todo hecho", "all"),
        ("fait", ""),
        ("C’est fait", ""),
        ("tout est fait", "all"),
        ("feito", ""),
        ("já está feito", ""),
        ("fatto", ""),
        ("fatto 1 e 2", "1,2"),
        ("gedaan", ""),
        ("1 en 2 klaar", "1,2"),
        ("done 02", "2"),
    ],
)
def test_words_that_say_it_is_done(text: str, which: str) -> None:
    found = done_words.asked(text)
    assert found
    assert found[0] == which


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not done",
        "done?" * 20,
        "almost done",
        "when will it be done",
        "done with the hall, now the cellar",
        "nicht erledigt",
        "no está hecho",
        "pas fait",
        "non fatto",
        "niet gedaan",
        "2",
        "all",
        "the work is done by Ann",
        "well done Maria",
        "in fatto di pompe",
    ],
)
def test_words_that_say_more_are_no_closing(text: str) -> None:
    assert done_words.asked(text) is None
