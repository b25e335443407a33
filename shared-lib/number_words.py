# /// script
# requires-python = ">=3.13"
# dependencies = ["PyICU>=2.14"]
# ///
"""Writes the number words of Unicode CLDR as the search knows them: `uv run shared-lib/number_words.py`.

The spell-out rules are ICU's (CLDR 42 in ICU 72, Unicode License v3). They are read once, here: ICU is 40 MB, and what
the search needs of it is a list. PyICU is built against the machine's own ICU (Debian: libicu-dev).
"""

import unicodedata
from pathlib import Path

import icu

FOLDER = Path(__file__).parent / "src" / "ai_voice_shared" / "words" / "number_words"
LANGUAGES = [
    "ar",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fi",
    "fr",
    "hu",
    "it",
    "nb",
    "nl",
    "nn",
    "pt",
    "ro",
    "ru",
    "sv",
    "ta",
    "tr",
]
NUMBERS = [*range(1000), *range(1000, 21_000, 1000), *range(30_000, 101_000, 10_000)]
CASES = ("genitive", "partitive", "dative", "locative")
"""Of Finnish and Russian, those that stand in what people say of things counted; all cases would be a megabyte."""

ARTICLES = ["da", "de", "en", "es", "fr", "hu", "it", "nb", "nl", "nn", "pt", "ro", "sv", "tr"]
"""Where "one" is mostly an article or a pronoun."""


def main() -> None:
    """Replaces all lists."""
    for language in LANGUAGES:
        (FOLDER / f"{language}.tsv").write_text("".join(lines(language)), encoding="utf-8")


def lines(language: str) -> list[str]:
    """A number and all its spellings on each line."""
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    names = [rules.getRuleSetName(place) for place in range(rules.getNumberOfRuleSetNames())]
    found = []
    for number in NUMBERS:
        if number == 1 and language in ARTICLES:
            continue
        spellings = {}
        for name in filter(wanted, names):
            rules.setDefaultRuleSet(name)
            spellings[" ".join(rules.format(number).replace("\u00ad", "").replace("-", " ").split())] = None
        found.append("\t".join([str(number), *spellings]) + "\n")
    return [unicodedata.normalize("NFC", line) for line in found]


def wanted(rule: str) -> bool:
    """Whether the rule spells how many, and no year, place in a row or fraction."""
    if rule == "%spellout-numbering":
        return True
    case = rule.rpartition("-")[2]
    known = ("cardinal", "masculine", "feminine", "neuter", "common", "reale", "verbose", *CASES)
    return "cardinal" in rule and (case in known or len(case) == 1)


if __name__ == "__main__":
    main()
