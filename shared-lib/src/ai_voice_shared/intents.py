"""Which intents exist, what each extracts, and how the reply to the sender shows each.

To add one: write its class and add it to `AnyIntent`. The prompt, the schema, the S3 folder, the API's filter, the
rules that need no model, the replies and the tests follow from it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.phrases import FALLBACK
from ai_voice_shared.times import days


class ActionItem(BaseModel):
    """One thing to do; who and by when as the note says it, null where it does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    who: str | None
    by_when: str | None = Field(description="By when, in the note's own words; null where it does not say.")
    due: str | None = Field(
        default=None,  # of a note from before
        description="The day that `by_when` means: YYYY-MM-DD, or YYYY-MM-DDTHH:MM where the note tells the time; null "
        "where it says none, or one that may be either of two.",
    )

    def told(self, language: str, year: int) -> str:
        """The item in one line, with its day if the words do not name it; without the year."""
        who = f"{self.who}: " if self.who else ""
        by_when = ", ".join(filter(None, (self.by_when, self._day(language, year))))
        return f"• {who}{self.what}{f' ({by_when})' if by_when else ''}"

    def _day(self, language: str, year: int) -> str:
        day = date.fromisoformat(self.due[: len("2026-11-27")]) if self.due else None
        if day is None or str(day.day) in re.findall(r"[0-9]+", self.by_when or ""):
            return ""
        return days.told(day, language, year)


@dataclass(frozen=True)
class Extracts:
    """What the rules take from a note, in its order, for the fields of its kind.

    Attributes:
        summary: the sentences that tell most; `points`: others with facts.
        cued: those with a cue of the kind.
        tasks: what somebody is asked to do.
        question: what the note asks; None if it also tells something.
    """

    summary: Sequence[str]
    points: Sequence[str]
    cued: Sequence[str]
    tasks: Sequence[ActionItem]
    question: str | None


