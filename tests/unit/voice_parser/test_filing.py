"""A sender files their own note as another kind, by a button or a quoted word; nobody else's, and nothing is lost."""

import json
from collections.abc import Mapping
from typing import cast

import httpx
import pytest
from support.app import BUTTONS, JOB, LEASE, FakeApp, job
from support.told import FakeQueue

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.correcting.quick_replies import CHOICES, LONGEST_TITLE, QuickReplies, line, title
from ai_voice_shared.domain import Tokens, now
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.intents import KnowledgeDocument, Other
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoints import Busy, Checkpoints
from ai_voice_shared.records.notes import NoteChange, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage, month_of
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.fixing import filing
from voice_parser.understanding.understanding import Analysis

KNOWLEDGE = KnowledgeDocument(
    intent="knowledge-document",
    title="Two valves",
    tag="two-valves",
    summary="They are wanted.",
    key_points=["Two of them."],
)
FILES = ("analysis.json", "full_text.txt", "segments.json", "text_summary.txt")


@pytest.fixture
def filed(app: FakeApp) -> FakeApp:
    """A worker that has filed SM1 as a job and told so."""
    assert app.deliver(job("SM1", Body="Please order two valves."))
    app.account.queued(app.account.index_queue)
    app.analyzer.analysis = Analysis(language="en", note=KNOWLEDGE, engine="fake")
    return app


def told_by(app: FakeApp, sid: str = "SM1") -> str:
    """The sid of our answer to the message."""
    reply = Replies(app.account.ledger).get(sid, "feedback-1")
    assert reply
    return reply.sid


def press(app: FakeApp, payload: str, sid: str = "SMP1", quoted: str = "", **more: str) -> NoteJob:
    pressed = {"ButtonPayload": payload, "ButtonText": "Pressed", "Body": "Pressed"}
    return job(sid, **pressed, OriginalRepliedMessageSid=quoted or told_by(app), **more)


def word(app: FakeApp, text: str, sid: str = "SMP1", quoted: str = "") -> NoteJob:
    return job(sid, Body=text, OriginalRepliedMessageSid=quoted or told_by(app))


def tasks(app: FakeApp) -> list[str]:
    return [task.text for task in Tasks(app.account.ledger).of_message("acme", "SM1") if not task.gone]


def of_other(wanted: NoteJob, company: str, customer: str) -> NoteJob:
    return NoteJob(wanted.message, company, customer, wanted.received_at)


def test_a_filed_notes_reply_offers_the_other_kinds(filed: FakeApp) -> None:
    (sent,) = filed.twilio.sent
    assert sent["ContentSid"] == BUTTONS.sid("job-to-be-done", "en")
    assert CHOICES["job-to-be-done"] == ("file:knowledge-document", "file:other")
    assert "Wrong?" not in sent["Body"]


def test_without_buttons_the_choice_is_a_line_of_text(app: FakeApp) -> None:
    app.quick_replies = QuickReplies()
    app.deliver(job("SM1", Body="Please order two valves."))
    (sent,) = app.twilio.sent
    assert sent["Body"].endswith("\n\nWrong? Reply to this message with “Knowledge” or “Other”.")
    assert "ContentSid" not in sent


def test_what_twilio_does_not_take_with_buttons_is_sent_as_text(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(400, json={"code": 21656})]
    assert app.deliver(job("SM1", Body="Please order two valves."))
    (sent,) = app.twilio.sent
    assert sent["Body"].endswith(line("job-to-be-done", "en"))
    assert app.note("SM1").problem == ""


def test_a_press_files_the_note_and_moves_its_files(filed: FakeApp) -> None:
    before = filed.account.store.get(filed.artifacts("acme/job-to-be-done/")[1]).body
    assert filed.deliver(press(filed, "file:knowledge-document"))
    note = filed.note("SM1")
    assert (note.intent, note.title, note.corrected_by) == ("knowledge-document", JOB.title, "Sam")
    assert filed.artifacts("acme/job-to-be-done/") == []
    keys = [f"acme/knowledge-document/order-valves_SM1_{name}" for name in FILES]
    assert filed.artifacts("acme/knowledge-document/") == sorted(note.artifacts) == keys
    assert filed.account.store.get(keys[1]).body == before
    analysis = json.loads(filed.account.store.get(keys[0]).body)
    assert analysis["structure"]["key_points"] == ["Two of them."]
    assert (analysis["structure"]["summary"], analysis["intent"]) == (JOB.summary, "knowledge-document")
    assert tasks(filed) == []
    assert filed.replies()[-1] == "Filed as “Knowledge” now."
    assert filed.twilio.sent[-1]["ContentSid"] == BUTTONS.sid("knowledge-document", "en")
    assert [json.loads(str(one["Body"]))["message_id"] for one in filed.account.queued(filed.account.index_queue)] == [
        "SM1"
    ]


