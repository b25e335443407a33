"""The templates that come with the platform, in the languages of the console; English for all others."""

import json
from functools import cache
from pathlib import Path

from ai_voice_shared.analyses.template import Template, from_fields
from ai_voice_shared.words.languages import primary

_FALLBACK = "en"
_TEXTS = Path(__file__).parent / "built_in_texts"

LANGUAGES = tuple(sorted(file.stem for file in _TEXTS.glob("*.json")))


def built_in(language: str) -> tuple[Template, ...]:
    """All of them, in this language (BCP 47) if we have it."""
    spoken = primary(language)
    return _read(spoken if spoken in LANGUAGES else _FALLBACK)


def find(template_id: str, language: str) -> Template | None:
    """The one of this id; None if there is none."""
    return next((one for one in built_in(language) if one.template_id == template_id), None)


@cache
def _read(language: str) -> tuple[Template, ...]:
    texts = json.loads((_TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    return tuple(from_fields({**one, "instructions": _lines(one), "language": language}) for one in texts)


def _lines(one: dict[str, object]) -> str:
    """The instructions, which a file holds line by line."""
    lines = one["instructions"]
    return "\n".join(lines) if isinstance(lines, list) else str(lines)
