"""What a template is: what an analysis has to say, in a company's own words, and its item in the ledger."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

type Layout = Literal["paper", "letter"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout.__value__)

type Over = Literal["notes", "day"]
"""What an analysis is made of: chosen notes, or all notes of a day."""
OVERS: tuple[Over, ...] = get_args(Over.__value__)

OWN = re.compile(r"tm_[0-9a-f]{16}")
"""The id of a company's own template."""

_HEADING = re.compile(r"^## +(.*\S)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """Something to fill in before an analysis is made."""

    name: str
    label: str
    required: bool = False


@dataclass(frozen=True)
class Template:
    """What an analysis has to say.

    Attributes:
        instructions: for the language model. A line that begins with `## ` is a heading; sections have their order.
        nothing: by heading, the sentence of a section for which nobody said anything.
        language: in which it is written (BCP 47), if it is known.
        updated_at: when it last changed (ISO 8601, UTC); empty for one that is built in.
    """

    template_id: str
    name: str
    instructions: str
    layout: Layout = "paper"
    over: Over = "notes"
    fields: tuple[Field, ...] = ()
    nothing: Mapping[str, str] | None = None
    language: str = ""
    updated_at: str = ""

    @property
    def built_in(self) -> bool:
        """Whether it comes with the platform, and nobody can change it."""
        return not OWN.fullmatch(self.template_id)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its sections, each once; none for a text without sections."""
        return tuple(dict.fromkeys(_HEADING.findall(self.instructions)))

    @property
    def tag(self) -> str:
        """Another one after each change."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:32]

    def to_json(self) -> str:
        """The template as it is kept."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


def from_json(kept: str) -> Template:
    """The template that was kept."""
    return _adapter().validate_json(kept)


def from_fields(fields: Mapping[str, Any]) -> Template:
    """A template from its fields by name."""
    return _adapter().validate_python(fields)


@cache
def _adapter() -> TypeAdapter[Template]:
    """Made when the first one is read."""
    return TypeAdapter(Template)