class Intent(BaseModel):
    """What every kind of note has; its class docstring is what the language model reads as its meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filed_as: ClassVar[dict[str, str]]
    """What the sender reads before the title, by language; English at least."""

    cues: ClassVar[dict[str, str]] = {}
    """What a sentence says that makes a note of this kind, where no model understands it: by language, a regular
    expression over lower-case text. Of several kinds, the first in `AnyIntent` counts. These are plain texts: importing
    them costs nothing, and the rules compile them when a note comes."""

    title: str = Field(description="What the note is about, in at most ten words of the note's language.")
    tag: str = Field(description="Two to five English words that name the subject, lower case, joined by hyphens.")

    def told(self, language: str = FALLBACK, year: int = 0) -> list[str]:
        """The paragraphs below the title that tell what we understood, one a field, unless they only repeat the title.

        Days of `year` have no year.
        """
        told = [_paragraph(getattr(self, name), language, year) for name in self.own_fields()]
        return [paragraph for paragraph in told if paragraph.strip("• .").casefold() != self.title.casefold()]

    @classmethod
    def extracted(cls, said: Extracts) -> dict[str, Any]:
        """Its own fields, filled by the rules according to their types; null if a type tells nothing."""
        by_type: dict[Any, Any] = {
            list[ActionItem]: list(said.tasks),
            list[str]: list(said.cued),
            str: " ".join(said.summary),
        }
        return {name: by_type.get(cls.model_fields[name].annotation) for name in cls.own_fields()}

    @classmethod
    def own_fields(cls) -> list[str]:
        """The names of what this kind alone extracts, in their order."""
        return [name for name in cls.model_fields if name not in {*Intent.model_fields, "intent"}]

    @property
    def tasks(self) -> Sequence[ActionItem]:
        """What is to be done; kinds that have this call it `action_items`."""
        items: Sequence[ActionItem] = getattr(self, "action_items", ())
        return items

    @property
    def has_summary(self) -> bool:
        """Whether the note gets a `text_summary.txt`."""
        return True


def _paragraph(value: Any, language: str, year: int) -> str:
    """A field as text: a list line by line."""
    if isinstance(value, list):
        return "\n".join(one.told(language, year) if isinstance(one, ActionItem) else f"• {one}" for one in value)
    return str(value or "")


class JobToBeDone(Intent):
    """The sender wants somebody to do something: a task, an order, a reminder, a repair, a promise to keep."""

    filed_as = {
        "en": "✅ Job filed",
        "es": "✅ Tarea archivada",
        "de": "✅ Auftrag abgelegt",
        "fr": "✅ Tâche classée",
        "pt": "✅ Tarefa arquivada",
        "it": "✅ Attività archiviata",
        "nl": "✅ Taak gearchiveerd",
    }
    cues = {
        "en": r"\b(?:ha(?:ve|s) to|needs? to|got to|gotta|ought to|wants? (?:us|you) to|(?:must"
        r"|[a-z]+ should)(?! (?:arrive|land|last|hold|suffice|reach|cover|cost|help|dry"
        r"|be (?!\w+(?:ed|en|nt|[ue]t|ld)\b|done|ready|back)|have|now|always)\b))\b"
        r"|\bneeds? (?:\w+ing|an?|new|more)\b|(?<!prefers )(?<!prefer )(?<!likes )(?<!like )\bto be (?:\w+ed|done"
        r"|sent|set|put|cut|made)\b|(?:^|\b(?:i|we|they|he|she|you),? )(?:still |also )?needs? (?!to\b|no\b|not\b"
        r"|for\b)\w|\bi(?:'ll| will) \w|\b(?:don'?t (?:let \w+ )?forget|remember to|make sure|asap|remind me|to ?do"
        r"|reminder|get (?:some )?more)\b",
        "es": r"\b(?:no (?:te |se |os )?olvid\w+|recuérda(?:me|nos)|avísa(?:me|nos)|acuérdate|pendientes?:)|\b(?:hay"
        r"|tienen?|tienes|tenéis|tenemos|tengo) que\b|\b(?:debe[ns]?|debemos|deber\w+) \w+r(?:se|lo|la)?\b"
        r"|\b(?:necesit(?:o|as?|an|amos)|hacen? falta|(?:me|nos) faltan?) |\bfaltan? \w+r\b|(?:^"
        r"|, )que \w+ \w+[ae]n?\b",
        "de": r"\b(?:muss|musst|müsst|müssen|soll|sollst|sollt|sollen|sollten?|müsstest?|müssten?)\b(?!.* (?:ge\w+"
        r"|\w+t) (?:haben|sein)\W*$)|\b(?:ich|wir|ihr|du) (?:\w+ )?(?:brauch\w*|bräucht\w*|benötig\w*)\b"
        r"|\bbrauchen? (?:ich|wir|noch)\b|\bdarf nicht (?:vor|bis)\b|\b(?:nicht vergessen|vergiss nicht|vergesst nicht"
        r"|zu erledigen|todo|denk(?:e|t)? (?:bitte )?(?:d(?:a)?ran|an)|noch zu \w+en)\b|\b(?:ist|sind) (?!schwer"
        r"|nicht|leicht|kaum)[^,.]{0,40}\w+zu\w+en\b",
        "fr": r"\b(?:(?:il (?:nous |me |te |vous )?)?(?:faut|faudra|faudrait)|doi(?:t|s|vent)|dev(?:ons|ez|r\w+))\b"
        r"|\b(?:(?:j'ai|on a|nous avons|il y a) (?:encore )?besoin|il (?:nous|me) manque|il (?:nous |me )?reste à)\b"
        r"|\b(?:n'oublie\w* pas|rappel(?:le|ez)-moi|à faire|souviens-toi|(?:est|sont|reste) (?:encore )?à \w+(?:[ei]r"
        r"|re))\b",
        "pt": r"\b(?:tem|têm|tens|temos|tenho) (?:que|de)\b|\b(?:dev(?:em?|emos|iam?|eria\w*)|falta) \w+r\b"
        r"|\bnos faltam?\b|\b(?:precis(?:o|as?|am|amos)|é (?:preciso|necessário))\b|\b(?:não (?:se |te )?esque(?:ça"
        "|ças|çam)|pendentes?:|(?:lembra|lembre|avisa|avise)-(?:me|nos|te|se)|me (?:lembr|avis)[ae])",
        "it": r"\b(?:dev(?:o|i|e|ono)|dobbiamo|dovete|dovr(?:emmo|ebbe|ebbero)|bisogna|occorr(?:e|ono)|serv(?:e|ono)"
        r"|c'è da|(?:ho|abbiamo|hanno|c'è) (?:ancora )?bisogno|(?:ci|mi) manca(?:no)?)\b|\bva(?:nno)? \w+(?:[aiu]t|s"
        r"|tt|rt|nt)[oaie]\b|\b(?:non (?:ti |vi )?(?:dimenti|scord)\w+|ricorda(?:mi|ti|te|tevi)|avvisa(?:mi|ci)"
        "|da fare:)",
        "nl": r"\b(?:moet|moeten|dient|dienen|nodig|mag niet|vergeet niet|niet vergeten|herinner (?:me|mij|ons))\b"
        r"|\b(?:denk(?:t)? (?:er)?(?:aan)?|te doen:?|zorg (?:er)?(?:voor|dat))\b",
    }

    intent: Literal["job-to-be-done"]
    summary: str = Field(description="What is to be done and why, in a few sentences of the note's language.")
    action_items: list[ActionItem]


class KnowledgeDocument(Intent):
    """The sender tells something worth keeping: a finding, a how-to, a measurement, a report, a client's wish."""

    filed_as = {
        "en": "📄 Knowledge filed",
        "es": "📄 Conocimiento archivado",
        "de": "📄 Wissen abgelegt",
        "fr": "📄 Savoir classé",
        "pt": "📄 Conhecimento arquivado",
        "it": "📄 Informazione archiviata",
        "nl": "📄 Kennis gearchiveerd",
    }

    intent: Literal["knowledge-document"]
    summary: str = Field(description="What somebody who was not there has to know, in the note's language.")
    key_points: list[str] = Field(description="The facts, one each, with their names, numbers and places.")

    @classmethod
    def extracted(cls, said: Extracts) -> dict[str, Any]:
        """Its points are the facts that the summary does not tell."""
        return super().extracted(said) | {"key_points": list(said.points)}


