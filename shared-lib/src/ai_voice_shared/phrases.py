"""What a sender is told when there is no summary to tell, in the languages we speak; English for all others.

`phrase_texts/` holds a file a language, named by its code: a phrase's name, a tab, and its text.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ai_voice_shared.words.languages import primary

FALLBACK = "en"

_TEXTS = Path(__file__).parent / "phrase_texts"


def phrase(name: str, language: str | None, **details: str) -> str:
    """The phrase in the language (a BCP 47 code), with its placeholders filled in; raises KeyError for no phrase."""
    english, spoken = _texts()[FALLBACK], _texts().get(primary(language or FALLBACK), {})
    return (spoken.get(name) or english[name]).format(**details)


def in_language(texts: Mapping[str, str], language: str | None) -> str:
    """The text of the language's main part (`pt` for `pt-BR`), else the English one."""
    return texts.get(primary(language or FALLBACK), texts[FALLBACK])


@cache
def _texts() -> dict[str, dict[str, str]]:
    """All phrases by name, by language; read when the first is said, since most functions say none."""
    return {file.stem: _read(file) for file in _TEXTS.glob("*.tsv")}


def _read(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {name: text for name, _, text in (line.partition("\t") for line in lines)}
