"""Four times the text is four times the work, for any text: counted in steps, or ended by a limit on size.

What a library does inside one call is no step; where its regular expression could go back and forth, a text is so
long here that the test would not end.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from support.steps import steps

from ai_voice_shared.answering import quoted_sentences, quotes
from ai_voice_shared.answering.extracts import choosing
from ai_voice_shared.answering.model import Drafting
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.claims import claims
from ai_voice_shared.correcting import aligning
from ai_voice_shared.correcting import words as corrected_words
from ai_voice_shared.domain import Company, Segment, Transcript
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search import near as search_near
from ai_voice_shared.search import question as search_question
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored import stored_notes
from ai_voice_shared.times import due_dates
from voice_parser.commands import forget, play
from voice_parser.replying import clusters, feedback, splitting
from voice_parser.speech import plausibility, repetition, stock_phrases
from voice_parser.speech.plausibility import Said
from voice_parser.twilio.vcards import contacts
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import readable

ACME = Company("acme", "Acme", ("en",))
_GROWTH = 4
_AT_MOST = 1.5
"""What may be added to that: searching in order costs a logarithm, and dictionaries grow in jumps."""


def words(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - the same words every time
    return ["".join(chance.choices("abcdefghij", k=6)) for _ in range(count)]


def twice(count: int) -> str:
    return " ".join(f"{word} {word}" for word in words(count))


def each(count: int, template: str) -> str:
    return " ".join(template.format(word) for word in words(count))


def judged(
    sentence: str, text: str = "Building 7 runs at 5 bar on Monday, 3 May, says Mary Jones of AB-1042/7."
) -> bool:
    cited = claims.Cited(sentence, 0, len(sentence), "en", ("Sam",), date(2026, 11, 14), "SM1")
    return claims.hold(text, "en", [cited])


def opposed(sentence: str) -> bool:
    return judged(sentence, "The gate is closed before Monday, not open, 7 doors take 30 minutes, says Mrs Jones.")


def written(text: str) -> Transcript:
    return Transcript(text, stored_notes.paragraphs(text))


def analysis(text: str) -> Any:
    return RulesAnalyzer().understand(written(text), ACME)


def told(text: str) -> str:
    return feedback.answer(analysis(text), ACME, written(text))


def extracted(text: str) -> object:
    said = Segment(0.0, 1.0, text)
    note = IndexedNote("SM1", "other", "ana", "Ana", "2026-11-20T09:12:04.000Z", "en", (said,))
    return choosing.best(text, [Found(note, 0)], [Turn("And the pump?", "")])


def contact(lines: int) -> bytes:
    return b"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:" + b"x" * 4000 + b"=\n" + b"=\n" * lines


@dataclass(frozen=True)
class Hostile:
    """A text of any size, and the work on it."""

    make: Callable[[int], Any]
    work: Callable[[Any], object]
    size: int


HOSTILE = {
    "a quote that is nearly there everywhere": Hostile(
        lambda n: (" ".join(["ab"] * (n // 2)) + " x", " ".join(["ab"] * n)), lambda two: quotes.find(*two), 500
    ),
    "a source of numbers": Hostile(lambda n: "It is 5 bar, or 1.250 on 3 May. " * n, judged, 100),
    "a source of days": Hostile(lambda n: "May 3, Monday 7, 2026-11-14; " * n, judged, 100),
    "a source of codes": Hostile(lambda n: "AB-1042/7-" * n, judged, 100),
    "a source of names": Hostile(lambda n: "Building Mary Hill and Jones is not there, " * n, judged, 100),
    "a source of opposites": Hostile(lambda n: "The gate is open, the door is closed. " * n, opposed, 50),
    "a source of opposites without marks": Hostile(
        lambda n: "it is not open closed before more than up down " * n, opposed, 50
    ),
    "a source of sums": Hostile(lambda n: "three doors and 2 m and half an hour, " * n, opposed, 50),
    "a source that corrects": Hostile(lambda n: "not on Monday, but on Tuesday, " * n, opposed, 50),
    "a source of titles": Hostile(lambda n: "Dr Jones and Mrs Hill, " * n, opposed, 50),
    "a question of many words": Hostile(
        lambda n: " ".join(words(n)), lambda text: search_question.sought(text, ("en", "de")), 1000
    ),
    "words that are nearly near": Hostile(
        lambda n: " ".join(words(n)), lambda text: search_near.near_at(text, "abcdefgh hgfedcba", "en"), 300
    ),
    "extracts for a question of many words": Hostile(lambda n: " ".join(words(n)), extracted, 400),
    "statements": Hostile(lambda n: each(n, "{0} is there."), told, 300),
    "orders": Hostile(lambda n: each(n, "Please order {0}."), told, 300),
    "a report without marks": Hostile(lambda n: " ".join(words(n)), analysis, 300),
    "questions": Hostile(lambda n: each(n, "What do we know about {0}?"), analysis, 300),
    "everything said twice": Hostile(twice, repetition.runs, 100),
    "everything said twice, to be said once": Hostile(twice, repetition.said_once, 100),
    "everything said twice, too fast": Hostile(twice, lambda text: plausibility.judged(Said(text, 1.0)), 100),
    "a hint again and again": Hostile(
        lambda n: " ".join(["abc"] * n), lambda text: plausibility.judged(Said(text, 500.0, ("abc", "def"))), 500
    ),
    "a reply of closing marks": Hostile(lambda n: "。" + "」" * n + "x", splitting.split, 4000),
    "flags": Hostile(lambda n: "\U0001f1e6" * n, lambda text: list(clusters.clusters(text)), 2000),
    "a contact in a thousand lines": Hostile(contact, contacts, 1000),
    "a paragraph of sentences": Hostile(lambda n: each(n, "It is {0}."), stored_notes.paragraphs, 300),
    "a paragraph of numbers with full stops": Hostile(lambda n: "13. Mai " * n, stored_notes.paragraphs, 300),
    "a paragraph without an end": Hostile(lambda n: ", ".join(words(n)), stored_notes.paragraphs, 300),
    "a paragraph of one word without spaces": Hostile(lambda n: "水泵坏了" * n, stored_notes.paragraphs, 300),
    "a paragraph of closing marks": Hostile(lambda n: "a." + ")" * n + " b", stored_notes.paragraphs, 1000),
    "a text put back in its place": Hostile(
        lambda n: (stored_notes.paragraphs(each(n, "It is {0}.")), each(n, "It is {0}.")),
        lambda two: corrected_words.as_text(two[0], two[0], two[1]),
        300,
    ),
    "a quote in a sentence without an end": Hostile(
        lambda n: stored_notes.paragraphs(", ".join(words(n))),
        lambda parts: quoted_sentences.around(parts, len(parts) // 2, quotes.Place(0, 6)),
        300,
    ),
    "a correction of random words": Hostile(lambda n: (words(n), words(n, 2)), lambda two: aligning.places(*two), 1000),
    "a correction of blank lines": Hostile(
        lambda n: ((*stored_notes.paragraphs("\n".join(words(n))),), "\n\n".join(words(n, 2))),
        lambda two: corrected_words.with_text(*two),
        500,
    ),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_as_the_text_does(hostile: Hostile) -> None:
    hostile.work(hostile.make(10))  # what is made once
    small, large = (hostile.make(hostile.size * factor) for factor in (1, _GROWTH))
    once = steps(lambda: hostile.work(small))
    assert steps(lambda: hostile.work(large)) <= _GROWTH * _AT_MOST * once + 1000


@pytest.mark.parametrize(
    "work",
    [
        lambda: stock_phrases.is_credit("字幕" * 200_000),
        lambda: repetition.runs("a" + "." * 1_000_000 + "a"),
        lambda: analysis("What do we know" + "." * 1_000_000 + "a?"),
        *(
            lambda piece=piece: analysis(piece * 20_000)
            for piece in ("please ", "hello ", "must not ", "a, ", "to do: ")
        ),
        lambda: clusters.cut(list('."' + '"' * 200_000 + " x"), 200_000),
        lambda: list(clusters.clusters("\U0001f1e6" * 500_000)),
        lambda: splitting.split("。" + "」" * 300_000 + "x"),
        *(
            lambda piece=piece: judged(piece * 20_000)
            for piece in ("1 ", "1.", "+1 ", "a-", "1/", "1 000 ", "\u0661 ", "(1", "has ", "not ", "more ")
        ),
        *(
            lambda piece=piece, language=language: due_dates.words(piece * 40_000, language)
            for language, piece in (("de", "um 3 "), ("de", "tagmittag"), ("it", "domani alle 3 del "), ("nl", "vóór "))
        ),
    ],
)
def test_no_expression_goes_back_and_forth(work: Callable[[], object]) -> None:
    work()  # going back and forth, each would take minutes to hours


@pytest.mark.parametrize("text", ["!" * 1_000_000 + "forget that", "play" + "." * 1_000_000 + "1", "🙂" * 400_000])
def test_a_long_text_is_no_request_and_is_not_looked_at(text: str) -> None:
    assert steps(lambda: forget.asked(text)) < 10
    assert steps(lambda: play.requested("", text)) < 10
    assert forget.asked("  forget that!  ") == "en"


def test_a_question_is_looked_for_by_its_first_hundred_words() -> None:
    assert search_question.sought(" ".join(words(1000)), ("",)).words == words(100)


def test_a_draft_that_does_not_end_is_read_to_a_limit() -> None:
    statement = '{"text": "It is so.", "sources": []}, '
    pieces = ['{"language": "en", "statements": [', *[statement * 100] * 100]
    found = list(Drafting(iter(pieces)))
    assert 100_000 // len(statement) - 1 <= len(found) <= 104_000 // len(statement)


def test_a_long_note_is_understood_by_its_beginning() -> None:
    caption, said = "a" * 100_000, "b" * 100_000
    segments = (*stored_notes.paragraphs(caption), *stored_notes.paragraphs(said))
    read = readable(Transcript(said, segments, caption=caption))
    assert (len(read.caption), len(read.text)) == (100_000, 50_000)
    assert [len(segment.text) for segment in read.segments] == [100_000, 50_000]
    assert readable(written("short")) == written("short")
