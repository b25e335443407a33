"""How expressions of time are written: the forms and prepositions of `words.py`, and numeric dates, as patterns."""

import re
from functools import cache

from ai_voice_shared.times.forms import Form, Relation, TimeWords
from ai_voice_shared.times.words import TIME_WORDS

_NUMERIC = (
    r"(?P<year>(?:19|20)\d\d)-(?P<number2>\d\d)-(?P<dom>\d\d)",
    r"(?P<dom>\d{1,2})(?P<sign>[./])(?P<number2>\d{1,2})[./](?P<year>(?:19|20)\d\d)",
    r"(?P<dom>\d{1,2})(?P<sign>-)(?P<number2>\d{1,2})-(?P<year>(?:19|20)\d\d)",
    r"(?P<dom>\d{1,2})(?P<sign>[./])(?P<number2>\d{1,2})\.?",
)


@cache
def expressions(language: str) -> list[tuple[Form, re.Pattern[str]]]:
    """The forms of this language that an expression may have, each with its pattern; its groups are what it names."""
    words = TIME_WORDS[language]
    forms = [(form, _compiled(_filled(form[0], words))) for form in words.forms]
    numeric = [(("", "date", None), re.compile(rf"(?<![\w/.:-]){one}(?![\w/:-])")) for one in _NUMERIC]
    return [*numeric, *forms]  # type: ignore[list-item]


@cache
def prepositions(language: str, *, weekday: bool) -> re.Pattern[str]:
    """One group for each relation, at the end of the text before an expression; what repeats a weekday comes first."""
    relations = TIME_WORDS[language].relations
    names: list[Relation] = sorted(relations, key=lambda relation: relation != "again")
    groups = [f"(?P<{name}>{_spaced(relations[name])})" for name in names if name != "again" or weekday]
    unused = "" if weekday else "(?P<again>(?!))|"
    return re.compile(rf"(?<![\w'-])(?:{unused}{'|'.join(groups)})\Z")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


def _filled(form: str, words: TimeWords) -> str:
    months = "|".join(words.months)
    short_months = "|".join(f"{one}\\.?" for one in words.abbreviated)
    places = {
        "weekday": "|".join(words.weekdays),
        "short": "|".join(words.short) or "(?!)",
        "month": f"{months}|{short_months}",
        "name": months,
        "season": "|".join(words.seasons),
        "unit": "|".join(words.units.values()),
        "weekend": words.units["weekend"],
        "number": "|".join(("\\d{1,3}", *words.numbers)),
        "dom": "\\d{1,2}",
        "ordinal": "st|nd|rd|th",
        "year": "(?:19|20)\\d\\d",
    }
    pattern = form.replace(" ?", r"\s*").replace(" ", r"\s+")
    for name, inner in places.items():
        for place in (name, f"{name}_"):
            pattern = pattern.replace(f"{{{place}}}", f"(?P<{place}>{inner})")
    return pattern


def _spaced(words: str) -> str:
    """Each with what separates it from the next word."""
    return "|".join(one if one.endswith("'") else rf"{one} " for one in words.split("|")).replace(" ", r"\s+")