class Other(Intent):
    """Anything else: greetings, thanks, questions, small talk, things that only make sense in the conversation."""

    filed_as = {
        "en": "🗂 Note kept",
        "es": "🗂 Nota guardada",
        "de": "🗂 Notiz aufbewahrt",
        "fr": "🗂 Note conservée",
        "pt": "🗂 Nota guardada",
        "it": "🗂 Nota conservata",
        "nl": "🗂 Notitie bewaard",
    }

    intent: Literal["other"]
    question: str | None = Field(
        default=None,
        description="The question to the company's notes, as it stands, when the note asks for something the notes "
        "could tell; else null.",
    )

    @classmethod
    def extracted(cls, said: Extracts) -> dict[str, Any]:
        """The question."""
        return {"question": said.question}

    def told(self, language: str = FALLBACK, year: int = 0) -> list[str]:  # noqa: ARG002 - there is nothing to tell
        """Nothing: the text itself is all there is."""
        return []

    @property
    def has_summary(self) -> bool:
        """The text itself is all there is."""
        return False


AnyIntent = JobToBeDone | KnowledgeDocument | Other
"""A plain union: a discriminated one emits `oneOf`, which strict schemas refuse."""

INTENTS: tuple[type[Intent], ...] = get_args(AnyIntent)


def name(intent: type[Intent]) -> str:
    """The intent's name, which is its folder in S3 and its value in the API."""
    return str(get_args(intent.model_fields["intent"].annotation)[0])


NAMES: tuple[str, ...] = tuple(name(intent) for intent in INTENTS)
