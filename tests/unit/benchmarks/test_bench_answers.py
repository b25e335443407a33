"""The benchmark of the answers runs, and each of its questions is answered by the note that it names."""

import json
from pathlib import Path

import pytest
from benchmarks.answers import __main__ as bench
from benchmarks.answers.judging import Judged
from benchmarks.answers.questions import Labelled, kept_aside, notes, tuned

from ai_voice_shared.answering.answers import Citation, Statement

_ASKED = Labelled("How much is it?", "en", "e01", ("94", "pounds"), "how much")


def test_both_parts_are_judged(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--every", "40"])
    said = capsys.readouterr().out
    assert said.count("tuned, 4 questions") == said.count("kept aside, 4 questions") == 1
    assert said.count("  all ") == 2
    assert "not answered" not in said


def test_what_is_not_answered_is_shown_of_the_tuned_part_only(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--every", "40", "--errors"])
    assert capsys.readouterr().out.partition("kept aside")[2].count("not answered") == 0


def test_other_notes_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["The pump costs 94 pounds.", "It comes on Monday."]
    note = {"id": "a", "sender": "Kim", "language": "en", "received": "2026-11-20T10:00:00Z", "typed": False}
    asked = {"question": "What is the price of the pump?", "language": "en", "note": "a", "answer": ["94"]}
    ours, to_them = tmp_path / "ours.jsonl", tmp_path / "to_them.jsonl"
    ours.write_text(json.dumps(note | {"segments": said}))
    to_them.write_text(json.dumps(asked | {"kind": "how much"}))
    bench.main(["--notes", str(ours), "--questions", str(to_them)])
    assert "1.000 (1/1)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("extract", "answers"),
    [
        (("e01", "It costs about 94 pounds."), True),
        (("e01", "It costs about 940 pounds."), False),
        (("e01", "It costs about 94."), False),
        (("e02", "It costs about 94 pounds."), False),
    ],
)
def test_an_extract_answers_with_all_the_words_and_from_the_right_note(
    extract: tuple[str, str], *, answers: bool
) -> None:
    one = Judged(_ASKED, (_statement(*extract),))
    assert one.first_answers == one.some_answer == answers
    assert one.first_is_of_the_note == (extract[0] == "e01")


def test_a_later_extract_is_no_first_answer() -> None:
    one = Judged(_ASKED, (_statement("e02", "Nothing."), _statement("e01", "94 pounds")))
    assert (one.first_answers, one.some_answer, one.first_is_of_the_note) == (False, True, False)
    assert not Judged(_ASKED, ()).some_answer


def test_a_long_extract_is_no_sentence() -> None:
    sentence, more = "It costs about 94 pounds.", "It costs about 94 pounds. Kim has the key."
    assert [Judged(_ASKED, (_statement("e01", one),)).a_sentence_answers for one in (sentence, more)] == [True, False]


def test_there_are_enough_and_each_has_its_answer_in_its_note() -> None:
    said = {note.message_id: tuple(_statement(note.message_id, one.text) for one in note.segments) for note in notes()}
    every = [*tuned(), *kept_aside()]
    assert len(said) >= 60
    assert min(len(tuned()), len(kept_aside())) >= 85
    assert len({one.question for one in every}) == len(every)
    assert [one.question for one in every if not Judged(one, said[one.note]).some_answer] == []


def _statement(note: str, text: str) -> Statement:
    return Statement(text, (Citation(note, 0, 0.0, 1.0, text, "Kim", "2026-11-20T10:00:00Z"),))
