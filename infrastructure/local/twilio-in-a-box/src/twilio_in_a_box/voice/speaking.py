"""What `Say` says: its text with SSML, its voice and language, which have to agree (Twilio, "TwiML Voice: Say")."""

from xml.etree import ElementTree as ET

from twilio_in_a_box.voice.problems import TwimlProblem
from twilio_in_a_box.voice.table import SCHEMA

LONGEST = 4096
"""Characters of one `Say` (Twilio, error 13521)."""

SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w", "amazon:effect"})
"""SSML inside `Say`; which of them a voice knows depends on the voice."""

_BASIC = frozenset({"man", "woman"})
_BASIC_LANGUAGES = frozenset({"en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "it-IT"})

POLLY = {
    "en-US": "Joanna Salli Kendra Kimberly Ivy Matthew Joey Justin Kevin Ruth Stephen Danielle Gregory",
    "en-GB": "Amy Emma Brian Arthur",
    "en-AU": "Olivia Nicole Russell",
    "en-IN": "Kajal Raveena",
    "de-DE": "Vicki Daniel Marlene Hans",
    "de-AT": "Hannah",
    "fr-FR": "Lea Remi Celine Mathieu",
    "fr-CA": "Gabrielle Liam Chantal",
    "es-ES": "Lucia Sergio Conchita Enrique",
    "es-MX": "Mia Andres",
    "es-US": "Lupe Pedro Penelope Miguel",
    "it-IT": "Bianca Adriano Carla Giorgio",
    "pt-BR": "Camila Thiago Vitoria Ricardo",
    "pt-PT": "Ines Cristiano",
    "nl-NL": "Laura Lotte Ruben",
    "pl-PL": "Ola Ewa Jacek Jan Maja",
    "tr-TR": "Burcu Filiz",
    "da-DK": "Sofie Naja Mads",
    "sv-SE": "Elin Astrid",
    "nb-NO": "Ida Liv",
    "fi-FI": "Suvi",
    "ja-JP": "Takumi Kazuha Tomoko Mizuki",
    "ko-KR": "Seoyeon",
}
"""Voices of Amazon Polly by their language, as far as the box knows them; others pass with any language."""

_POLLY_LANGUAGE = {name: language for language, names in POLLY.items() for name in names.split()}


def spoken(element: ET.Element) -> str:
    """The words of `Say` without its SSML; raises TwimlProblem if they cannot be said."""
    wrong = {one.tag for one in element.iter() if one is not element} - SSML
    if wrong:
        raise TwimlProblem(SCHEMA, f"<{min(wrong)}> inside <Say>")
    text = " ".join("".join(element.itertext()).split())
    if not text:
        raise TwimlProblem(13520)
    if len("".join(element.itertext())) > LONGEST:
        raise TwimlProblem(13521)
    return text


def check_voice(voice: str, language: str, code: int = 13511) -> None:
    """Raises TwimlProblem if the voice does not speak the language; both may be empty."""
    speaks = language_of(voice)
    if voice in _BASIC and language and language not in _BASIC_LANGUAGES:
        raise TwimlProblem(code, f"{voice} does not speak {language}")
    if speaks and language and speaks != language:
        raise TwimlProblem(code, f"{voice} speaks {speaks}, not {language}")


def language_of(voice: str) -> str:
    """The language of a voice, as far as its name tells; empty if it does not."""
    if voice.startswith("Google."):
        return "-".join(voice.removeprefix("Google.").split("-")[:2])
    return _POLLY_LANGUAGE.get(voice.removeprefix("Polly.").partition("-")[0], "") if voice.startswith("Polly.") else ""
