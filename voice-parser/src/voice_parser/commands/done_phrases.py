"""How people write that something is done, or all of it, in seven languages: regular expressions over lower-case text.

Whoever uses them decides what is done: tasks of the note that is quoted, or lines of the evening message.
"""

DONE = {
    "en": r"(?:(?:i(?:'ve| have)?|we(?:'ve| have)?|(?:it|this|that)(?:'s| is)?|is|are) )?(?:all )?"
    r"(?:done|finished|completed|closed)(?: it| that)?|i did it|we did it",
    "de": r"(?:(?:ist|sind|schon|das ist|hab(?:e)? ich) )*(?:erledigt|fertig|gemacht|geschafft)",
    "es": r"(?:(?:ya )?est(?:á|án) )?(?:hech[oa]s?|list[oa]s?|terminad[oa]s?)|ya está",
    "fr": r"(?:(?:c'est|est|sont|déjà) )*(?:faite?s?|terminée?s?|finie?s?|réglée?s?)",
    "pt": r"(?:(?:já )?est(?:á|ão) )?(?:feit[oa]s?|pront[oa]s?|concluíd[oa]s?|terminad[oa]s?)",
    "it": r"(?:(?:è|sono|già) )*(?:fatt[oaie]|completat[oaie]|finit[oaie]|conclus[oaie])",
    "nl": r"(?:(?:is|zijn|dat is|al) )*(?:gedaan|klaar|af|afgerond)",
}
ALL = {
    "en": r"all(?: of (?:it|them))?|everything(?:'s)?",
    "de": r"alle?s?",
    "es": r"tod[oa]s?",
    "fr": r"tout(?:es)?|tous",
    "pt": r"tud[oa]|tod[oa]s",
    "it": r"tutt[oaie]",
    "nl": r"all(?:es|e|emaal)",
}
AND = {"en": "and", "de": "und", "es": "y", "fr": "et", "pt": "e", "it": "e", "nl": "en"}


def all_done(language: str) -> str:
    """The expression for "all done" in a language."""
    return rf"(?:{ALL[language]})\W+(?:{DONE[language]})" + ("|done all" if language == "en" else "")
