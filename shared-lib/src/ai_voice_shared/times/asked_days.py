"""Which days a question is about: "last week" limits what is searched to notes of that week.

A question without any words of time is never limited. If it asks what is due in a week, notes from
before that week tell it: the limit reaches back three months, because people rarely say it earlier. A time in the
future limits nothing, because no note is from then.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from functools import cache

from ai_voice_shared.domain import timestamp
from ai_voice_shared.phrases import phrase
from ai_voice_shared.search.model import Scope
from ai_voice_shared.search.question import asks_for_all
from ai_voice_shared.times import days as told_days
from ai_voice_shared.times import zones
from ai_voice_shared.times.calendar_days import Seen
from ai_voice_shared.times.spans import LANGUAGES, Span, folded, spans
from ai_voice_shared.times.words import TIME_WORDS
from ai_voice_shared.times.zones import LocalTime
from ai_voice_shared.words.languages import month_first, primary
from ai_voice_shared.words.small_words import language_of
from ai_voice_shared.words.text_words import cut

_NOTICE = timedelta(days=92)
_ONE = timedelta(days=1)
_YEARS = 50
"""Notes are never older than this."""


@dataclass(frozen=True)
class AskedDays:
    """Days of notes: from `since` on, before `until`; None means no limit.

    Attributes:
        due: if the question is about what is due: the first day of that time, and the day after its last one.
    """

    since: date | None
    until: date | None
    due: tuple[date, date] | None = None

    def within(self, scope: Scope, where: tzinfo) -> Scope:
        """The scope limited further to these days of the zone."""
        since = timestamp(zones.begins(self.since, where)) if self.since else ""
        until = timestamp(zones.begins(self.until, where)) if self.until else ""
        return replace(scope, since=max(scope.since, since), until=min(filter(None, (scope.until, until)), default=""))

    def told(self, language: str, year: int) -> str:
        """The days for people; the current year is not named."""
        first = told_days.told(self.since, language, year) if self.since else ""
        if self.until is None:
            return phrase("days_since", language, day=first)
        if not first:
            return phrase("days_before", language, day=told_days.told(self.until, language, year))
        last = told_days.told(self.until - _ONE, language, year)
        return first if first == last else f"{first} – {last}"


def find(question: str, asked: LocalTime, usual: Sequence[str] = ()) -> AskedDays | None:
    """The days to which the question's words limit it; None for no limit. `usual`: languages that it may have."""
    for language in _languages(question, usual):
        seen = Seen(asked.today, southern=zones.is_southern(asked.where), month_first=month_first(usual))
        plain = folded(question)
        due, to_do = _says(plain, language, "due"), _says(plain, language, "to_do")
        found = spans(question, language, seen)
        if due or (to_do and not _over(found, asked.today)):
            return _of_due(spans(question, language, replace(seen, ahead_of_us=True)), asked.today)
        if limit := _limit(found, asked.today):
            return limit
    return None


def without_time(text: str, asked: LocalTime, usual: Sequence[str] = ()) -> str:
    """The text without its words of time, which notes of that time may lack; the text as is if it has nothing else."""
    for language in _languages(text, usual):
        if found := spans(text, language, Seen(asked.today)):
            plain = unicodedata.normalize("NFC", text)
            ends = [0, *(span.end for span in found)]
            begins = [*(span.opens for span in found), len(plain)]
            rest = " ".join(plain[end:begin].strip() for end, begin in zip(ends, begins, strict=True)).strip()
            return rest if cut(rest) else text
    return text


def asks_what_is_due(question: str, asked: LocalTime, usual: Sequence[str] = ()) -> bool:
    """Whether it only asks for everything that is due at a time."""
    for language in _languages(question, usual):
        rest = _cue(language, "due").sub(" ", folded(without_time(question, asked, usual)))
        if _says(folded(question), language, "due") and asks_for_all(rest):
            return True
    return False


def names_time(text: str, asked: LocalTime, usual: Sequence[str] = ()) -> bool:
    """Whether the text has words of time that the rules know."""
    return any(spans(text, language, Seen(asked.today)) for language in _languages(text, usual))


