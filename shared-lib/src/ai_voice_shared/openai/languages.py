"""Which language codes OpenAI's transcription models get, and servers with their API."""

from collections.abc import Iterable

from ai_voice_shared.words.language_names import CODES
from ai_voice_shared.words.languages import primary

_TAKEN = frozenset(code for code in CODES.values() if len(code) == 2) - {"jv"}  # noqa: PLR2004 - ISO 639-1
"""ISO 639-1 codes that Whisper knows ("Create transcription", `language`).

A code that is not accepted fails the whole request, so it is left out. Javanese is `jw` for Whisper and `jv` in ISO
639: some server refuses each of them.
"""

_KNOWN_AS = {"nb": "no", "fil": "tl", "cmn": "zh"}
"""Languages that Whisper knows by the code of a wider one."""


def hints(tags: Iterable[str]) -> list[str]:
    """The API's codes for the languages (BCP 47), each once: `["pt"]` for `pt-BR` and `pt-PT`."""
    return [code for code in _codes(tags) if code in _TAKEN]


def only(tags: Iterable[str]) -> str | None:
    """The one language of all the tags; None if they mean several: then a hint would harm speakers of the others."""
    codes = _codes(tags)
    return codes[0] if len(codes) == 1 and codes[0] in _TAKEN else None


def _codes(tags: Iterable[str]) -> list[str]:
    found = (primary(tag) for tag in tags)
    return list(dict.fromkeys(_KNOWN_AS.get(code, code) for code in found))
