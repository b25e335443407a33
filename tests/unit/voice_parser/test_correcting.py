"""A sender corrects a word of their own note by replying to it; what is no correction stays a note."""

import json
from dataclasses import replace

import pytest
from support.app import ACME, BUTTONS, JOB, FakeApp, FakeLookup, job
from unit.voice_parser.test_filing import of_other, press, told_by, word

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Customer
from ai_voice_shared.intents import ActionItem
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.fixing import correction_words
from voice_parser.fixing.replacing import Replacing
from voice_parser.understanding.understanding import Analysis

NOTE = JOB.model_copy(
    update={
        "title": "Daniel orders valves",
        "summary": "Daniel is to order two valves for Halden Street.",
        "action_items": [ActionItem(what="order two valves", who="Daniel", by_when="Friday")],
    }
)
SAID = "please daniel order two valves for Halden Street"


@pytest.fixture
def filed(app: FakeApp, voice_note: bytes) -> FakeApp:
    """A worker that has filed the recording SM1 and told so."""
    app.transcriber.text = SAID
    app.analyzer.analysis = Analysis(language="en", note=NOTE, engine="fake")
    assert app.deliver(app.voice(voice_note, "SM1"))
    app.account.queued(app.account.index_queue)
    return app


def words(app: FakeApp) -> list[tuple[float, str]]:
    stored = StoredNotes(Notes(app.account.ledger), app.account.store).find("acme", "SM1")
    assert stored
    return [(one.start, one.text) for one in stored.segments]


def suggested(app: FakeApp) -> list[tuple[str, str]]:
    return [(one.instead_of, one.word) for one in Glossary(app.account.ledger).suggestions("acme", ())]


def test_a_name_is_corrected_wherever_the_note_has_it(filed: FakeApp) -> None:
    before = words(filed)
    assert filed.deliver(word(filed, "no, Danielle, not Daniel"))
    note = filed.note("SM1")
    assert (note.title, note.corrected_by) == ("Danielle orders valves", "Sam")
    assert [start for start, _ in words(filed)] == [start for start, _ in before]
    assert "Danielle order two valves" in " ".join(text for _, text in words(filed))
    (task,) = Tasks(filed.account.ledger).of_message("acme", "SM1")
    assert (task.owner, task.text) == ("Danielle", "order two valves")
    shown = "\n".join(filed.account.store.get(key).body.decode() for key in note.artifacts if not key.endswith(".ogg"))
    assert "Daniel " not in shown
    changed, _, ask = filed.replies()[-1].partition("\n\n")
    assert changed == "Changed to “Danielle”: at 0:00, in the title, in the summary, in one task."
    assert ask == "Keep “Danielle” for next time?"
    assert filed.twilio.sent[-1]["ContentSid"] == BUTTONS.sid("keep", "en")
    (asked,) = filed.account.queued(filed.account.index_queue)
    assert json.loads(str(asked["Body"]))["message_id"] == "SM1"
    assert suggested(filed) == []


def test_a_redelivery_corrects_and_tells_once(filed: FakeApp) -> None:
    for _ in range(2):
        filed.deliver(word(filed, "Daniel should be Danielle"))
    assert len(filed.replies()) == 2


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("behind", [False, True])
def test_a_kill_at_any_write_ends_as_if_there_was_none(
    filed: FakeApp,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    behind: bool,  # noqa: FBT001
) -> None:
    usual, calls = ObjectStore.put_if_unchanged, 0

    class Killed(BaseException):
        pass

    def killed(self: ObjectStore, key: str, body: bytes, content_type: str, etag: str | None) -> str:
        nonlocal calls
        calls += 1
        if calls == number and not behind:
            raise Killed
        result = usual(self, key, body, content_type, etag)
        if calls == number:
            raise Killed
        return result

    wanted = word(filed, "Danielle statt Daniel")
    monkeypatch.setattr(ObjectStore, "put_if_unchanged", killed)
    with pytest.raises(Killed):
        filed.deliver(wanted)
    assert filed.deliver(wanted)
    assert filed.note("SM1").title == "Danielle orders valves"
    assert [one.partition("\n")[0] for one in filed.replies()[1:]] == [
        "Geändert in „Danielle“: bei 0:00, im Titel, in der Zusammenfassung, in einer Aufgabe."
    ]
    assert [task.owner for task in Tasks(filed.account.ledger).of_message("acme", "SM1")] == ["Danielle"]


def test_a_day_is_corrected_with_what_is_due(filed: FakeApp) -> None:
    filed.deliver(word(filed, "no, Monday, not Friday"))
    (task,) = Tasks(filed.account.ledger).of_message("acme", "SM1")
    assert task.due == "2026-11-23"
    assert filed.replies()[-1] == "Changed to “Monday”: in one task."


def test_what_the_note_does_not_say_is_told_and_changes_nothing(filed: FakeApp) -> None:
    updated = filed.note("SM1").updated_at
    filed.deliver(word(filed, "no, Benedict, not Benedikt"))
    assert filed.replies()[-1] == "“Benedikt” is not in that note, so nothing was changed."
    assert filed.note("SM1").updated_at == updated


def test_what_may_be_a_note_is_one_if_the_quoted_note_does_not_say_it(filed: FakeApp) -> None:
    filed.deliver(word(filed, "steel, not copper"))
    assert filed.analyzer.calls == 2
    filed.deliver(word(filed, "pumps instead of valves", "SMP2"))
    assert filed.analyzer.calls == 2
    assert "two pumps" in " ".join(text for _, text in words(filed))


