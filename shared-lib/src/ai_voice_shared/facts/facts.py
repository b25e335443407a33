"""The facts in a text that can be compared in any language: numbers with their units, times, days and codes."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

from ai_voice_shared.facts import vocabulary as claim_vocabulary
from ai_voice_shared.facts.figures import figured
from ai_voice_shared.facts.numbers import Number, follows_figures, numbers
from ai_voice_shared.facts.times import Time, times
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import Word, cut

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_EAST = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号일]")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?(?![\d])")
_DOTTED_WITH_YEAR = re.compile(_DOTTED.pattern.replace("(?:\\s?(\\d{4}|\\d{2}))?", "\\s?(\\d{4}|\\d{2})"))
"""In English "2.5." is a number at the end of a sentence."""

_PHONE = re.compile(r"(?<![\w])(?:\+|00?)\d[\d ()/.-]{5,}\d(?![\w])")
_LETTERS = "(?:[^\\W_][\u0300-\u036f]*)+"
_CODE = re.compile(rf"(?<![\w/-])(?=[\w/-]*\d)(?=[\w/-]*[^\W\d]|\d+[/-]){_LETTERS}(?:[-/]{_LETTERS})*(?![\w])")
_FIGURES_AND_WORD = re.compile(r"(\d+(?:[.,]\d+)?)-?([^\W\d_]+)")
_WORD_AND_FIGURES = re.compile(r"[^\W\d_]{4,}-(\d+)")
_DAYS = frozenset(map(float, range(1, 32)))
_YEARS = range(1990, 2100)
_BESIDE = 20
"""Characters between a month and its day, or its year, at most."""

_RANGE = re.compile(r"\d+-\d+")


@dataclass(frozen=True)
class Day:
    """A calendar day; the year is 0 if the text has none."""

    start: int
    end: int
    year: int
    month: int
    day: int


@dataclass
class Facts:
    """The facts in a text, each with its place in `text`.

    Attributes:
        text: the text with its numbers as figures.
        days: in full. `months` and `weekdays` stand alone; `offsets` are days relative to today.
        calendar: the words that name them.
        dated: numbers that belong to days.
    """

    text: str
    language: str
    numbers: list[Number] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    calendar: set[str] = field(default_factory=set)
    dated: set[Number] = field(default_factory=set)


def facts(text: str, language: str, *, certain: bool = False) -> Facts:
    """The facts in a text of this language (BCP 47).

    `certain`: ambiguous words, such as "may", do not count.
    """
    figures = figured(_visible(text), language, certain=certain)
    found = Facts(figures, language)
    rest = _days_in_figures(found)
    found.times = times(rest)
    for time in found.times:
        rest = _without(rest, time.start, time.end)
    rest = _codes(found, rest)
    found.numbers = list(numbers(rest, language))
    _calendar(found, rest, certain=certain)
    found.numbers = [one for one in found.numbers if one not in found.dated]
    return found


def _visible(text: str) -> str:
    """The text without joiners, soft hyphens and similar characters inside words and numbers."""
    if text.isascii():
        return text
    return "".join(one for one in text if unicodedata.category(one) != "Cf")


def _without(text: str, start: int, end: int) -> str:
    """The text with a gap of the same length, without words."""
    return text[:start] + ";" * (end - start) + text[end:]


def _days_in_figures(found: Facts) -> str:
    """Records the dates in figures; returns the text without them."""
    rest = found.text
    dotted = _DOTTED_WITH_YEAR if primary(found.language) == "en" else _DOTTED
    for pattern, order in ((_ISO, (1, 2, 3)), (_EAST, (1, 2, 3)), (dotted, (3, 2, 1))):
        for match in pattern.finditer(rest):
            year, month, day = (int(match[place] or 0) for place in order)
            if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004 - months of a year, days of a month
                year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004 - two figures
                found.days.append(Day(*match.span(), year, month, day))
                rest = _without(rest, *match.span())
    return rest


def _codes(found: Facts, rest: str) -> str:
    """Records phone numbers and codes; returns the text without them, with figures and their units separated."""
    for match in _PHONE.finditer(rest):
        if sum(one.isdigit() for one in match[0]) > 6:  # noqa: PLR2004 - fewer are no phone number
            found.codes.append(match[0])
            rest = _without(rest, *match.span())
    for match in _CODE.finditer(rest):
        code = match[0]
        with_word = _FIGURES_AND_WORD.fullmatch(code)
        if _RANGE.fullmatch(code) or _WORD_AND_FIGURES.fullmatch(code):
            rest = rest[: match.start()] + code.replace("-", ";") + rest[match.end() :]
        elif with_word and ("-" in code or follows_figures(with_word[2], found.language)):
            at = match.start() + len(with_word[1])
            rest = rest[:at] + rest[at : match.end()].replace("-", " ") + rest[match.end() :]
        else:
            found.codes.append(code)
            rest = _without(rest, *match.span())
    return rest


def _calendar(found: Facts, rest: str, *, certain: bool) -> None:
    """Records months, days of the week, days relative to today, and dates with a month's name."""
    words = cut(rest)
    if not certain:
        found.weekdays += _short_weekdays(words, found.language)
    place = 0
    while place < len(words):
        texts = [word.text for word in words[place : place + 4]]
        meant = claim_vocabulary.known(texts, found.language)
        doubtful = certain and _is_doubtful(rest, words[place], found.language)
        for one in meant.meanings:
            if (
                one.kind != "unit"
                and not (doubtful and one.kind != "day")
                and not (words[place].unspaced and meant.words == 1)
            ):
                _note(found, one, words, place, meant.words)
        place += max(1, meant.words)


