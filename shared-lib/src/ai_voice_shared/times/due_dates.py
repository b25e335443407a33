"""When something is due: the words of a note that say so, and the day that they mean, if it is exactly one.

A model that reads the note may propose a day, but the words decide. "Next Friday" said on a Monday, "by next week" and,
without a country, "05/06" mean different days to different people. They stay words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.times.calendar_days import Seen
from ai_voice_shared.times.clock import Clock, clocks
from ai_voice_shared.times.forms import Relation
from ai_voice_shared.times.spans import Span, folded, spans
from ai_voice_shared.times.words import TIME_WORDS
from ai_voice_shared.times.zones import LocalTime, is_southern
from ai_voice_shared.words.languages import month_first, primary
from ai_voice_shared.words.sentences import sentences

_YEARS = 5
"""Notes do not mean a day further ahead than this."""

_HOURS = 72
"""Nor more hours ahead than this, if they count hours."""

_ANY_DAY = date(2026, 1, 1)
"""Any day: the same words are found on every day."""

_UP_TO: frozenset[Relation | None] = frozenset({"by", "until", "for"})
_LIMITS: frozenset[Relation | None] = frozenset({"by", "until", "before", "on", "for"})
_BEGINS: frozenset[Relation | None] = frozenset({"since", "after", "from"})

_MARKS = " .,;:!?"
_TO_CLOCK = re.compile(r"[\s,]*")
_FROM_CLOCK = re.compile(r"[\s,]*(?:den|op)?\s*")
"""Between a day and the time of day after it, and before it."""

_EITHER = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?!\d)")


def words(sentence: str, language: str) -> str | None:
    """The words of a sentence that say by when, as written, with the time of day next to them."""
    plain, written = folded(sentence), unicodedata.normalize("NFC", sentence)
    found = spans(sentence, primary(language), Seen(_ANY_DAY, ahead_of_us=True))
    hours = clocks(plain, primary(language))
    told = [one for one in found if _is_ahead(one) or (one.relation == "from" and _hour_before(one, hours, plain))]
    best = next((one for one in told if one.relation in _LIMITS), next(iter(told), None))
    if best is None:
        return None if found else _hour_alone(hours, written)
    before = _hour_before(best, hours, plain)
    begin, end = before.opens if before else best.opens, best.end
    for one in found:  # "Montag in einer Woche" is not Monday
        end = one.end if one.opens > best.opens and plain[end : one.opens].isspace() else end
    behind = next((one for one in hours if one.opens >= end), None)
    if behind and _TO_CLOCK.fullmatch(plain, end, behind.opens):
        end = behind.end
    return written[begin:end].rstrip(_MARKS)


def _hour_before(span: Span, hours: Sequence[Clock], plain: str) -> Clock | None:
    """The time of day next to a day: "alle 15 di domani"."""
    before = (one for one in hours if one.end <= span.opens)
    return next((one for one in before if _FROM_CLOCK.fullmatch(plain, one.end, span.opens)), None)


def _hour_alone(hours: Sequence[Clock], written: str) -> str | None:
    """The one time of day in a sentence that names no day: "call her at 3 p.m."."""
    found = [one for one in hours if one.led and not one.weak]
    return written[found[0].opens : found[0].end].rstrip(_MARKS) if len(found) == 1 else None


def dated(note: AnyIntent, received: LocalTime, language: str, usual: Sequence[str] = ()) -> AnyIntent:
    """The note with the day that each thing to do is due, as far as its words tell one; see `resolved`."""
    if not note.tasks:
        return note
    items = [
        item.model_copy(update={"due": resolved(item.by_when, item.due, received, language, usual)})
        for item in note.tasks
    ]
    return note.model_copy(update={"action_items": items})


def day_in(text: str, at: LocalTime, language: str, usual: Sequence[str] = ()) -> date | None:
    """The first day by which, in a sentence of the text, something is to be done; None if there is none."""
    for begin, end in sentences(text):
        due = resolved(words(text[begin:end], language), None, at, language, usual)
        if due:
            return date.fromisoformat(due[:10])
    return None


def resolved(
    by_when: str | None, proposed: str | None, at: LocalTime, language: str, languages: Sequence[str] = ()
) -> str | None:
    """The day that the words mean, as ISO 8601, with the time and its offset if they name it; None for none, or two.

    Args:
        by_when: the words.
        proposed: the day that a model takes them for; used only if the rules do not know the words.
        at: when the note was received, in the company's time zone.
        language: of the note.
        languages: BCP 47 tags whose regions tell which of 05/06 is the month.
    """
    said = (by_when or "").strip(_MARKS)
    if not said:
        return None
    named = spans(said, primary(language), _seen(at, [language, *languages]), alone=True)
    told = [one for one in clocks(folded(said), primary(language)) if not _is_of_day(one, named)]
    clock = told[0].at if len(told) == 1 else None
    if named:
        if len(named) == 1 and named[0].hours and not named[0].days:
            return _in_hours(named[0].hours, at)
        day = _day(named)
        return _told(day, clock, at) if day and _is_ahead_of(day, at) else None
    if clock:
        return _today(clock, at)
    return _checked(said, proposed, at)


def _is_of_day(clock: Clock, named: Sequence[Span]) -> bool:
    """Whether what looks like an hour is the number of a day: "bis 11. Dezember"."""
    return clock.weak and any(span.opens <= clock.opens and clock.end <= span.end for span in named)


def _seen(at: LocalTime, languages: Sequence[str]) -> Seen:
    return Seen(at.today, ahead_of_us=True, southern=is_southern(at.where), month_first=month_first(languages))


def _is_ahead(span: Span) -> bool:
    is_last = (span.value or 0) < 0 and span.kind not in {"part", "next_part"}
    return span.kind not in {"ago", "lately"} and span.relation not in _BEGINS and not is_last


def _day(named: Sequence[Span]) -> date | None:
    """The one day of all the named ones; for a range, its last day."""
    if len(named) > 1 and named[-2].relation in {"from", "since"} and named[-1].relation in {"to", *_UP_TO}:
        named = named[-1:]
    days = {_of(span) for span in named}
    return days.pop() if len(days) == 1 else None


def _of(span: Span) -> date | None:
    """A day is itself, also with "before". A week or month means its last day, unless it may mean the first.

    None for what begins after it.
    """
    if span.days is None or span.relation == "after":
        return None
    match span.kind:
        case "ago" | "lately":
            return None
        case "unit" | "weekend" | "iso_week" | "month" | "in_month" | "season":
            if span.relation == "before":
                return span.days.first
            return None if span.relation in _UP_TO and span.value != 0 else span.days.last
        case "part" | "next_part":
            return span.days.last if span.value == 1 else None
        case _:
            return span.days.first


def _told(day: date, clock: time | None, at: LocalTime) -> str:
    return day.isoformat() if clock is None else _moment(day, clock, at).isoformat()


def _moment(day: date, clock: time, at: LocalTime) -> datetime:
    """If clocks skip a time on this day, it is written as the time that they show then."""
    return datetime.combine(day, clock, at.where).astimezone(UTC).astimezone(at.where)


def _in_hours(hours: int, at: LocalTime) -> str | None:
    if hours > _HOURS:
        return None
    return (at.moment + timedelta(hours=hours)).astimezone(at.where).replace(second=0, microsecond=0).isoformat()


def _today(clock: time, at: LocalTime) -> str | None:
    moment = _moment(at.today, clock, at)
    return moment.isoformat() if moment > at.moment else None


def _checked(said: str, proposed: str | None, at: LocalTime) -> str | None:
    """The proposed day, if nothing in the words is against it."""
    day, clock = _parsed(proposed, at)
    if day is None or not _is_ahead_of(day, at) or _may_be_two(said):
        return None
    weekdays, numbers = set(_weekdays(folded(said))), {int(one) for one in re.findall(r"\d{1,4}", said)}
    ahead = (day - at.today).days
    known = {day.day, day.month, day.year, ahead, ahead / 7, *([clock.hour, clock.minute] if clock else [])}
    if (weekdays and day.weekday() not in weekdays) or (numbers and not numbers & known):
        return None
    return _told(day, clock if numbers else None, at)


def _may_be_two(said: str) -> bool:
    return any(one != other and max(int(one), int(other)) <= 12 for one, other in _EITHER.findall(said))  # noqa: PLR2004


def _parsed(proposed: str | None, at: LocalTime) -> tuple[date | None, time | None]:
    try:
        if not proposed:
            return None, None
        if len(proposed) == len("2026-11-28"):
            return date.fromisoformat(proposed), None
        moment = datetime.fromisoformat(proposed)
        local = moment if moment.tzinfo is None else moment.astimezone(at.where)
    except (ValueError, OverflowError):
        return None, None
    return local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)


def _is_ahead_of(day: date, at: LocalTime) -> bool:
    return at.today <= day and day.year - at.today.year <= _YEARS


def _weekdays(plain: str) -> Iterator[int]:
    return (at for at, pattern in _weekday_names() if pattern.search(plain))


@cache
def _weekday_names() -> list[tuple[int, re.Pattern[str]]]:
    return [
        (at, re.compile(rf"(?<!\w)(?:{name})(?!\w)"))
        for language in TIME_WORDS.values()
        for at, name in enumerate(language.weekdays)
    ]
