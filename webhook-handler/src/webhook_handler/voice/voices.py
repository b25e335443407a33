"""In which languages calls speak and listen, and with which voice: language and voice of a `<Say>` have to agree."""

from dataclasses import dataclass

from ai_voice_shared.words.languages import primary


@dataclass(frozen=True)
class Voice:
    """A voice of Twilio's, and its language (BCP 47) as Twilio writes it."""

    language: str
    name: str


_VOICES = (
    Voice("en-US", "Polly.Joanna-Neural"),
    Voice("en-GB", "Polly.Amy-Neural"),
    Voice("en-AU", "Polly.Olivia-Neural"),
    Voice("de-DE", "Polly.Vicki-Neural"),
    Voice("de-AT", "Polly.Hannah-Neural"),
    Voice("es-ES", "Polly.Lucia-Neural"),
    Voice("es-MX", "Polly.Mia-Neural"),
    Voice("es-US", "Polly.Lupe-Neural"),
    Voice("fr-FR", "Polly.Lea-Neural"),
    Voice("fr-CA", "Polly.Gabrielle-Neural"),
    Voice("fr-BE", "Polly.Isabelle-Neural"),
    Voice("it-IT", "Polly.Bianca-Neural"),
    Voice("nl-NL", "Polly.Laura-Neural"),
    Voice("nl-BE", "Polly.Lisa-Neural"),
    Voice("pt-PT", "Polly.Ines-Neural"),
    Voice("pt-BR", "Polly.Camila-Neural"),
)
"""Twilio, "Text-to-speech: available voices". The first of a language is its usual one."""


def voice_of(language: str) -> Voice:
    """The voice of a language (BCP 47): of its region if there is one, else its usual one, else the English one."""
    exact = (voice for voice in _VOICES if voice.language.casefold() == language.casefold())
    alike = (voice for voice in _VOICES if primary(voice.language) == primary(language))
    return next(exact, None) or next(alike, None) or _VOICES[0]


def spoken(languages: tuple[str, ...]) -> str:
    """The first of these languages that calls speak (BCP 47); English if they speak none of them."""
    known = {primary(voice.language) for voice in _VOICES}
    return next((language for language in languages if primary(language) in known), _VOICES[0].language)
