"""Whether a statement says more than the sentences it cites: other numbers, units, days, names, or the contrary.

What is judged are facts that compare in any language. A statement that passes was said so, as far as that tells;
whether it is true, nobody here knows.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ai_voice_shared.claims import counts as claim_counts
from ai_voice_shared.claims import days as claim_days
from ai_voice_shared.claims import negations
from ai_voice_shared.claims import opposites as claim_opposites
from ai_voice_shared.claims import sums as claim_sums
from ai_voice_shared.claims import swaps as claim_swaps
from ai_voice_shared.claims import titles as claim_titles
from ai_voice_shared.claims.clauses import clauses
from ai_voice_shared.facts import names as claim_names
from ai_voice_shared.facts.facts import Facts, facts
from ai_voice_shared.facts.numbers import Number
from ai_voice_shared.facts.times import Time
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.text_words import plain, written_words

_DEGREES = frozenset({"degree", "C", "F"})
_UNSPELLED = listed("ar bg ca cs et fa he hi hr id ja ko lt lv ms pl sk sl sr ta th uk vi zh")
"""Languages with number words that we cannot read; their notes may have a number without figures."""

_LONGEST = 2_000
"""Characters; a longer text is not a statement, and cannot be checked."""

_LONGEST_SOURCE = 10_000
"""Characters; a longer sentence takes seconds to compare, and says more than one thing."""

_ONE = listed("one eins ein eine einen einem einer un une uno una um uma een én")
_CLAUSES = 30
"""The same for a statement."""

_HOUR = 60


@dataclass(frozen=True)
class Cited:
    """A sentence that a statement cites.

    Attributes:
        sentence: with the quote from character `start` to before `end`.
        language: of the note (BCP 47).
        who: the sender's name and the speaker's.
        day: when the note came in, where its company is.
        note: its message id.
    """

    sentence: str
    start: int
    end: int
    language: str
    who: tuple[str, ...]
    day: date
    note: str

    @cached_property
    def facts(self) -> Facts:
        """What the sentence says."""
        return facts(self.sentence, self.language)


def hold(text: str, language: str, cited: Sequence[Cited], elsewhere: Collection[str] = ()) -> bool:
    """Whether its citations have everything that the statement (in the language, BCP 47) says.

    `elsewhere` are words (plain) that are names in what the model read beside that.
    """
    if len(text) > _LONGEST or any(len(one.sentence) > _LONGEST_SOURCE for one in cited):
        return False
    told = facts(text, language, certain=True)
    return (
        all(_has_number(number, told, cited) for number in told.numbers)
        and all(_has_time(time, cited) for time in told.times)
        and claim_days.told_there(told, [(one.facts, one.day) for one in cited])
        and all(_has_code(code, cited) for code in told.codes)
        and _has_names(text, language, told, cited, elsewhere)
        and not _turns(text, language, cited)
        and not claim_swaps.swapped(
            text, language, [claim_swaps.Origin(one.sentence, one.language, one.who, one.note) for one in cited]
        )
    )


def _turns(text: str, language: str, cited: Sequence[Cited]) -> bool:
    """Whether it says the opposite, by a "not" or by another word, or gives the number of another thing."""
    told = clauses(text, language)
    sentences = [clauses(one.sentence, one.language, one.day) for one in cited]
    if len(told) > _CLAUSES or claim_counts.gives_to_another(told, sentences):
        return True
    verdict = claim_opposites.judged(told, sentences)
    if verdict.contrary or verdict.explains:
        return verdict.contrary
    return negations.turns(text, language, [_said(one) for one in cited])


def _said(cited: Cited) -> negations.Said:
    return negations.Said(cited.sentence, cited.start, cited.end, cited.language)


def _free_years(cited: Sequence[Cited]) -> set[float]:
    """Years that a statement may name, like the note's day."""
    return {float(one.day.year) for one in cited}


def _has_number(number: Number, told: Facts, cited: Sequence[Cited]) -> bool:
    if not number.units and (number.values & _free_years(cited) or (1.0 in number.values and _says_one(cited))):
        return True
    if any(_tells_number(number, one) for one in cited):
        return True
    return claim_sums.adds_up(number, told, [one.facts for one in cited])