def test_the_way_back_brings_everything_back(filed: FakeApp) -> None:
    filed.deliver(press(filed, "file:other"))
    assert filed.replies()[-1] == "Filed as “Other” now."
    calls = filed.analyzer.calls
    filed.deliver(word(filed, "Task", "SMP2", told_by(filed, "SMP1")))
    assert filed.replies()[-1] == "Filed as “Task” now. Tasks in it: 1."
    assert (tasks(filed), filed.analyzer.calls) == (["order two valves"], calls)
    assert sorted(filed.note("SM1").artifacts) == filed.artifacts("acme/job-to-be-done/")
    assert len(filed.artifacts("acme/job-to-be-done/")) == 4


def test_what_is_called_a_task_has_one_even_if_no_words_say_it(filed: FakeApp) -> None:
    filed.analyzer.analysis = Analysis(language="en", note=KNOWLEDGE, engine="fake")
    filed.deliver(job("SM2", Body="The pump."))
    filed.deliver(press(filed, "file:job-to-be-done", quoted=told_by(filed, "SM2")))
    assert [task.text for task in Tasks(filed.account.ledger).of_message("acme", "SM2")] == ["Two valves"]


def test_other_systems_and_consoles_hear_of_it(filed: FakeApp) -> None:
    queue, heard = FakeQueue(), list[NoteChange]()
    filed.webhooks, filed.subscribers = Publisher(cast("Queue", queue)), (heard.append,)
    filed.deliver(press(filed, "file:other"))
    changed = [event.data["changed"] for event in queue.events if event.type == "note.changed"]
    assert [list(names) for names in changed] == [["text"], ["title", "summary", "intent"]]
    (gone,) = (event for event in queue.events if event.type == "task.changed")
    assert list(gone.data["changed"]) == ["deleted"]
    assert any("artifacts" in change.values and change.message_id == "SM1" for change in heard)


def test_what_had_no_summary_gets_one(filed: FakeApp) -> None:
    thanks = Other(intent="other", title="Thanks", tag="thanks")
    filed.analyzer.analysis = Analysis(language="en", note=thanks, engine="fake")
    filed.deliver(job("SM2", Body="Thanks for the valves."))
    assert not any("text_summary" in key for key in filed.note("SM2").artifacts)
    filed.analyzer.analysis = Analysis(language="en", note=KNOWLEDGE, engine="fake")
    filed.deliver(press(filed, "file:knowledge-document", quoted=told_by(filed, "SM2")))
    note = filed.note("SM2")
    assert sorted(note.artifacts) == [f"acme/knowledge-document/thanks_SM2_{name}" for name in FILES]
    body = filed.account.store.get("acme/knowledge-document/thanks_SM2_text_summary.txt").body.decode()
    assert body.startswith("Thanks\n")
    assert "Two of them." in body


def test_a_second_press_and_a_redelivery_change_nothing_more(filed: FakeApp) -> None:
    filed.deliver(press(filed, "file:other"))
    updated = filed.note("SM1").updated_at
    filed.deliver(press(filed, "file:other"))
    assert len(filed.twilio.sent) == 2
    filed.deliver(press(filed, "file:other", "SMP2"))
    assert filed.replies()[-1] == "It is filed as “Other” already."
    assert filed.note("SM1").updated_at == updated


def test_a_press_on_an_archived_or_corrected_note_keeps_what_was_done(filed: FakeApp) -> None:
    Notes(filed.account.ledger).update("acme", "SM1", {"archived_at": "2026-11-20T10:00:00.000Z"})
    filed.deliver(press(filed, "file:other"))
    note = filed.note("SM1")
    assert (note.intent, note.archived_at) == ("other", "2026-11-20T10:00:00.000Z")


