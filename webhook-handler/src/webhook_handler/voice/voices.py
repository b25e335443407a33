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


_OF_COUNTRIES = {
    "+1": "en", "+44": "en", "+353": "en", "+61": "en", "+64": "en", "+49": "de", "+43": "de", "+34": "es", "+52": "es",
    "+54": "es", "+57": "es", "+33": "fr", "+39": "it", "+31": "nl", "+351": "pt", "+55": "pt",
}  # fmt: skip
"""The language of a country whose people mostly speak one of ours, by the beginning of its numbers."""


def spoken(languages: tuple[str, ...], number: str = "") -> str:
    """The language (BCP 47) of a call: of these languages that of the caller's country, else the first one.

    Languages that calls do not speak are left out; English if none is left. `number` is the caller's, as Twilio
    writes it.
    """
    known = {primary(voice.language) for voice in _VOICES}
    ours = [language for language in languages if primary(language) in known]
    own = (language for language in ours if primary(language) == primary(of_country(number)))
    return next(own, None) or next(iter(ours), _VOICES[0].language)


def of_country(number: str) -> str:
    """The language of the country of a caller whom we do not know (BCP 47); English if it is not sure."""
    bare = number.removeprefix("whatsapp:")
    code = next((code for code in sorted(_OF_COUNTRIES, key=len, reverse=True) if bare.startswith(code)), "+1")
    return voice_of(_OF_COUNTRIES[code]).language
