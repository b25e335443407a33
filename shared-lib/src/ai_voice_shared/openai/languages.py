"""Which languages are told to OpenAI's transcription models, and to servers that speak their API."""

from collections.abc import Iterable

from ai_voice_shared.words.language_names import CODES
from ai_voice_shared.words.languages import primary

_TAKEN = frozenset(code for code in CODES.values() if len(code) == 2) - {"jv"}  # noqa: PLR2004 - ISO 639-1
"""ISO 639-1 codes that Whisper knows ("Create transcription", `language`).

A code that is not taken fails the whole request, so it is left out. Javanese is `jw` to Whisper and `jv` to ISO 639:
whichever we write, some server refuses it.
"""

_KNOWN_AS = {"nb": "no", "fil": "tl", "cmn": "zh"}
"""Languages that Whisper knows by the code of a wider one."""


def hints(tags: Iterable[str]) -> list[str]:
    """What the languages (BCP 47) are to the API, each once: `["pt"]` for `pt-BR` and `pt-PT`."""
    return [code for code in _codes(tags) if code in _TAKEN]


def only(tags: Iterable[str]) -> str | None:
    """The one language all of the tags mean; None where they mean several: whoever speaks another would be misheard."""
    codes = _codes(tags)
    return codes[0] if len(codes) == 1 and codes[0] in _TAKEN else None


def _codes(tags: Iterable[str]) -> list[str]:
    found = (primary(tag) for tag in tags)
    return list(dict.fromkeys(_KNOWN_AS.get(code, code) for code in found))