@pytest.mark.parametrize(
    ("company", "customer", "told"), [("acme", "ann", "fix_not_yours"), ("globex", "sam", "fix_gone")]
)
def test_nobody_elses_note_is_reached(filed: FakeApp, company: str, customer: str, told: str) -> None:
    Greetings(filed.account.ledger).is_first(company, customer, "earlier")
    before = (filed.artifacts("acme/job-to-be-done/"), filed.note("SM1"))
    for sid, quoted in (("SMP1", told_by(filed)), ("SMP2", "SM1")):
        filed.deliver(of_other(press(filed, "file:other", sid, quoted), company, customer))
        assert filed.replies()[-1] == phrase(told, "en")
    assert (filed.artifacts("acme/job-to-be-done/"), filed.note("SM1")) == before


@pytest.mark.parametrize("quoted", ["SM404", ""])
def test_a_press_on_nothing_is_answered(filed: FakeApp, quoted: str) -> None:
    wanted = press(filed, "file:other", quoted=quoted or "SM1")
    if not quoted:
        del wanted.message["OriginalRepliedMessageSid"]
    filed.deliver(wanted)
    assert filed.replies()[-1] == phrase("fix_gone" if quoted else "fix_which", "en")


def test_a_press_on_an_erased_note_is_answered_and_brings_nothing_back(filed: FakeApp) -> None:
    wanted = press(filed, "file:other")
    filed.deliver(job("SM9", Body="forget that", OriginalRepliedMessageSid=told_by(filed)))
    filed.deliver(wanted)
    assert filed.replies()[-1] == phrase("fix_gone", "en")
    assert [key for key in filed.artifacts() if "SM1" in key] == []


def test_a_message_without_a_note_cannot_be_filed(filed: FakeApp) -> None:
    filed.deliver(job("SM2", Body="help"))
    filed.deliver(press(filed, "file:other", quoted="SM2"))
    assert filed.replies()[-1] == phrase("fix_no_note", "en")


@pytest.mark.parametrize(
    "payload", ["file:", "file:invoice", "FILE:other", "file:other\n", "x" * 5000, "file:../other"]
)
def test_another_payload_is_what_it_was(filed: FakeApp, payload: str) -> None:
    filed.deliver(press(filed, payload))
    assert filed.note("SM1").intent == "job-to-be-done"
    assert filed.note("SMP1").status == "filed"


class _Killed(BaseException):
    """What nobody catches."""


