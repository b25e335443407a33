"""The list shows a message from when it was received, and how far its note has come at each moment."""

from dataclasses import dataclass, field

import httpx
import pytest
from support.account import Account
from support.app import FakeAnswering, FakeApp, job
from unit.voice_parser.test_questions import ANSWER

from ai_voice_shared.errors import DeadLetter, Wait
from ai_voice_shared.intents import Other
from ai_voice_shared.records.note_lists import Filter, stage_of
from ai_voice_shared.records.notes import Note, NoteChange, Notes
from voice_parser.understanding.understanding import Analysis

BODY = "Please order two valves by Friday."


@dataclass
class Watching:
    """What the list shows of the notes at each change."""

    account: Account
    seen: list[Note] = field(default_factory=list)

    def __call__(self, change: NoteChange) -> None:
        note = Notes(self.account.ledger).get(change.company_id, change.message_id)
        if note and (note.stage, note.title) not in [(one.stage, one.title) for one in self.seen[-1:]]:
            self.seen.append(note)

    def stages(self) -> list[str]:
        """In the order in which they were shown."""
        return [note.stage for note in self.seen]


@pytest.fixture
def watching(app: FakeApp) -> Watching:
    watching = Watching(app.account)
    app.subscribers = (watching,)
    return watching


def test_a_voice_note_is_received_heard_understood_and_filed(
    app: FakeApp, watching: Watching, voice_note: bytes
) -> None:
    assert app.deliver(app.voice(voice_note))
    assert watching.stages() == ["received", "heard", "understood", "filed"]
    received, heard, understood, filed = watching.seen
    assert (received.duration_ms, received.title, received.intent) == (0, "", "")
    assert (heard.duration_ms, heard.title) == (filed.duration_ms, "")
    assert (understood.title, understood.summary) == (filed.title, filed.summary)
    assert (understood.intent, filed.intent != "") == ("", True)


def test_a_written_note_is_never_heard(app: FakeApp, watching: Watching) -> None:
    app.deliver(job("SM1", Body=BODY))
    assert watching.stages() == ["received", "understood", "filed"]


def test_a_question_and_a_file_without_words_are_kept_for_no_search_finds_them(
    app: FakeApp, watching: Watching
) -> None:
    app.answering = FakeAnswering([ANSWER])
    asked = "How wide is the cellar door at Elm Street?"
    note = Other(intent="other", title="Door?", tag="door", question=asked)
    app.analyzer.analysis = Analysis(language="en-GB", note=note, engine="fake")
    app.deliver(job("SM1", Body=asked))
    assert watching.stages()[-1] == "kept"
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg"))
    assert watching.stages()[-1] == "kept"


def test_a_note_that_waited_is_in_work_again_and_says_nothing_of_its_wait(app: FakeApp, watching: Watching) -> None:
    def not_now() -> None:
        raise Wait("OpenAI answered 429", 20)

    app.analyzer.before = not_now
    app.deliver(job("SM1", Body=BODY))
    assert (watching.seen[-1].stage, watching.seen[-1].problem) == ("waiting", "OpenAI answered 429")
    app.analyzer.before = lambda: None
    app.deliver(job("SM1", Body=BODY))
    assert watching.stages() == ["received", "waiting", "understood", "filed"]
    assert {(note.problem, note.waits_until) for note in watching.seen[2:]} == {("", "")}


def test_a_note_that_is_parked_or_refused_shows_it(app: FakeApp, watching: Watching) -> None:
    def refuse() -> None:
        raise DeadLetter("OpenAI answered 401: our credentials are not accepted")

    app.analyzer.before = refuse
    app.deliver(job("SM1", Body=BODY))
    assert watching.stages() == ["received", "parked"]
    app.deliver(job("SM2", Body=" "))
    assert watching.stages()[2:] == ["received", "refused"]


def test_a_refusal_keeps_the_numbers_that_its_sender_was_told(app: FakeApp, voice_note: bytes) -> None:
    app.longest_recording = 0.5
    app.deliver(app.voice(voice_note))
    assert (app.note("MM1").problem, app.note("MM1").details) == ("too_long", {"minutes": f"{0.5 / 60:g}"})


def test_a_note_whose_reply_fails_is_tried_again_with_its_title(app: FakeApp, watching: Watching) -> None:
    app.twilio.answers = [httpx.Response(500)]
    app.deliver(job("SM1", Body=BODY))
    assert (watching.seen[-1].stage, bool(watching.seen[-1].title)) == ("waiting", True)


def test_the_stages_of_a_list_are_those_of_its_notes(app: FakeApp) -> None:
    notes = Notes(app.account.ledger)
    app.deliver(job("SM1", Body=BODY))
    app.deliver(job("SM2", Body=" "))
    notes.open(Note("acme", "SM3", "sam", "2026-11-20T10:00:01.000Z"))

    def listed(**wanted: object) -> set[str]:
        return {note.message_id for note in notes.list("acme", Filter(**wanted), 10).notes}  # type: ignore[arg-type]

    assert listed() == {"SM1", "SM2", "SM3"}
    assert listed(stages=("filed", "received")) == {"SM1", "SM3"}
    assert listed(stages=("refused",), statuses=("refused",)) == {"SM2"}
    assert listed(stages=("searchable",)) == set()


def test_steps_tell_a_status_apart() -> None:
    assert stage_of("filed", {"note", "searchable"}) == "searchable"
    assert stage_of("filed", {"note", "indexed"}) == "filed"
    assert stage_of("filed", {"note", "answer"}) == "kept"
    assert stage_of("retrying", {"note", "searchable"}) == "waiting"
