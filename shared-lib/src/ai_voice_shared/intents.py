"""Which intents exist, what each extracts, and how each is told to the sender.

To add one: write its class and add it to `AnyIntent`. The prompt, the schema, the S3 folder, the API's filter and
the tests follow from it.
"""

import re
from datetime import date
from typing import ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.phrases import FALLBACK
from ai_voice_shared.times import days


class Intent(BaseModel):
    """What every kind of note has; its class docstring is what the language model reads as its meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filed_as: ClassVar[dict[str, str]]
    """What the sender reads before the title, by language; English at least."""

    title: str = Field(description="What the note is about, in at most ten words of the note's language.")
    tag: str = Field(description="Two to five English words that name the subject, lower case, joined by hyphens.")

    def told(self, language: str = FALLBACK, year: int = 0) -> list[str]:  # noqa: ARG002 - where days are told
        """The paragraphs that tell what we understood, below the title; days of the year go without it."""
        return []

    @property
    def has_summary(self) -> bool:
        """Whether the note gets a `text_summary.txt`."""
        return True


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
        """The item in one line, with its day where the words do not name it; the year goes without saying."""
        who = f"{self.who}: " if self.who else ""
        by_when = ", ".join(filter(None, (self.by_when, self._day(language, year))))
        return f"• {who}{self.what}{f' ({by_when})' if by_when else ''}"

    def _day(self, language: str, year: int) -> str:
        day = date.fromisoformat(self.due[: len("2026-11-27")]) if self.due else None
        if day is None or str(day.day) in re.findall(r"[0-9]+", self.by_when or ""):
            return ""
        return days.told(day, language, year)


class JobToBeDone(Intent):
    """The sender wants somebody to do something: a task, an order, a reminder, a repair, a promise to keep."""

    filed_as = {
        "en": "✅ Job filed",
        "es": "✅ Tarea archivada",
        "de": "✅ Auftrag abgelegt",
        "fr": "✅ Tâche classée",
        "pt": "✅ Tarefa arquivada",
    }

    intent: Literal["job-to-be-done"]
    summary: str = Field(description="What is to be done and why, in a few sentences of the note's language.")
    action_items: list[ActionItem]

    def told(self, language: str = FALLBACK, year: int = 0) -> list[str]:
        """The summary, then the action items."""
        return [self.summary, "\n".join(item.told(language, year) for item in self.action_items)]


class KnowledgeDocument(Intent):
    """The sender tells something worth keeping: a finding, a how-to, a measurement, a report, a client's wish."""

    filed_as = {
        "en": "📄 Knowledge filed",
        "es": "📄 Conocimiento archivado",
        "de": "📄 Wissen abgelegt",
        "fr": "📄 Savoir classé",
        "pt": "📄 Conhecimento arquivado",
    }

    intent: Literal["knowledge-document"]
    summary: str = Field(description="What somebody who was not there has to know, in the note's language.")
    key_points: list[str] = Field(description="The facts, one each, with their names, numbers and places.")

    def told(self, language: str = FALLBACK, year: int = 0) -> list[str]:  # noqa: ARG002 - its points tell no days
        """The summary, then the key points."""
        return [self.summary, "\n".join(f"• {point}" for point in self.key_points)]


class Other(Intent):
    """Anything else: greetings, thanks, questions, small talk, things that only make sense in the conversation."""

    filed_as = {
        "en": "🗂 Note kept",
        "es": "🗂 Nota guardada",
        "de": "🗂 Notiz aufbewahrt",
        "fr": "🗂 Note conservée",
        "pt": "🗂 Nota guardada",
    }

    intent: Literal["other"]
    question: str | None = Field(
        default=None,
        description="The question to the company's notes, as it stands, when the note asks for something the notes "
        "could tell; else null.",
    )

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
