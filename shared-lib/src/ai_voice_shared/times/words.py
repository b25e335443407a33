"""How people name days, by language: the table for `spans`."""

from ai_voice_shared.times.languages import de, en, es, fr, it, nl, pt

TIME_WORDS = {
    "en": en.WORDS,
    "es": es.WORDS,
    "de": de.WORDS,
    "fr": fr.WORDS,
    "pt": pt.WORDS,
    "it": it.WORDS,
    "nl": nl.WORDS,
}
"""By BCP 47 code; another language is a module like these."""
