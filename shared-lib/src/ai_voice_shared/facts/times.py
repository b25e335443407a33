"""Times of day in a text, as figures and as people say them: 14:30, 2:30 pm, half past two, halb drei, 14h30."""

import re
from typing import NamedTuple

_HOURS = 24
_MINUTES = 60
_HALF_DAY = 12

_TIME = re.compile(
    r"(?<![\d:.,/-])(?P<h>[01]?\d|2[0-4])(?:(?P<sep>[:hH]|\s?(?:Uhr|heures?|uur|hod|godz)\.?\s?(?=[0-5]\d\b)|\s[hH]\s(?=[0-5]\d\b))(?P<m>[0-5]\d)(?![\d:])"
    r"|\.(?P<dm>[0-5]\d)(?=\s*(?:Uhr|uhr|[ap]\.?m\b|hrs?\b)))?"
    r"\s?(?P<mark>[ap]\.?\s?m\b\.?|[AP]M\b|Uhr\b|uhr\b|uur\b|o'clock|o’clock|h\b|часов)?"
)
_SAID = [
    (re.compile(r"\bhalf past (\d{1,2})\b", re.IGNORECASE), 0, 30),
    (re.compile(r"\bquarter past (\d{1,2})\b", re.IGNORECASE), 0, 15),
    (re.compile(r"\bquarter to (\d{1,2})\b", re.IGNORECASE), -1, 45),
    (re.compile(r"\b(?:halb|half|halv) (\d{1,2})\b", re.IGNORECASE), -1, 30),
    (re.compile(r"(?:午前|上午|朝)\s?(\d{1,2})\s?[時时点點](?!\s?[半\d間])"), 0, 0),
    (re.compile(r"(?:午後|下午|夜|晚上)\s?(\d{1,2})\s?[時时点點](?!\s?[半\d間])"), 12, 0),
    (re.compile(r"\bviertel (?:nach|über) (\d{1,2})\b", re.IGNORECASE), 0, 15),
    (re.compile(r"\bviertel vor (\d{1,2})\b", re.IGNORECASE), -1, 45),
    (re.compile(r"\bdreiviertel (\d{1,2})\b", re.IGNORECASE), -1, 45),
    (re.compile(r"\b(\d{1,2})\s?(?:heures?|h) et demie\b", re.IGNORECASE), 0, 30),
    (re.compile(r"\b(\d{1,2})\s?(?:heures?|h) et quart\b", re.IGNORECASE), 0, 15),
    (re.compile(r"\b(\d{1,2})\s?(?:heures?|h) moins le quart\b", re.IGNORECASE), -1, 45),
    (re.compile(r"\bà (\d{1,2})\s?(?:heures?|h)\b(?!\s?\d| et | moins )", re.IGNORECASE), 0, 0),
    (re.compile(r"(?:às|a las|alle) (\d{1,2}) (?:horas?|ore)\b", re.IGNORECASE), 0, 0),
    (re.compile(r"\b(\d{1,2}) (?:y|e) (?:media|meia|mezza|mezzo)\b", re.IGNORECASE), 0, 30),
    (re.compile(r"\b(\d{1,2}) (?:y|e|e un) (?:cuarto|quarto)\b", re.IGNORECASE), 0, 15),
    (re.compile(r"\b(\d{1,2}) (?:menos|meno un) (?:cuarto|quarto)\b", re.IGNORECASE), -1, 45),
]


class Time(NamedTuple):
    """A time of day at a place in the text: the minutes of the day that it may mean, two where nothing tells a half."""

    start: int
    end: int
    minutes: frozenset[int]


def times(text: str) -> list[Time]:
    """The times in a text whose number words are figures already; none overlaps another."""
    found = [_said(match, hours, minutes) for said, hours, minutes in _SAID for match in said.finditer(text)]
    for match in _TIME.finditer(text):
        time = _written(match)
        if time and all(time.end <= other.start or time.start >= other.end for other in found):
            found.append(time)
    return sorted(found)


def _said(match: re.Match[str], hours: int, minutes: int) -> Time:
    return Time(*match.span(), _halves((int(match[1]) + hours) % _HOURS, minutes))


def _written(match: re.Match[str]) -> Time | None:
    """The time, unless it is a mere number."""
    minutes, mark = match["m"] or match["dm"], (match["mark"] or "").casefold().replace(".", "").replace(" ", "")
    if not minutes and (not mark or mark == "h"):  # "3 h" is mostly how long
        return None
    hour = int(match["h"]) % _HOURS
    if mark in {"am", "pm"} and hour <= _HALF_DAY:
        exact = hour % _HALF_DAY + (_HALF_DAY if mark == "pm" else 0)
        return Time(*match.span(), frozenset({exact * _MINUTES + int(minutes or 0)}))
    return Time(*match.span(), _halves(hour, int(minutes or 0)))


def _halves(hour: int, minute: int) -> frozenset[int]:
    """Of an hour up to twelve, both halves of the day."""
    hours = {hour, (hour + _HALF_DAY) % _HOURS} if hour <= _HALF_DAY else {hour}
    return frozenset(one * _MINUTES + minute for one in hours)
