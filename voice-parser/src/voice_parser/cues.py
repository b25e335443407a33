"""What people say when they ask for something, by language: the table behind the rules engine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cues:
    """One language's cues; regular expressions over lower-case text.

    Attributes:
        common: words that carry no subject.
        job: what a sentence that asks for something holds.
        polite: what a title and an action item do without.
        who: captures who is to do it.
        by_when: captures until when.
    """

    common: frozenset[str]
    job: str
    polite: str
    who: str
    by_when: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|tomorrow|noon"

CUES = {
    "en": Cues(
        common=_words(
            "the a an and or to of in on at is are was were be we i you it that this with for have has had not my our "
            "your he she they them his her their from by as but so if there here just all please will can"
        ),
        job=r"\bplease\b|\b(?:i|you|we|they|he|she|somebody|someone) "
        r"(?:must|should|(?:need|needs|have|has|want|wants) to)\b"
        r"|\bneeds? to be \w+ed\b|\bdon't forget\b|\bremember to\b|\b(?:ask|tell|remind|get) \w+ to\b"
        r"|\b(?:can|could|would) (?:you|somebody|someone)\b"
        r"|^(?:then )?(?:order|call|send|check|repair|replace|fix|buy|bring|book|schedule|write|pay|clean|prepare)\b",
        polite=r"\b(?:please|kindly)\b",
        who=r"\b(?:ask|tell|remind|get) (\w+) to\b",
        by_when=rf"\b(?:by|before|until|on) ((?:next |this )?(?:{_DAYS}|week|month|the end of \w+(?: \w+)?))\b"
        r"|\b(tomorrow|today|tonight|next week|this week)\b",
    ),
    "es": Cues(
        common=_words("el la los las un una y o de en a que es son con por para no se lo su del al muy hay esta"),
        job=r"\bpor favor\b|\b(?:hay|tiene|tienes|tenemos|debe|debemos) que\b|\bnecesit\w+\b|\bno olvid\w+\b"
        r"|\b(?:pide|pídele|dile|recuerda|recuérdale|avisa) a\b",
        polite=r"\bpor favor\b",
        who=r"\b(?:pide|pídele|dile|recuérdale|avisa) a (\w+)",
        by_when=r"\b(?:antes del?|para el|hasta el|el) (lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
        r"|\b(mañana|hoy)\b",
    ),
    "de": Cues(
        common=_words(
            "der die das und oder zu in im am ist sind war ein eine wir ich sie es mit für nicht auf den dem"
        ),
        job=r"\bbitte\b|\b(?:muss|müssen|soll|sollen|sollte|sollten)\b|\bnicht vergessen\b"
        r"|\b(?:sag|erinnere|frag) \w+\b",
        polite=r"\bbitte\b",
        who=r"\b(?:sag|erinnere|frag) (\w+)",
        by_when=r"\b(?:bis|am|vor) (?:zum )?(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
        r"|\b(morgen|heute)\b",
    ),
    "fr": Cues(
        common=_words(
            "le la les un une et ou de du des en à au est sont nous je vous il elle avec pour pas ne que qui"
        ),
        job=r"\bs'il (?:te|vous) pla[iî]t\b|\b(?:il faut|faut|doit|doivent|devons)\b|\bn'oublie\w* pas\b"
        r"|\b(?:demande|demandez|dis|dites|rappelle|rappelez) à\b",
        polite=r"\bs'il (?:te|vous) pla[iî]t\b",
        who=r"\b(?:demande|demandez|dis|dites|rappelle|rappelez) à (\w+)",
        by_when=r"\b(?:avant|d'ici|pour) (lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
        r"|\b(demain|aujourd'hui)\b",
    ),
    "pt": Cues(
        common=_words(
            "o a os as um uma e ou de do da em no na ao é são nós eu você com por para não até que se muito está"
        ),
        job=r"\bpor favor\b|\b(?:precis\w+|tem que|temos que|deve|devemos)\b|\bnão esqueça\b"
        r"|\b(?:peça|diga|lembre) (?:a|ao|à)\b",
        polite=r"\bpor favor\b",
        who=r"\b(?:peça|diga|lembre) (?:a|ao|à) (\w+)",
        by_when=r"\b(?:até|antes de|na|no) (segunda|terça|quarta|quinta|sexta|sábado|domingo)\b|\b(amanhã|hoje)\b",
    ),
}
