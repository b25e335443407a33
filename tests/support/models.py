"""Models for tests: one gives the answers it was given, one lies, one knows what texts mean."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from ai_voice_shared.domain import NO_TOKENS, Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.api import Answered
from ai_voice_shared.search.model import TextVectors


@dataclass
class FakeOpenAi:
    """Stands where `OpenAi` stands; `write` makes an answer's JSON from the prompt it is given.

    Attributes:
        prompts: what was asked, with the instructions.
        piece: characters a streamed answer arrives in.
        costs: what each answer costs.
    """

    write: Callable[[str], object]
    plans: list[object] = field(default_factory=list)
    prompts: list[tuple[str, str]] = field(default_factory=list)
    piece: int = 7
    costs: Tokens = NO_TOKENS

    def streamed(
        self, _schema: type[BaseModel], *, model: str, instructions: str, text: str, seconds: float
    ) -> Iterator[str | Tokens]:
        """The answer, a few characters at a time."""
        assert model
        assert seconds
        self.prompts.append((instructions, text))
        written = self.write(text)
        body = written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)
        for start in range(0, len(body), self.piece):
            yield body[start : start + self.piece]
        yield self.costs

    def answer[T: BaseModel](self, schema: type[T], *, model: str, instructions: str, text: str) -> Answered[T]:
        """The next plan; without one, the question as it stands."""
        assert model
        self.prompts.append((instructions, text))
        plan = self.plans.pop(0) if self.plans else _as_it_stands(text)
        return Answered(schema.model_validate(plan), self.costs)


def _as_it_stands(asked: str) -> object:
    return {"standalone": json.loads(asked)["question"], "language": "", "searches": []}


def segments_of(prompt: str) -> list[dict[str, Any]]:
    """The segments a prompt holds."""
    listed = prompt.partition("<segments>\n")[2].partition("\n</segments>")[0]
    return [json.loads(line) for line in listed.splitlines()]


def liar(prompt: str) -> object:
    """Some truth among many kinds of lies: changed words, foreign segments, made-up ids, empty and one-word quotes."""
    segments = segments_of(prompt)
    first, last = segments[0], segments[-1]
    words = re.findall(r"\w+", first["text"])
    lies = [
        (first["label"], first["text"]),
        (first["label"], first["text"].upper() + " !!!"),
        (first["label"], f"{words[0]} never {' '.join(words[1:])}"),
        (first["label"], " ".join(reversed(words))),
        (first["label"], f"{first['text']} And more."),
        (first["label"], words[0]),
        (first["label"], ""),
        (first["label"], "…"),
        (last["label"], "something nobody said at all"),
        ("S999", first["text"]),
        ("", first["text"]),
        (f"{first['label']} or {last['label']}", first["text"]),
    ]
    return {
        "language": "en",
        "statements": [
            {"text": f"It is so: {name}.", "sources": [{"segment": label, "quote": quote}]}
            for name, (label, quote) in zip("abcdefghijkl", lies, strict=True)
        ],
    }


class Meanings:
    """An embedder to which texts mean the same that share a subject."""

    subjects = ({"boiler", "heater", "furnace"}, {"roof", "tiles"}, {"invoice"})

    def __init__(self, name: str = "meanings", dimensions: int = 384) -> None:
        """It fails while `fails` is set."""
        self.name = name
        self.dimensions = dimensions
        self.calls = 0
        self.fails = False

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """A place for each subject, and others that mean nothing. A word costs a token."""
        if self.fails:
            raise RetryLater("busy")
        self.calls += 1
        told = [set(text.lower().replace(".", "").replace("?", "").split()) for text in texts]
        others = [0.01] * (self.dimensions - len(self.subjects))
        made = [[float(bool(words & subject)) for subject in self.subjects] + others for words in told]
        return TextVectors(made, tokens=sum(len(text.split()) for text in texts))
