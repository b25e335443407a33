"""Which time of day words name: "3 p.m.", "15 Uhr", "alle 15:30", "las tres de la tarde", "half vier"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache

from ai_voice_shared.phrases import FALLBACK
from ai_voice_shared.times.forms import LONGEST
from ai_voice_shared.times.named import counted
from ai_voice_shared.times.words import TIME_WORDS

_HOUR = r"(?P<hour>[01]?\d|2[0-3])"
_MINUTE = r"(?P<minute>[0-5]\d)"
_NOON, _DAY, _HALF = 12, 24, 30
"""Hours and minutes."""

_HALF_TO = frozenset({"de", "nl"})
"""Languages in which "halb vier" is half an hour before four."""

_DAY_BEGINS = 7
"""An hour from here to noon is in the morning where people count to 24; "um 3 Uhr" may be in the afternoon."""

_NIGHT_ENDS = 6
"""Hours "of the night" before this one are after midnight."""

_ENDS = r"(?=\s*(?:[.,;:!?)]|$))"
_ANYWHERE = (
    rf"{_HOUR}(?:[:.h]{_MINUTE})?\s?(?P<half>[ap])\.?m\b\.?",
    r"(?P<noon>noon|midday|(?:\w+tag)?mittags?|mediodia|midi|meio[- ]dia|mezzogiorno)(?!\w)",
)
"""Times in any language."""

_BEFORE = 24
"""Characters before a time in which its preposition is searched."""


@dataclass(frozen=True)
class Clock:
    """A time of day in a text.

    Attributes:
        start, end: of its words; `opens`: where the preposition before them begins.
        led: whether there is a preposition.
        weak: whether it is a time only next to a day: "by 5" may mean five of something.
        at: None if it may be before or after noon.
    """

    start: int
    end: int
    opens: int
    led: bool
    weak: bool
    at: time | None


def clocks(plain: str, language: str) -> list[Clock]:
    """The times of day in a text, in order, none inside another. The text is as `spans.folded` writes it.

    In a language without words for times, those that are written alike in many are found ("15:30").
    """
    language, plain = language if language in TIME_WORDS else FALLBACK, plain[:LONGEST]
    part = _part_of_day(plain, language)
    found = sorted(
        (_clock(match, plain, language, part) for match in _matches(plain, language)),
        key=lambda one: (one.opens, -one.end, one.weak),
    )
    kept: list[Clock] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _matches(plain: str, language: str) -> Iterator[re.Match[str]]:
    for pattern in _patterns(language).times:
        yield from pattern.finditer(plain)


@dataclass(frozen=True)
class _Patterns:
    """Those of one language."""

    times: tuple[re.Pattern[str], ...]
    before: re.Pattern[str]
    parts: dict[str, re.Pattern[str]]


@cache
def _patterns(language: str) -> _Patterns:
    words = TIME_WORDS[language].clock
    named = f"{words.morning}|{words.afternoon}|{words.night}".replace(r"\w*", "")  # "morgenochtend" is a day, too
    part = rf"(?:\s+(?:{named})(?!\w))"
    hour = rf"(?P<full>uhr|h|{words.hour})(?!\w)"
    word = rf"(?!an?\b)(?P<word>{'|'.join(TIME_WORDS[language].numbers)})(?!\w)"
    late = rf"(?P<late>\s+(?:{words.half_past}))?"
    digits = rf"{_HOUR}(?:\.{_MINUTE})?"
    before, alone = f"(?:{words.before})", f"(?:{words.alone})"
    times = [
        *_ANYWHERE,
        rf"{_HOUR}[:hu]{_MINUTE}(?:\s?{hour})?(?![\w:/]){part}?",
        rf"{digits}\s?(?P<full>uhr|h)(?![\w:/-]){part}?",
        rf"{digits}\s?{hour}(?:{part}|{_ENDS})",
        rf"{before}\s+(?:{digits}|{word})\s?{hour}{part}?",
        rf"{before}\s+(?:{digits}|{word}{late}){part}",
        rf"{alone}\s*(?:{digits}|{word}{late}){_ENDS}",
        rf"(?P<weak>{words.beside})\s+(?:{digits}|{word}{late})(?![\w:/-]|\.\d)",
    ]
    if language in _HALF_TO:
        times.append(rf"(?P<early>hal[bf])\s+(?:{_HOUR}|{word})(?!\w){part}?")
    parts = {"morning": words.morning, "afternoon": words.afternoon, "night": words.night}
    return _Patterns(
        tuple(re.compile(rf"(?<![\w.:/-])(?:{one})") for one in times),
        re.compile(rf"(?<![\w'-]){before}\s*\Z"),
        {name: re.compile(rf"(?<!\w)(?:{one})(?!\w)") for name, one in parts.items()},
    )


def _part_of_day(plain: str, language: str) -> str:
    """The one part of the day that the text names; empty if it names none, or several."""
    parts = [name for name, words in _patterns(language).parts.items() if words.search(plain)]
    return parts[0] if len(parts) == 1 else ""


def _clock(match: re.Match[str], plain: str, language: str, part: str) -> Clock:
    before = _patterns(language).before.search(plain, max(0, match.start() - _BEFORE), match.start())
    opens = before.start() if before else match.start()
    weak = match.groupdict().get("weak") is not None
    led = before is not None or not match[0][0].isdigit()
    return Clock(match.start(), match.end(), opens, led, weak, _time(match.groupdict(), language, part))


def _time(said: Mapping[str, str | None], language: str, part: str) -> time | None:
    if said.get("noon"):
        return time(_NOON)
    written = said.get("hour") or said.get("word") or ""
    hour = int(written) if written.isdigit() else counted(written, TIME_WORDS[language].numbers)
    minute = _HALF if said.get("late") else int(said.get("minute") or 0)
    if said.get("early"):
        hour, minute = hour - 1, _HALF
    if half := said.get("half"):
        return time(hour % _NOON + _NOON * (half == "p"), minute) if 1 <= hour <= _NOON else None
    found = _of_day(hour, part)
    if found is None and (hour > _NOON or written.startswith("0") or _is_morning(hour, said, language)):
        found = hour
    return time(found, minute) if found is not None and found < _DAY else None


def _is_morning(hour: int, said: Mapping[str, str | None], language: str) -> bool:
    return hour >= _DAY_BEGINS and (bool(said.get("full")) or language != "en")


def _of_day(hour: int, part: str) -> int | None:
    """The hour in a part of the day; None if the part is not known, or does not fit."""
    if not part or not 1 <= hour <= _NOON:
        return None
    match part:
        case "morning":
            return hour
        case "afternoon":
            return hour % _NOON + _NOON
        case _:
            return None if hour == _NOON else hour if hour < _NIGHT_ENDS else hour + _NOON
