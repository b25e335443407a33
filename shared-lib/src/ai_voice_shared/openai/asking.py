"""What a language model is asked for, an answer in a schema, and what comes of one try."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import openai
from pydantic import BaseModel, ValidationError

from ai_voice_shared.domain import Tokens
from ai_voice_shared.openai.answers import NAME
from ai_voice_shared.openai.json_answers import found, problem_of

BROKE_OFF = f"{NAME}'s answer broke off"


@dataclass(frozen=True)
class Prompt[T: BaseModel]:
    """A request for an answer in the schema.

    Attributes:
        seconds: how long one step of it may take; None for as long as the connection allows.
    """

    schema: type[T]
    model: str
    instructions: str
    text: str
    seconds: float | None = None


@dataclass(frozen=True)
class Tried[T]:
    """One answer.

    Attributes:
        content: None if it left the schema, or if the model refused.
        tokens: its cost, which is the same then.
        problem: what is wrong with it, for the model.
    """

    content: T | None
    tokens: Tokens
    problem: str


class Asking(Protocol):
    """One of OpenAI's dialects; raises what the SDK raises."""

    def answer[T: BaseModel](self, prompt: Prompt[T]) -> Tried[T]:
        """The model's answer."""

    def pieces(self, prompt: Prompt[Any]) -> Iterator[str | Tokens]:
        """The answer, as JSON, piece by piece, and once what it cost, where the server tells.

        A piece may be empty. Raises RetryLater for an answer that broke off.
        """


def read[T: BaseModel](text: str, schema: type[T], *, strict: bool) -> tuple[T | None, str]:
    """The answer in a text, and what is wrong with it; `strict` if the text is the answer, and nothing else."""
    if not strict:
        return found(text, schema)
    try:
        return schema.model_validate_json(text), ""
    except ValidationError as error:
        return None, problem_of(error)


def strict_format(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema as OpenAI's strict mode wants it: its name, and every field required."""
    function = openai.pydantic_function_tool(schema)["function"]
    return {"name": function["name"], "schema": function["parameters"], "strict": True}