@pytest.mark.parametrize("method", ["put_if_unchanged", "copy", "delete"])
@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("behind", [False, True])
def test_a_kill_at_any_write_ends_as_if_there_was_none(
    filed: FakeApp,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    number: int,
    behind: bool,  # noqa: FBT001
) -> None:
    usual, calls = getattr(ObjectStore, method), 0

    def killed(self: ObjectStore, *arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number and not behind:
            raise _Killed
        result = usual(self, *arguments)
        if calls == number:
            raise _Killed
        return result

    wanted = press(filed, "file:knowledge-document")
    monkeypatch.setattr(ObjectStore, method, killed)
    try:
        filed.deliver(wanted)
    except _Killed:
        filed.account.ledger.update("MESSAGE#SM1", "RECEIPT", {"lease_until": "2026-01-01T00:00:00.000Z"})
    assert filed.deliver(wanted)
    keys = [f"acme/knowledge-document/order-valves_SM1_{name}" for name in FILES]
    assert [key for key in filed.artifacts() if "SM1_" in key] == sorted(filed.note("SM1").artifacts) == keys
    assert filed.replies()[1:] == ["Filed as “Knowledge” now."]
    assert (tasks(filed), filed.analyzer.calls) == ([], 2)


def test_a_note_is_not_erased_while_it_changes_and_an_erasure_finds_where_it_was(filed: FakeApp) -> None:
    checkpoints = Checkpoints(filed.account.ledger)
    with checkpoints.changing("SM1", LEASE) as held:
        assert held
        with pytest.raises(Busy):
            checkpoints.bury("SM1")
        with pytest.raises(Busy), checkpoints.changing("SM1", LEASE):
            pass
    filed.deliver(press(filed, "file:other"))
    filed.deliver(job("SM9", Body="forget that", OriginalRepliedMessageSid="SM1"))
    assert [one.key for one in filed.account.store.versions("acme/") if "SM1_" in one.key] == []


def test_what_is_corrected_while_the_files_move_is_not_lost(filed: FakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, key = Notes.update, filed.artifacts("acme/job-to-be-done/")[1]

    def late(self: Notes, company_id: str, message_id: str, values: Mapping[str, object]) -> None:
        if "artifacts" in values and "status" not in values:
            filed.account.store.put(key, b"Corrected.", "text/plain; charset=utf-8")
        usual(self, company_id, message_id, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Notes, "update", late)
    filed.deliver(press(filed, "file:other"))
    assert filed.account.store.get(key.replace("job-to-be-done", "other")).body == b"Corrected."


def test_a_question_that_is_filed_as_a_note_can_be_found(filed: FakeApp) -> None:
    notes = Notes(filed.account.ledger)
    stored = StoredNotes(notes, filed.account.store)
    notes.update("acme", "SM1", {"step_answer": "2026"})
    assert stored.to_index("acme", "SM1")
    filed.deliver(press(filed, "file:other"))
    assert stored.to_index("acme", "SM1") is None


def test_a_note_in_work_is_waited_for(filed: FakeApp) -> None:
    Notes(filed.account.ledger).update("acme", "SM1", {"status": "received"})
    assert filed.worker().work([Delivery("1", "none", press(filed, "file:other").to_json(), 1)], LEASE) in ([], ["1"])
    assert filed.note("SM1").intent == "job-to-be-done"
    assert not any("Filed as" in reply for reply in filed.replies())


def test_what_it_costs_to_understand_it_as_another_kind_is_counted_once(filed: FakeApp) -> None:
    filed.analyzer.analysis = Analysis(language="en", note=KNOWLEDGE, engine="fake", tokens=Tokens(100, 10))
    filed.deliver(press(filed, "file:knowledge-document"))
    filed.deliver(press(filed, "file:knowledge-document"))
    assert Usage(filed.account.ledger).of("acme", month_of(now())).input_tokens == 100


def test_without_a_model_the_wish_is_done_all_the_same(filed: FakeApp) -> None:
    def fail() -> None:
        raise RetryLater("no model")

    filed.analyzer.before = fail
    assert not filed.deliver(press(filed, "file:knowledge-document"))
    filed.analyzer.before = lambda: None
    assert filed.deliver(press(filed, "file:knowledge-document"), 2)
    assert filed.replies()[1:] == ["Filed as “Knowledge” now."]


@pytest.mark.parametrize("language", SPOKEN)
def test_each_button_fits_and_its_words_do_the_same_when_they_are_quoted(language: str) -> None:
    for choice, payloads in CHOICES.items():
        assert all(0 < len(title(payload, language)) <= LONGEST_TITLE for payload in payloads)
        assert len(payloads) <= 3
        if choice != "keep":
            asked = [filing.asked("", title(payload, language)) for payload in payloads]
            assert [one and f"file:{one[0]}" for one in asked] == list(payloads)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("task", "job-to-be-done"),
        ("It's a task!", "job-to-be-done"),
        ("no, that’s knowledge", "knowledge-document"),
        ("To-do", "job-to-be-done"),
        ("Nein, eine Aufgabe.", "job-to-be-done"),
        ("Das ist Wissen", "knowledge-document"),
        ("es una tarea", "job-to-be-done"),
        ("c’est une tâche", "job-to-be-done"),
        ("é conhecimento", "knowledge-document"),
        ("no, è un’attività", "job-to-be-done"),
        ("een taak", "job-to-be-done"),
        ("Other", "other"),
        ("Otro", "other"),
    ],
)
def test_words_that_name_a_kind(text: str, intent: str) -> None:
    found = filing.asked("", text)
    assert found
    assert found[0] == intent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The task is done",
        "task for Maria: order valves",
        "which task?",
        "I know",
        "no",
        "the other one",
        "on the other hand",
        "Aufgabe für morgen",
        "la tarea de Ana",
        "other " * 20,
        "information about the pump",
    ],
)
def test_words_that_say_more_are_a_note(text: str) -> None:
    assert filing.asked("", text) is None


def test_a_word_that_quotes_nothing_is_a_note(app: FakeApp) -> None:
    app.deliver(job("SM1", Body="task"))
    assert app.note("SM1").intent == "job-to-be-done"
    assert app.analyzer.calls == 1


def test_the_setting_is_read_as_it_is_written() -> None:
    assert QuickReplies.read(BUTTONS.to_setting()) == BUTTONS
    assert QuickReplies.read("").to_setting() == ""
    assert BUTTONS.sid("other", "sv") == BUTTONS.sid("other", "en")
    assert BUTTONS.sid("other", "pt-BR") == BUTTONS.sid("other", "pt")
