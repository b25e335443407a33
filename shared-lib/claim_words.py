# /// script
# requires-python = ">=3.13"
# dependencies = ["babel>=2.19", "faker>=40.63"]
# ///
"""Writes the words that claims are checked by: `uv run shared-lib/claim_words.py`.

Months, days of the week, days told from today, units and currencies by language are Unicode CLDR's (Babel 2.19, Unicode
License v3); given names are those of Faker 40.63 (MIT License). They are read once, here: together they are 90 MB, and
what a checker needs of them are lists.
"""

import re
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from babel import Locale, localedata
from faker.config import AVAILABLE_LOCALES

FOLDER = Path(__file__).parent / "src" / "ai_voice_shared" / "facts" / "claim_words"
LANGUAGES = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv ta th tr uk "
    "vi zh"
)
UNITS = {
    "mm": "length-millimeter",
    "cm": "length-centimeter",
    "dm": "length-decimeter",
    "m": "length-meter",
    "km": "length-kilometer",
    "in": "length-inch",
    "ft": "length-foot",
    "yd": "length-yard",
    "mi": "length-mile",
    "g": "mass-gram",
    "mg": "mass-milligram",
    "kg": "mass-kilogram",
    "t": "mass-tonne",
    "lb": "mass-pound",
    "oz": "mass-ounce",
    "l": "volume-liter",
    "ml": "volume-milliliter",
    "gal": "volume-gallon",
    "m3": "volume-cubic-meter",
    "m2": "area-square-meter",
    "ft2": "area-square-foot",
    "C": "temperature-celsius",
    "F": "temperature-fahrenheit",
    "degree": "angle-degree",
    "bar": "pressure-bar",
    "mbar": "pressure-millibar",
    "psi": "pressure-pound-force-per-square-inch",
    "Pa": "pressure-pascal",
    "hPa": "pressure-hectopascal",
    "kPa": "pressure-kilopascal",
    "V": "electric-volt",
    "A": "electric-ampere",
    "W": "power-watt",
    "kW": "power-kilowatt",
    "kWh": "energy-kilowatt-hour",
    "Hz": "frequency-hertz",
    "s": "duration-second",
    "min": "duration-minute",
    "h": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "%": "concentr-percent",
    "km/h": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour",
}
SPOKEN = {"kg": ["kilo", "kilos", "quilos", "quilo", "chili", "chilo", "кило"], "USD": ["dollar", "dollars", "Dollar"]}
"""What people say in several languages, and CLDR has not."""

CURRENCIES = "EUR USD GBP CHF".split()  # noqa: SIM905
DAY_OFFSETS = range(-2, 3)
NAMES = FOLDER / "given_names.txt"
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
WORDS_TOO = (
    "aa abel abril alba amber amor angel angle anker april art as august aurora autumn baron bea berg bianca bill "
    "bird bishop blanca bliss blue bob bonnie brandy brook brooks bruno bud burns buster butch butler camino "
    "candy carol carpenter celeste chad chance charity chase chiara china chip christ christian clay cliff "
    "comfort constant consuelo cruz crystal da daisy dale darling das dawn day de dean dem den der des desire "
    "destiny diamond die do dolly dolores dona dorn dos drew duke earl early earth eden ein el ember ernst "
    "esperanza estrella even ever faith fest field fiore fleur flora florida ford forest fortune france frank "
    "frost gale garnet gay gene gift ginger gioia glen glory grace grant gray green grey guy handy happy harmony "
    "hazel heath heather heaven heide hope hunter iris ivory ivy jade jay jean jewel joy juan judge july june "
    "justice kelly king kit la lane lark last laurel le leo light lily linde love luce lucky luna luz mai major "
    "mar march marina marine mark mars martes mason max may meadow melody mercedes mercy merit milagros milan "
    "miles miller misty nieves nuvola olive opal os page paris pat patience patrick paz pearl penny pepper perla "
    "pilar pink pleasant poppy porter precious price primavera prince prosper ray reed reina remedios rich river "
    "rob robin rock rocky rosa rosario rose rosemary royal ruby rusty sage salvador sam san sandy santa savannah "
    "scarlet serena shell sierra skip sky sol soledad spring star stella sterling stern stone storm sue summer "
    "sunny terra tiger timber todd trace trinity un une van velvet vera victor viola violet virgin virginia "
    "vittoria von wade ward way west will willow windy winter wolf woody"
)
"""Given names that are ordinary words in a language; at a sentence's begin nobody can tell."""