_SHORT = {"pt": {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4}}
"""Days of the week as people say them; some are other words, too."""


def _short_weekdays(words: list[Word], language: str) -> list[int]:
    known = _SHORT.get(primary(language), {})
    return [known[word] for word in (bare(one.text) for one in words) if word in known]


def _is_doubtful(text: str, word: Word, language: str) -> bool:
    """Whether a word for a month or a day can also be another word, such as "may", "mar" and "set"."""
    if re.search(r"\d\W{0,2}(?:er|de|of)?\W{0,2}$", text[max(0, word.start - 12) : word.start]) or re.match(
        r"\W{0,2}\d", text[word.end :]
    ):
        return False
    short = len(word.text) <= 3 and not word.text[:1].isupper()  # noqa: PLR2004 - letters
    return short or not claim_vocabulary.is_month_or_day(word.text, language)


def _note(found: Facts, one: claim_vocabulary.Meaning, words: list[Word], place: int, count: int) -> None:
    found.calendar |= {word.text for word in words[place : place + count]}
    if one.kind == "weekday":
        found.weekdays.append(int(one.value))
    elif one.kind == "day":
        found.offsets.append(int(one.value))
    elif day := _day(found, int(one.value), words, place):
        found.days.append(day)
    else:
        found.months.append(int(one.value))


def _day(found: Facts, month: int, words: list[Word], place: int) -> Day | None:
    """The day next to a month's name, with the year after it."""
    start, behind = words[place].start, words[place].end
    near = [one for one in _beside(found, start, behind) if not one.units and one.values <= _DAYS]
    before = [one for one in near if one.end <= start and _is_filler(found.text[one.end : start])]
    after = [one for one in near if one.start >= behind and _is_filler(found.text[behind : one.start])]
    if not before and not after:
        return None
    number = before[-1] if before else after[0]
    end = max(number.end, behind)
    following = [one for one in _beside(found, end, end) if one.start >= end and min(one.values) in _YEARS]
    year = following[0] if following and _is_filler(found.text[end : following[0].start]) else None
    found.dated |= {number, year} if year else {number}
    return Day(number.start, end, int(min(year.values)) if year else 0, month, int(min(number.values)))


def _beside(found: Facts, start: int, end: int) -> list[Number]:
    """The numbers around a part of the text that do not belong to a date yet."""
    first = bisect_left(found.numbers, start - _BESIDE, key=_start)
    last = bisect_left(found.numbers, end + _BESIDE, key=_start)
    return [one for one in found.numbers[first:last] if one not in found.dated]


def _start(number: Number) -> int:
    return number.start


def _is_filler(between: str) -> bool:
    return re.fullmatch(r"(?:st|nd|rd|th|er|º|\.)?[\s,]*(?:of|de|del|di|the|den|le|d')?\s*", between) is not None
