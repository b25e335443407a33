"""How a schema is told in words, and how an answer in it is found in whatever a model writes around it.

Only servers that do not keep to schemas by themselves need this. It imports nothing of OpenAI's.
"""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from pydantic import BaseModel, ValidationError

_LONGEST = 200_000
"""Characters of an answer in which JSON is looked for; a note's understanding has some thousands."""

_MOST_OBJECTS = 50
"""The most beginnings of objects that are tried in one answer."""

_MOST_PROBLEMS = 5
_LONGEST_NAME = 40

_OPENED = ("<think>", "<thinking>", "[think]")
_LONGEST_MARK = 12
_CLOSED = ("</think>", "</thinking>", "[/THINK]", "<|channel|>final<|message|>")
"""The marks around a model's thoughts; the first one may be missing, because it is part of the prompt."""

_IN_WORDS = """\
{instructions}

Answer with one JSON object and nothing else: no sentence before or after it, no code block. It has the fields of this
JSON schema, every required one, and no field that the schema does not have:
{schema}"""

_AGAIN = """\
{instructions}

Your last answer could not be used: {problem}. Answer again, completely, in the form that is asked for."""

NO_JSON = "it holds no complete JSON object"
TOO_LONG = "it was so long that it was cut off"


def told(instructions: str, schema: type[BaseModel]) -> str:
    """The instructions with the schema in words, in its last line."""
    return _IN_WORDS.format(instructions=instructions, schema=json.dumps(schema.model_json_schema()))


def again(instructions: str, problem: str) -> str:
    """The instructions for another try, with what was wrong with the last answer."""
    return _AGAIN.format(instructions=instructions, problem=problem)


def problem_of(error: ValidationError) -> str:
    """What does not fit, by field; it quotes nothing that a model wrote."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{_place(one['loc'])}: {one['msg']}" for one in found[:_MOST_PROBLEMS])


def _place(path: tuple[int | str, ...]) -> str:
    """The place of a field. A name that a model made up may be anything, also an order: it is not told."""
    parts = (str(part) if isinstance(part, int) or part.isidentifier() else "?" for part in path)
    return ".".join(part[:_LONGEST_NAME] for part in parts)


def found[T: BaseModel](text: str, schema: type[T]) -> tuple[T | None, str]:
    """The first JSON object of the text that fits the schema, or what is wrong with the first one there is.

    It may stand after thoughts, in a code block, between sentences, or in another object.
    """
    problem = ""
    for candidate in _objects(text[:_LONGEST]):
        try:
            return schema.model_validate(candidate), ""
        except ValidationError as error:
            problem = problem or problem_of(error)
    return None, problem or NO_JSON


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects that begin after the thoughts, then all others; each object also with those in it."""
    after = _end_of_thoughts(text)
    starts = [place for place, character in enumerate(text) if character == "{"]
    ordered = [place for place in starts if place >= after] + [place for place in starts if place < after]
    decoder = json.JSONDecoder(strict=False)
    for start in ordered[:_MOST_OBJECTS]:
        try:
            candidate, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(candidate, dict):
            yield candidate


class JsonPieces:
    """Lets of a streamed answer only its JSON through: piece by piece if it begins with it, otherwise all at the end.

    Marked thoughts and the first line of a code block do not count as its beginning.
    """

    def __init__(self, schema: type[BaseModel]) -> None:
        self._schema = schema
        self._held, self._thoughts = StringIO(), StringIO()
        self._passed: list[str] = []
        self._depth = 0
        self._in_text = self._escaped = False
        self.complete = False
        """Whether the object has come to its end."""

    @property
    def fits(self) -> bool:
        """Whether what it has let through fits the schema."""
        try:
            self._schema.model_validate_json("".join(self._passed))
        except ValidationError:
            return False
        return True

    def feed(self, piece: str, thought: str = "") -> str:
        """What this piece adds to the object, often nothing; `thought` came beside the answer, in its own field."""
        _hold(self._thoughts, thought)
        if self.complete:
            return ""
        if not self._passed:
            _hold(self._held, piece)
            piece = _beginning(self._held.getvalue()) if "{" in piece else ""
        return self._pass(piece[: self._length(piece)])

    def rest(self) -> str:
        """At the end, if nothing was let through: the object that fits, wherever it stands."""
        if self._passed:
            return ""
        content, _ = found(self._held.getvalue().strip() or self._thoughts.getvalue(), self._schema)
        return self._pass(content.model_dump_json()) if content else ""

    def _pass(self, piece: str) -> str:
        if piece:
            self._passed.append(piece)
        return piece

    def _length(self, piece: str) -> int:
        """How much of the piece belongs to the object."""
        for place, character in enumerate(piece):
            if self._in_text:
                self._in_text = self._escaped or character != '"'
                self._escaped = character == "\\" and not self._escaped
            elif character == '"':
                self._in_text = True
            else:
                self._depth += (character == "{") - (character == "}")
                if self._depth == 0 and character == "}":
                    self.complete = True
                    return place + 1
        return len(piece)


def _hold(held: StringIO, text: str) -> None:
    if held.tell() < _LONGEST:
        held.write(text)


def _beginning(text: str) -> str:
    """The object with which the text begins; empty if it begins with anything else."""
    text = text.lstrip()
    if text[:_LONGEST_MARK].casefold().startswith(_OPENED):
        text = text[_end_of_thoughts(text) :].lstrip()
    if text.startswith("```"):
        text = text.partition("\n")[2].lstrip()
    return text if text.startswith("{") else ""


def _end_of_thoughts(text: str) -> int:
    """The place behind the last mark that ends thoughts; 0 if there is none."""
    return max((at + len(mark) for mark in _CLOSED if (at := text.rfind(mark)) >= 0), default=0)