def main() -> None:
    """Replaces all lists."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES.split():
        lines = ["\t".join([kind, meaning, *words]) + "\n" for kind, meaning, words in rows(language)]
        (FOLDER / f"{language}.tsv").write_text(unicodedata.normalize("NFC", "".join(lines)), encoding="utf-8")
    NAMES.write_text("\n".join(sorted(given_names())) + "\n", encoding="utf-8")


def rows(language: str) -> Iterator[tuple[str, str, list[str]]]:
    """What kind of word, what it means, and its spellings."""
    locale, data = Locale(language), localedata.LocaleDataDict(localedata.load(language))
    for number in range(1, 13):
        yield "month", str(number), spellings(width[number] for form in locale.months.values() for width in wide(form))
    for number in range(7):
        yield "weekday", str(number), spellings(width[number] for form in locale.days.values() for width in wide(form))
    days = data["date_fields"]["day"].get("relative", {})
    for offset in DAY_OFFSETS:
        if offset in days:
            yield "day", str(offset), spellings([days[offset]])
    for meaning, unit in UNITS.items():
        patterns = [
            pattern for one in (data, *other_spellings(language)) for pattern in forms(one["unit_patterns"], unit)
        ]
        words = [pattern.replace("{0}", " ") for pattern in patterns if "{1}" not in pattern]
        yield "unit", meaning, spellings([*words, *SPOKEN.get(meaning, [])])
    for code in CURRENCIES:
        names, first = data["currency_names_plural"].get(code, {}), data["currency_names"].get(code)
        words = [short for name in [*names.values(), first] if name for short in (name, last(name))]
        yield "unit", code, spellings([*words, *SPOKEN.get(code, [])])


def other_spellings(language: str) -> list[localedata.LocaleDataDict]:
    """Metres beside meters."""
    return [localedata.LocaleDataDict(localedata.load("en_GB"))] if language == "en" else []


def wide(form: object) -> list[dict[int, str]]:
    """The widths of a calendar's form that people write; a single letter is none of them."""
    return [form[width] for width in ("wide", "abbreviated")]  # type: ignore[index]


def forms(patterns: dict[str, dict[str, dict[str, str]]], unit: str) -> Iterator[str]:
    """A unit's patterns, long and short."""
    for width in ("long", "short"):
        found = patterns[unit].get(width, {}) if unit in patterns else {}
        yield from (pattern for count, pattern in found.items() if count != "per" and isinstance(pattern, str))


def last(name: str) -> str:
    """Of "US dollars" what people say; of "dólares estadounidenses" the first."""
    words = re.sub(r"\([^)]*\)", "", name).split()
    known = (
        "dol",
        "dól",
        "dollar",
        "euro",
        "pound",
        "pfund",
        "libra",
        "livre",
        "frank",
        "franc",
        "sterlin",
        "дол",
        "фун",
        "фра",
    )
    return next((word for word in words if word.casefold().startswith(known)), name)


def spellings(found: Iterator[str] | list[str]) -> list[str]:
    """Each once, on one line, without points at its end."""
    return list(dict.fromkeys(" ".join(one.split()).rstrip(".") for one in found if one.strip()))


def given_names() -> set[str]:
    """In plain lower case, of scripts that have it."""
    found: set[str] = set()
    for locale in AVAILABLE_LOCALES:
        try:
            provider = import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for field in ("first_names", "first_names_male", "first_names_female"):
            listed = getattr(provider, field, ())
            found |= set(listed) if isinstance(listed, tuple | list | dict) else set()
    found.add("Alex")
    plain = {unicodedata.normalize("NFC", one.casefold()) for one in found if fits(one)}
    return plain - set(WORDS_TOO.split())


def fits(name: str) -> bool:
    """Whether it is one word, written in letters that have capitals."""
    return len(name) > 2 and name.isalpha() and name[0].isupper() and unicodedata.name(name[0]).startswith(SCRIPTS)  # noqa: PLR2004


if __name__ == "__main__":
    main()
