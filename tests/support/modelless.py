"""What a language model would answer to our prompts, made without one: extracts of the note or of the segments.

Good enough for a demo and for tests of what is around a model. It reads the prompt alone, as a model does.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from support.models import segments_of
from support.schema_examples import example

_TITLE_WORDS = 8
_TAG_WORDS = 4
_SHORTEST = 6
"""Words; a shorter note only says hello."""

type Body = dict[str, Any]

_ASKS = re.compile(r"\b(?:please|bitte|por favor|ask|order|call|remind|repair|send)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A request for an answer, read like a server reads it."""

    body: Body

    @property
    def format(self) -> str:
        """The type of the response format; empty if there is none."""
        return str((self.body.get("response_format") or {}).get("type", ""))

    @property
    def system(self) -> str:
        """What the system's message says, or the instructions."""
        said = [one["content"] for one in self.body.get("messages", ()) if one["role"] == "system"]
        return "\n".join(said) or str(self.body.get("instructions", ""))

    @property
    def text(self) -> str:
        """What the user's message says."""
        said = [one["content"] for one in self.body.get("messages", ()) if one["role"] == "user"]
        return "\n".join(said) or str(self.body.get("input", ""))

    @property
    def is_second_try(self) -> bool:
        """Whether it says what was wrong with the answer before."""
        return "could not be used" in self.system + self.text

    @property
    def schema(self) -> Body | None:
        """The schema in the response format, or the one in the instructions."""
        told = (self.body.get("response_format") or {}).get("json_schema") or (self.body.get("text") or {}).get(
            "format"
        )
        return told["schema"] if told else _schema_in(self.system or self.text)

    def answer(self) -> str:
        """The right answer, as JSON."""
        return json.dumps(answer(self.schema, self.text), ensure_ascii=False) if self.schema else "Hello!"


def _schema_in(text: str) -> Body | None:
    """The last line of a text that is a schema."""
    return next((found for found in _objects(text) if "properties" in found), None)


def _objects(text: str) -> Iterator[Body]:
    """The lines that are JSON objects, last first."""
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            with suppress(ValueError):
                yield json.loads(line)


def answer(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """The answer in this schema to the user's part of a prompt: a note, a question with segments, or one to plan."""
    if "<segments>" in text:
        return draft(text)
    if "<note>" in text:
        answered: dict[str, Any] = example(schema, _understood(_note(text)))
        return answered
    planned: dict[str, Any] = example(schema, _planned(text))
    return planned


def draft(prompt: str) -> dict[str, Any]:
    """One statement: the segment that shares most words with the question, with a quote of all of it."""
    segments, asked = segments_of(prompt), _words(prompt.rpartition("\nQuestion: ")[2])
    best = max(segments, key=lambda one: len(asked & _words(one["text"])))
    source = {"segment": best["label"], "quote": best["text"]}
    return {"language": "en", "statements": [{"text": best["text"], "sources": [source]}]}


def vector(text: str, dimensions: int) -> list[float]:
    """Words to places, of length 1: texts that share words lie close."""
    made = [0.0] * dimensions
    for word in re.findall(r"\w+", text.casefold()):
        made[int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % dimensions] += 1.0
    length = math.sqrt(sum(value * value for value in made)) or 1.0
    return [value / length for value in made]


def _understood(note: str) -> dict[str, Any]:
    """The values of an understanding's fields."""
    words = note.split()
    asks = note.endswith("?")
    kind = "knowledge-document" if len(words) >= _SHORTEST and not asks else "other"
    first = re.split(r"(?<=[.!?])\s", note)[0]
    task = {"what": first, "who": None, "by_when": None, "due": None}
    return {
        "language": "en",
        "intent": "job-to-be-done" if _ASKS.search(note) and not asks else kind,
        "title": " ".join(words[:_TITLE_WORDS]),
        "tag": "-".join(re.findall(r"[a-z]+", note.casefold())[:_TAG_WORDS]) or "note",
        "summary": first,
        "action_items": [task],
        "key_points": [first],
        "question": note if asks else None,
    }


def _planned(text: str) -> dict[str, Any]:
    question = next((str(found["question"]) for found in _objects(text) if "question" in found), text)
    told = {"standalone": question, "language": "en", "searches": [question]}
    return {**dict.fromkeys(("time_words", "since", "until")), **told}


def _note(text: str) -> str:
    inner = text.rpartition("<note>")[2].partition("</note>")[0]
    return " ".join(re.sub(r"<[^<>]*>", " ", inner).replace("&lt;", "<").split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))
