"""Short notes of many trades in seven languages, with labels: what each is, and what is to be done, by whom, by when.

They are received on Friday 27 November 2026 at 10:00 in Berlin. Every third one of a language is kept aside: nobody
looks at those while working on the rules, so they tell how the rules do on sentences that nobody had in mind.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ai_voice_shared.times.zones import LocalTime, zone

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")
RECEIVED = LocalTime(datetime(2026, 11, 27, 9, tzinfo=UTC), zone("Europe/Berlin"))

type Label = Literal["job-to-be-done", "knowledge-document", "question", "other"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Item:
    """One thing to do.

    Attributes:
        what: words that stand in it.
        told: `who`, a name or None; `due`, YYYY-MM-DD, YYYY-MM-DDTHH:MM or None. Left out where people would disagree.
    """

    what: str
    told: Mapping[str, str | None]


@dataclass(frozen=True)
class Sentence:
    """A note as somebody would send it; only jobs have items."""

    text: str
    language: str
    intent: Label
    items: tuple[Item, ...]


def tuned() -> list[Sentence]:
    """Those that the rules may be written for."""
    return read(_FOLDER / "tuned.jsonl")


def kept_aside() -> list[Sentence]:
    """Those that judge the rules."""
    return read(_FOLDER / "kept_aside.jsonl")


def read(path: Path) -> list[Sentence]:
    """Those in a file of JSON lines: text, language, intent, and items of what, who and due."""
    return list(_read(path))


def _read(path: Path) -> Iterator[Sentence]:
    for line in path.read_text(encoding="utf-8").splitlines():
        said: dict[str, Any] = json.loads(line)
        items = tuple(Item(item.pop("what"), item) for item in said.pop("items"))
        yield Sentence(**said, items=items)
