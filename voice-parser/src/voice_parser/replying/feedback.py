"""The reply to a filed note: short, in the sender's language, and never the text that they wrote themselves."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.phrases import in_language, phrase
from ai_voice_shared.words.text_words import plain, written_words
from voice_parser.replying.clusters import shortened, units
from voice_parser.replying.literal_text import literal
from voice_parser.replying.splitting import LONGEST_REPLY
from voice_parser.understanding.understanding import Analysis

_TITLE = 150
_LINE = 300
"""UTF-16 units of one line of a list."""

_BESIDE = 400
"""UTF-16 units for other sentences in the reply: about the note's file, and about words that were not understood."""

_OF_SPOKEN = LONGEST_REPLY - _BESIDE
"""UTF-16 units. A sender who spoke reads here what we heard, so it may fill two messages."""

_OF_WRITTEN = 800
"""UTF-16 units: half a message. A sender who wrote has the text already."""

_BULLET = "• "
_MOST_TURNS = 20
_GAP = "\n\n"


def answer(analysis: Analysis, company: Company, transcript: Transcript, year: int = 0) -> str:
    """The whole feedback for a filed note, one or two messages long; empty if the company wants none.

    Days in the current year are shown without the year.
    """
    problems = list(_problems(analysis, transcript))
    title = literal(shortened(analysis.note.title, _TITLE))
    heading = f"{in_language(analysis.note.filed_as, analysis.language)}: {title}"
    match company.feedback:
        case "problems-only":
            return _GAP.join(problems)
        case "short":
            return _GAP.join([heading, *problems])
        case _:
            taken = units(_GAP.join([heading, *problems, ""]))
            return _GAP.join([heading, *_told(analysis, transcript, taken, year), *problems])


def _problems(analysis: Analysis, transcript: Transcript) -> Iterator[str]:
    """A sentence for each thing that the sender should know or check."""
    if not analysis.certain:
        yield phrase("understood_by_rules", analysis.language)
    if transcript.uncertain:
        yield phrase("partly_uncertain", analysis.language)


def _told(analysis: Analysis, transcript: Transcript, taken: int, year: int) -> list[str]:
    """What was understood, below the title; if it is too long, the beginnings, and a sentence about the whole note."""
    spoken = any(not segment.written for segment in transcript.segments)
    written = _words("\n".join(segment.text for segment in transcript.segments if segment.written))
    room = (_OF_SPOKEN if spoken else _OF_WRITTEN) - taken
    paragraphs = [paragraph.strip() for paragraph in analysis.note.told(analysis.language, year) if paragraph.strip()]
    news = [
        literal(paragraph)
        for paragraph in paragraphs
        if _is_task(paragraph, analysis) or not _is_in(paragraph, written)
    ]
    where = phrase("whole_is_filed", analysis.language)
    if units(literal(_GAP.join(paragraphs))) <= room:
        hidden = bool(paragraphs) and not news and units(literal(transcript.full_text)) > room
        return [where] if hidden else news
    return [*_fitted(news, room - units(_GAP + where), analysis.language), where]


def _is_task(paragraph: str, analysis: Analysis) -> bool:
    """Whether it lists what is to be done, which is confirmed in whatever words."""
    tasks = analysis.note.tasks
    return bool(tasks) and paragraph.startswith(_BULLET) and tasks[0].what in paragraph


def _is_in(paragraph: str, written: str) -> bool:
    """Whether the sender wrote each sentence of the paragraph; both are given in `_words`.

    Extracts keep the order of the text, so each sentence is searched after the one before. If a paragraph goes back
    more than a few times, it counts as new: otherwise the whole text would be searched for each of its sentences.
    """
    place = turns = 0
    for sentence in re.split(r"(?<=[.!?…。！？؟۔।])\s+|\n", paragraph):  # noqa: RUF001 - other scripts' own marks
        sought = _words(sentence)
        found = written.find(sought, place)
        if found < 0:
            turns += 1
            found = written.find(sought, 0, place + len(sought)) if turns <= _MOST_TURNS else -1
        if found < 0:
            return False
        place = found
    return bool(written.strip())


def _words(text: str) -> str:
    return f" {' '.join(map(plain, written_words(text)))} "


def _fitted(paragraphs: Sequence[str], room: int, language: str) -> list[str]:
    """The paragraphs in so many UTF-16 units: short ones whole, and the others share the rest."""
    fitted = dict.fromkeys(paragraphs, "")
    for others, paragraph in zip(range(len(fitted) - 1, -1, -1), sorted(fitted, key=units), strict=True):
        share = room // (others + 1) - units(_GAP)
        cut = _first_lines if paragraph.startswith(_BULLET) else _first_sentences
        fitted[paragraph] = cut(paragraph, share, language)
        room -= units(fitted[paragraph] + _GAP)
    return list(fitted.values())


def _first_sentences(paragraph: str, room: int, _language: str) -> str:
    return shortened(paragraph, room)


def _first_lines(paragraph: str, room: int, language: str) -> str:
    """The first lines of a list, and how many more there are."""
    whole = re.split(rf"\n(?={_BULLET})", paragraph)
    room_for_lines = room - units(phrase("and_more", language, count=str(len(whole))))
    lines = [shortened(line, min(_LINE, room_for_lines)) for line in whole]
    lengths = list(accumulate(units(f"{line}\n") for line in lines))
    told = bisect_right(lengths, room_for_lines)
    if lengths[-1] <= room:
        return "\n".join(lines)
    return "\n".join([*lines[:told], phrase("and_more", language, count=str(len(lines) - told))])