def _says_one(cited: Sequence[Cited]) -> bool:
    return any(_ONE.intersection(map(plain, written_words(one.sentence))) for one in cited)


def _tells_number(number: Number, cited: Cited) -> bool:
    found = [one for one in cited.facts.numbers if one.values & number.values]
    if any(_agrees(number, one, cited.facts) for one in found) or claim_sums.converts(number, cited.facts):
        return True
    if found:
        return False
    if not number.units and _is_part_of_another(number, cited.facts):
        return True
    return _may_say_in_words(cited) and not any(value < 0 for value in number.values)


def _may_say_in_words(cited: Cited) -> bool:
    """Whether it may have number words that we cannot read."""
    return primary(cited.language) in _UNSPELLED and not cited.facts.numbers and not cited.facts.times


def _agrees(told: Number, said: Number, source: Facts) -> bool:
    """Whether the two have the same unit (if both have one), and the same bound."""
    if told.bound * said.bound < 0 or (told.rate and said.rate and not told.rate & said.rate):
        return False
    if (
        not told.units
        or told.units & said.units
        or (told.units & _DEGREES and "degree" in told.units | said.units and said.units & _DEGREES)
    ):
        return True
    return not said.units and any(told.units & one.units for one in source.numbers)


def _is_part_of_another(number: Number, source: Facts) -> bool:
    """Whether a bare number is the hour of a time, the day of a date, or the figures of a code."""
    hours = {minute // _HOUR for time in source.times for minute in time.minutes} | {
        minute // _HOUR % 12 for time in source.times for minute in time.minutes
    }
    clock = {round(minute // _HOUR + minute % _HOUR / 100, 2) for time in source.times for minute in time.minutes}
    days = {day.day for day in source.days}
    codes = {float(run) for code in source.codes for run in _runs(code) if run.isdigit()}
    return bool(number.values & (hours | clock | days | codes))


def _has_time(time: Time, cited: Sequence[Cited]) -> bool:
    hours = {minute // _HOUR for minute in time.minutes if minute % _HOUR == 0}
    for one in cited:
        if any(time.minutes & said.minutes for said in one.facts.times):
            return True
        bare = {value for number in one.facts.numbers if not number.units - {"h"} for value in number.values}
        if hours & bare or {hour % 12 for hour in hours} & bare or _may_say_in_words(one):
            return True
    return False


def _has_code(code: str, cited: Sequence[Cited]) -> bool:
    """Whether a sentence has the code, with any joining signs between its parts."""
    sought = "".join(_runs(code))
    for one in cited:
        runs = _runs(one.facts.text)
        for first in range(len(runs)):
            joined = ""
            for run in runs[first:]:
                joined += run
                if joined == sought or joined.lstrip("0") == sought.lstrip("0"):
                    return True
                if len(joined) > len(sought) + 2:
                    break
    return False


def _without_marks(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.category(one).startswith("M"))


def _runs(text: str) -> list[str]:
    """The runs of letters and of digits in a text."""
    runs: list[str] = []
    for word in written_words(text):
        for character in plain(_without_marks(word)):
            if runs and runs[-1] and runs[-1][-1].isdigit() == character.isdigit() and not runs[-1].endswith(" "):
                runs[-1] += character
            else:
                runs.append(character)
        if runs:
            runs[-1] += " "
    return [run.strip() for run in runs]


def _has_names(text: str, language: str, told: Facts, cited: Sequence[Cited], elsewhere: Collection[str]) -> bool:
    sources = [*(one.sentence for one in cited), *(who for one in cited for who in one.who)]
    known = claim_names.names_of(sources)
    names = claim_names.told(text, language, others=elsewhere, calendar=told.calendar)
    labels = {label for label in claim_swaps.labels(text) if not known.has(label, language)}
    return (
        not labels
        and all(known.has(name.text, language) for name in names)
        and not claim_swaps.mixes_names(text, names, sources, language)
        and not claim_titles.mixes(text, language, sources)
    )
