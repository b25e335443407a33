"""How people name days, by language: the table for `spans`."""

from ai_voice_shared.times.words_germanic import ENGLISH, GERMAN
from ai_voice_shared.times.words_romance import FRENCH, PORTUGUESE, SPANISH

TIME_WORDS = {"en": ENGLISH, "es": SPANISH, "de": GERMAN, "fr": FRENCH, "pt": PORTUGUESE}
"""By BCP 47 code; another language is a table like these."""
