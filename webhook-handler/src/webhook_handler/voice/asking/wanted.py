"""What a caller wants who says a few fixed words, in the languages that calls speak; everything else is a question."""

import re
import unicodedata
from typing import Literal

from ai_voice_shared.phrases import in_language

type Wanted = Literal["play", "note", "person", "goodbye"]

KEYS: dict[str, Wanted] = {"0": "person", "1": "note", "2": "play"}

_LONGEST = 60
"""Characters."""

PLAY = {
    "en": r"(play|hear)( it| that| the (clip|recording|source))?( again)?|let me hear( it| that)?|listen( to it)?",
    "de": r"(spiel|spiele)( es| das| die aufnahme)?( ab| vor)?|(ab|vor)?spielen|anhören|(es |das )?(noch ?mal )?hören",
    "es": r"repr?oduc(e|ir|ela|elo|irlo)|pon(lo|la)?|escuchar?(lo|la)?|oír(lo|la)?",
    "fr": r"(é|e)cout(e|er|ez)|(é|e)couter? l'enregistrement|joue[rz]?|lire|fais(-| )(le|moi) entendre",
    "pt": r"reproduz(a|ir|i-lo)?|ouvir|ouve|toca(r)?|tocar a gravação",
    "it": r"riprodu(ci|rre)(lo|la)?|ascolta(re|lo|la)?|fa(mmi|i) sentire|senti(re)?",
    "nl": r"(speel|spelen)( het| dat)?( af)?|afspelen|(be)?luisteren|laat( het)? horen",
}
NOTE = {
    "en": r"(record|leave|take|make|file) (a|my) (voice )?(note|message)|new note",
    "de": r"(eine |neue )?(notiz|nachricht)( aufnehmen| hinterlassen| aufzeichnen| machen)?",
    "es": r"(grabar?|dejar?|hacer) (una )?(nota|mensaje|nota de voz)|(una )?nota nueva",
    "fr": r"(enregistre[rz]?|laisse[rz]?|prend(s|re)) (une? )?(note|message)( vocale?)?|nouvelle note",
    "pt": r"(grav|deix|faz)(ar?|er?)? (uma? )?(nota|mensagem|recado)( de voz)?|nova nota",
    "it": r"(registra(re)?|lascia(re)?|prendi) (una? )?(nota|messaggio)( vocale)?|nuova nota",
    "nl": r"(een )?(notitie|bericht)( opnemen| inspreken| achterlaten| maken)?|neem een notitie op",
}
PERSON = {
    "en": r"(i want to |let me )?(speak|talk) (to|with) ((a|an) (person|human|agent)|somebody|someone)|operator",
    "de": r"(ich (will|möchte) )?mit (jemandem|einem menschen|einer person) sprechen|vermittlung|(ein )?mensch",
    "es": r"(quiero )?hablar con (una persona|alguien|un agente)|operador(a)?|una persona",
    "fr": r"(je veux )?parler (à|avec) (quelqu'un|une personne|un agent)|standard|une personne",
    "pt": r"(quero )?falar com (uma pessoa|alguém|um agente)|telefonista|uma pessoa",
    "it": r"(voglio )?parlare con (una persona|qualcuno|un operatore)|operatore|una persona",
    "nl": r"(ik wil )?(met )?(iemand|een mens|een medewerker) spreken|telefoniste?|een mens",
}
GOODBYE = {
    "en": r"(good ?)?bye( bye)?|that('s| is| was) (all|it)|no(thing)?( else)?( thanks?( you)?)?|hang up",
    "de": r"tschüss|auf wieder(hören|sehen|schauen)|das (war'?s|war alles|ist alles)|nein( danke)?|nichts( mehr)?",
    "es": r"adi(ó|o)s|hasta luego|(eso es|es) todo|no( gracias)?|nada más|colgar",
    "fr": r"au revoir|c'est tout|non( merci)?|rien d'autre|merci,? au revoir|raccrocher",
    "pt": r"adeus|tchau|(é|e) (só|tudo)( isso)?|não( obrigad[oa])?|mais nada|desligar",
    "it": r"arrivederci|ciao|(è|e) tutto|basta così|no( grazie)?|niente( altro)?|riaggancia",
    "nl": r"tot ziens|doei|dag|dat (is|was) (alles|het)|nee( (dank je|bedankt))?|niets( meer)?|ophangen",
}
_TABLES: dict[Wanted, dict[str, str]] = {"play": PLAY, "note": NOTE, "person": PERSON, "goodbye": GOODBYE}


def wanted(said: str, digits: str, language: str) -> Wanted | None:
    """What a key or the words ask for; None for a question, or for nothing."""
    if digits:
        return KEYS.get(digits[:1])
    text = " ".join(re.sub(r"[.,!?;:¡¿]+", " ", unicodedata.normalize("NFC", said)).casefold().split())
    if not text or len(text) > _LONGEST:
        return None
    return next((kind for kind, words in _TABLES.items() if re.fullmatch(in_language(words, language), text)), None)