def may_name_time(text: str, asked: LocalTime, usual: Sequence[str]) -> bool:
    """Whether the rules find a time, or the text may name one in a language that they do not know."""
    unknown = any(primary(tag) not in LANGUAGES for tag in usual)
    return unknown or language_of(text) not in {"", *LANGUAGES} or names_time(text, asked)


def checked(
    words: str | None,
    proposed: tuple[str | None, str | None],
    said: Sequence[str],
    asked: LocalTime,
    usual: Sequence[str],
) -> AskedDays | None:
    """A model's limit, as far as it can be verified.

    Its words of time have to stand in the question. If the rules understand these words, their days count, because code
    makes no mistakes with a calendar. If not, the model's dates count if they can be days of notes.
    """
    source = next((one for one in said if words and _words(words) in _words(one)), None)
    if source is None:
        return None
    if names_time(source, asked, usual):
        return find(source, asked, usual)
    since, until = map(_date, proposed)
    earliest = date(asked.today.year - _YEARS, 1, 1)
    if since and not earliest <= since <= asked.today:
        return None
    if until and (until <= (since or earliest) or (until > asked.today and not since)):
        return None
    return AskedDays(since, until) if since or until else None


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[^\W_]+', folded(text)))} "


def _languages(question: str, usual: Sequence[str]) -> Sequence[str]:
    """The question's own language if its small words show it; otherwise those that it may have, and the others."""
    if own := language_of(question):
        return (own,) if own in LANGUAGES else ()
    likely = dict.fromkeys(map(primary, usual))
    return [one for one in likely if one in LANGUAGES] if likely else LANGUAGES


@cache
def _cue(language: str, name: str) -> re.Pattern[str]:
    words = TIME_WORDS[language]
    return re.compile(rf"(?<!\w)(?:{words.due if name == 'due' else words.to_do})(?!\w)")


def _says(plain: str, language: str, name: str) -> bool:
    return _cue(language, name).search(plain) is not None


def _over(found: Sequence[Span], today: date) -> bool:
    """Whether all the named days are in the past, so that nothing can be left to do; this never holds for `by`."""
    to_come = (
        span.days is None or span.days.end > today or _relation(found, at) == "by" for at, span in enumerate(found)
    )
    return not any(to_come)


def _of_due(found: Sequence[Span], today: date) -> AskedDays | None:
    named = [span.days for span in found if span.days]
    if not named:
        return None
    first, end = min(days.first for days in named), max(days.end for days in named)
    return AskedDays(min(today, first) - _NOTICE, end if end <= today else None, (first, end))


def _limit(found: Sequence[Span], today: date) -> AskedDays | None:
    """All expressions together: each is a part of time; one may begin it, and another may end it."""
    inside: list[tuple[date, date]] = []
    since: list[date] = []
    until: list[date] = []
    for at, span in enumerate(found):
        days = span.days
        if days is None or days.first > today or days.end.year < today.year - _YEARS:
            continue
        match _relation(found, at):
            case "since":
                since.append(days.first)
            case "after":
                since.append(days.end)
            case "before":
                until.append(days.first)
            case "until" | "by":
                until.append(days.end)
            case "for" | "to":
                continue
            case _:
                inside.append((days.first, days.end))
    since += [min(first for first, _ in inside)] if inside else []
    until += [max(end for _, end in inside)] if inside else []
    begins, ends = max(since, default=None), min(until, default=None)
    if begins and (begins > today or (ends and begins >= ends)):
        return None
    return AskedDays(begins, ends) if begins or ends else None


def _relation(found: Sequence[Span], at: int) -> str | None:
    """The relation of an expression: `from` begins a time if the next one ends it; `to` ends a time that was begun."""
    own = found[at].relation
    if own == "from":
        ends = at + 1 < len(found) and found[at + 1].relation in {"to", "until", "by"}
        return "since" if ends else None
    before = found[at - 1].relation if at else None
    if own in {"to", "by"} and before == "from":
        return "until"
    if before == "since" and (own == "to" or found[at].kind == "in_month"):  # "da lunedì a mercoledì"
        return "until"
    return own


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == len("2026-11-28") else None
    except ValueError:
        return None
