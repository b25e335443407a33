"""Which intents exist, what each extracts, and how each is told to the sender.

To add one: write its class and add it to `AnyIntent`. The prompt, the schema, the S3 folder, the API's filter and
the tests follow from it.
"""

from typing import ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field


class Intent(BaseModel):
    """What every kind of note has; its class docstring is what the language model reads as its meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    filed_as: ClassVar[dict[str, str]]
    """What the sender reads before the title, by language; English at least."""

    title: str = Field(description="What the note is about, in at most ten words of the note's language.")
    tag: str = Field(description="Two to five English words that name the subject, lower case, joined by hyphens.")

    def told(self) -> list[str]:
        """The paragraphs that tell the sender what we understood, below the title."""
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
    by_when: str | None

    def __str__(self) -> str:
        """The item in one line."""
        who = f"{self.who}: " if self.who else ""
        by_when = f" ({self.by_when})" if self.by_when else ""
        return f"• {who}{self.what}{by_when}"


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

    def told(self) -> list[str]:
        """The summary, then the action items."""
        return [self.summary, "\n".join(map(str, self.action_items))]


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

    def told(self) -> list[str]:
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