def test_a_correction_that_quotes_nothing_is_a_note(filed: FakeApp) -> None:
    filed.deliver(job("SM2", Body="no, Danielle, not Daniel"))
    assert (filed.analyzer.calls, filed.note("SM1").title) == (2, "Daniel orders valves")


@pytest.mark.parametrize(("company", "customer"), [("acme", "ann"), ("globex", "sam")])
def test_nobody_elses_note_is_corrected(filed: FakeApp, company: str, customer: str) -> None:
    for sid, quoted in (("SMP1", told_by(filed)), ("SMP2", "SM1")):
        filed.deliver(of_other(word(filed, "no, Danielle, not Daniel", sid, quoted), company, customer))
        assert "Nothing was changed." in filed.replies()[-1]
    filed.deliver(of_other(word(filed, "pumps instead of valves", "SMP3"), company, customer))
    assert filed.note("SM1").title == "Daniel orders valves"


@pytest.mark.parametrize("answer", ["keep:yes", "Yes, keep it", "ja"])
def test_a_corrected_name_is_suggested_to_the_office_when_its_sender_wants_it(filed: FakeApp, answer: str) -> None:
    filed.deliver(word(filed, "no, Danielle, not Daniel"))
    asked = told_by(filed, "SMP1")
    filed.deliver(press(filed, answer, "SMP2", asked) if ":" in answer else word(filed, answer, "SMP2", asked))
    assert suggested(filed) == [("Daniel", "Danielle")]
    assert filed.replies()[-1] == phrase("kept_word", "en", word="Danielle")
    assert Glossary(filed.account.ledger).accepted("acme") == ()


def test_a_name_is_not_suggested_against_the_senders_will(filed: FakeApp) -> None:
    filed.deliver(word(filed, "no, Danielle, not Daniel"))
    filed.deliver(press(filed, "keep:no", "SMP2", told_by(filed, "SMP1")))
    assert (suggested(filed), filed.replies()[-1]) == ([], phrase("kept_not", "en"))


@pytest.mark.parametrize(("company", "customer"), [("acme", "ann"), ("globex", "sam")])
def test_nobody_elses_name_is_suggested(filed: FakeApp, company: str, customer: str) -> None:
    filed.deliver(word(filed, "no, Danielle, not Daniel"))
    filed.deliver(of_other(press(filed, "keep:yes", "SMP2", told_by(filed, "SMP1")), company, customer))
    assert "Nothing was changed." in filed.replies()[-1]
    assert [Glossary(filed.account.ledger).suggestions(one, ()) for one in ("acme", "globex")] == [[], []]


def test_a_press_that_answers_no_correction_suggests_nothing(filed: FakeApp) -> None:
    filed.deliver(press(filed, "keep:yes"))
    assert (suggested(filed), filed.replies()[-1]) == ([], phrase("fix_which", "en"))


def test_a_yes_to_anything_else_is_a_note(filed: FakeApp) -> None:
    filed.deliver(word(filed, "Yes"))
    assert filed.analyzer.calls == 2


def test_a_name_that_the_company_has_is_not_asked_about(filed: FakeApp) -> None:
    company = replace(ACME, glossary=("Danielle",))
    filed.lookup = FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), company), company)
    filed.deliver(word(filed, "no, Danielle, not Daniel"))
    assert "Keep" not in filed.replies()[-1]


def test_an_erased_note_takes_the_suggestion_with_it(filed: FakeApp) -> None:
    filed.deliver(word(filed, "no, Danielle, not Daniel"))
    filed.deliver(press(filed, "keep:yes", "SMP2", told_by(filed, "SMP1")))
    filed.deliver(job("SM9", Body="forget that", OriginalRepliedMessageSid="SM1"))
    assert suggested(filed) == []
    filed.deliver(press(filed, "keep:yes", "SMP3", told_by(filed, "SMP1")))
    assert (suggested(filed), filed.replies()[-1]) == ([], phrase("fix_gone", "en"))


@pytest.mark.parametrize(
    ("wrong", "right", "text", "expected"),
    [
        ("Daniel", "Danielle", "Daniel's van, said daniel.", "Danielle's van, said Danielle."),
        ("Daniel", "danielle", "Daniel and Daniels", "Danielle and Daniels"),
        ("Halden", "Holden Street", "12 Halden Street, Halden", "12 Holden Street, Holden Street"),
        ("Smit", "Ann Smith", "Ann Smit and Mrs Smit", "Ann Smith and Mrs Ann Smith"),
        ("Daniel", "Daniel Smith", "Daniel, Daniel Smith", "Daniel Smith, Daniel Smith"),
        ("52", "25", "at 52 degrees, 152, 52.", "at 25 degrees, 152, 25."),
        ("a.b", r"\1", "a.b axb", r"\1 axb"),
        ("two valves", "three pumps", "Two  valves", "Three Pumps"),
    ],
)
def test_whole_words_are_replaced_and_none_is_said_twice(wrong: str, right: str, text: str, expected: str) -> None:
    replaced = Replacing(wrong, right).text(text)
    assert replaced.casefold() == expected.casefold() if right.islower() else replaced == expected


@pytest.mark.parametrize("language", SPOKEN)
def test_the_example_of_the_help_works(language: str) -> None:
    told = phrase("help_forget", language)
    first = min(place for place in map(told.find, "“„«") if place >= 0)
    example = told[first + 1 :].lstrip()
    example = example[: min(place for place in map(example.find, "”“»") if place >= 0)]
    found = correction_words.asked(example)
    assert found
    assert (found.wrong, found.right, found.certain) == ("Daniel", "Danielle", True)
