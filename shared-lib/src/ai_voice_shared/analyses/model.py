"""What an analysis is: which notes it was made of, how far it has come, and what it says."""

import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal, get_args

from pydantic import TypeAdapter

from ai_voice_shared.analyses.template import Template, from_json
from ai_voice_shared.answering.answers import Statement
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now, timestamp

type Status = Literal["queued", "working", "ready", "failed", "refused"]
STATUSES: tuple[Status, ...] = get_args(Status.__value__)

type Reason = Literal["no-model", "no-notes", "budget", "no-answer", "too-many-notes"]
REASONS: tuple[Reason, ...] = get_args(Reason.__value__)

ANALYSIS_ID = re.compile(r"an_[0-9a-f]{24}")

MOST_NOTES = 200
"""Notes of one analysis."""


@dataclass(frozen=True)
class Analysis:
    """How far an analysis has come; what lists show of it.

    Attributes:
        analysis_id: text order is the order in which they were asked for.
        name: of its template, as it was then.
        titled_by: the note whose title it has; empty if the title is nobody's.
        created_at: ISO 8601, UTC.
        day: YYYY-MM-DD in the company's time zone; empty for chosen notes.
        notes: how many it is made of.
        done: how many of them were read.
        made_at: when it was ready (ISO 8601, UTC); empty before.
    """

    company_id: str
    analysis_id: str
    template_id: str
    name: str
    created_at: str
    title: str = ""
    titled_by: str = ""
    status: Status = "queued"
    reason: Reason | None = None
    day: str = ""
    notes: int = 0
    done: int = 0
    made_at: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing will change it any more."""
        return self.status not in {"queued", "working"}


@dataclass(frozen=True)
class Choice:
    """What was asked for.

    Attributes:
        language: in which to write (BCP 47); empty for the template's.
    """

    template: Template
    note_ids: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True)
class Source:
    """A note that was read.

    Attributes:
        duration: seconds of its recording; None if it has none.
        erased: it was erased since; nothing else is told of it.
    """

    message_id: str
    title: str
    sender_name: str
    received_at: str
    duration: float | None = None
    erased: bool = False


@dataclass(frozen=True)
class Section:
    """A part of an analysis; `heading` is None if the template has none."""

    heading: str | None
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Content:
    """What an analysis was made of, and what it says.

    Attributes:
        language: in which it is written (BCP 47); empty if it is not known.
        groups: how its notes are read: of each group, the notes' ids with the first and the last segment.
        left_out: how many statements could not be verified.
        version: rises with each change.
    """

    choice: Choice
    language: str = ""
    sources: tuple[Source, ...] = ()
    groups: tuple[tuple[tuple[str, int, int], ...], ...] = ()
    sections: tuple[Section, ...] = ()
    left_out: int = 0
    version: int = 0

    def without(self, message_id: str) -> "Content":
        """The content without what cites the note, and without what is told of the note itself."""
        sections = tuple(Section(one.heading, _not_citing(one.statements, message_id)) for one in self.sections)
        sources = tuple(_erased(one) if one.message_id == message_id else one for one in self.sources)
        kept = Content(self.choice, self.language, sources, self.groups, sections, self.left_out, self.version)
        return kept if (sections, sources) != (self.sections, self.sources) else self


def new_id(moment: datetime) -> str:
    """The id of an analysis that is asked for at this moment."""
    return f"an_{int(moment.timestamp() * 1000):012x}{secrets.token_hex(6)}"


def begun(company_id: str, choice: Choice, day: str) -> Analysis:
    """A new analysis, asked for now."""
    moment, template = now(), choice.template
    return Analysis(
        company_id=company_id,
        analysis_id=new_id(moment),
        template_id=template.template_id,
        name=template.name,
        created_at=timestamp(moment),
        day=day,
        notes=len(choice.note_ids),
    )


def to_item(one: Analysis) -> Item:
    """The attributes of the analysis in the ledger, without its place."""
    fields = asdict(one)
    del fields["company_id"], fields["analysis_id"]
    return {**fields, "reason": one.reason or ""}


def from_item(company_id: str, item: Item) -> Analysis:
    """The analysis of an item."""
    return Analysis(
        company_id=company_id,
        analysis_id=text(item, "sk"),
        template_id=text(item, "template_id"),
        name=text(item, "name"),
        created_at=text(item, "created_at"),
        title=text(item, "title"),
        titled_by=text(item, "titled_by"),
        status=next(one for one in STATUSES if one == text(item, "status")),
        reason=next((one for one in REASONS if one == text(item, "reason")), None),
        day=text(item, "day"),
        notes=int(item.get("notes", 0)),
        done=int(item.get("done", 0)),
        made_at=text(item, "made_at"),
    )


def content_to_item(content: Content) -> Item:
    """The attributes of the content in the ledger, without its place."""
    fields = asdict(content)
    choice = fields.pop("choice")
    template = content.choice.template.to_json()
    return {
        "template": template,
        "choice": json.dumps({name: choice[name] for name in ("note_ids", "fields", "language")}, ensure_ascii=False),
        "content": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
        "version": content.version,
    }


def content_from_item(item: Item) -> Content:
    """The content of an item."""
    choice = json.loads(text(item, "choice")) | {"template": from_json(text(item, "template"))}
    return _contents().validate_python(json.loads(text(item, "content")) | {"choice": choice})


def _not_citing(statements: tuple[Statement, ...], message_id: str) -> tuple[Statement, ...]:
    return tuple(one for one in statements if all(cited.message_id != message_id for cited in one.citations))


def _erased(one: Source) -> Source:
    return Source(one.message_id, "", "", one.received_at, None, erased=True)


@cache
def _contents() -> TypeAdapter[Content]:
    """Made when the first one is read."""
    return TypeAdapter(Content)
