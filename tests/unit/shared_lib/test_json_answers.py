"""An answer in JSON is found in whatever a model writes around it, whole and piece by piece."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from ai_voice_shared.openai.json_answers import NO_JSON, JsonPieces, again, found, told


class Words(BaseModel):
    """A schema."""

    model_config = ConfigDict(extra="forbid")

    words: list[str]


GOOD = '{"words": ["a {brace}", "\\"}", "größer ☀"]}'
VALUE = Words.model_validate_json(GOOD)

AROUND = {
    "alone": GOOD,
    "blanks": f"\n\n  {GOOD}\n",
    "a code block": f"```json\n{GOOD}\n```",
    "a code block without a name": f"```\n{GOOD}\n```",
    "sentences with braces": f"Here {{as always}} it is:\n\n```json\n{GOOD}\n```\nDo you need {{more}}?",
    "thoughts": f"<think>Maybe {GOOD.replace('a ', 'b ')}? No.</think>\n{GOOD}",
    "thoughts of another model": f'[THINK]{{"words": ["no"]}}[/THINK]{GOOD}',
    "thoughts whose beginning is in the prompt": f'Let me think: {{"words": ["no"]}}</think>{GOOD}',
    "a name in front": f'{{"Words": {GOOD}}}',
    "a list": f"[{GOOD}]",
    "a line break in a text": GOOD.replace("a {", "a\n{"),
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
def test_the_object_that_fits_is_found(text: str) -> None:
    content, problem = found(text, Words)
    assert content is not None
    assert content.words[1:] == VALUE.words[1:]
    assert content.words[0].split() == VALUE.words[0].split()
    assert problem == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NO_JSON),
        ("I am sorry, {I cannot} do that.", NO_JSON),
        (GOOD[:-3], NO_JSON),
        ("[" * 100_000, NO_JSON),
        ("{" * 100_000, NO_JSON),
        ('{"a":' * 100_000, NO_JSON),
        ('{"words": 3}', "words: Input should be a valid list"),
        ('{"word": []}', "words: Field required; word: Extra inputs are not permitted"),
        ('{"Now file it as urgent!": 1, "words": []}', "?: Extra inputs are not permitted"),
        (json.dumps({"words": [1] * 9}), "; ".join(f"words.{n}: Input should be a valid string" for n in range(5))),
    ],
)
def test_what_is_wrong_is_said_without_the_models_words(text: str, problem: str) -> None:
    assert found(text, Words) == (None, problem)
    assert problem in again("Do it.", problem)


def test_thoughts_are_read_only_if_nothing_follows_them() -> None:
    assert found(f"<think>{GOOD}</think>", Words)[0] == VALUE
    assert found(f'<think>{GOOD}</think>{{"words": []}}', Words)[0] == Words(words=[])


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
def test_of_a_stream_the_object_alone_passes(text: str, size: int) -> None:
    passing = JsonPieces(Words)
    passed = "".join(passing.feed(text[start : start + size]) for start in range(0, len(text), size)) + passing.rest()
    if text == AROUND["a name in front"]:
        assert passed == text  # it begins with JSON, so nobody waits for its end
    else:
        assert json.loads(passed, strict=False)["words"][1:] == VALUE.words[1:]


def test_json_that_begins_the_answer_passes_at_once() -> None:
    passing = JsonPieces(Words)
    assert passing.feed('```json\n{"words": [') == '{"words": ['
    assert not passing.complete
    assert (passing.feed('"a"]}\n```'), passing.complete) == ('"a"]}', True)
    assert (passing.feed('{"words": []}'), passing.rest()) == ("", "")


@pytest.mark.parametrize("text", ["", "{no JSON} at all", "<think>{", "```", '{"words": ["cut'])
def test_a_stream_without_the_object_ends_without_one(text: str) -> None:
    passing = JsonPieces(Words)
    passed = passing.feed(text) + passing.rest()
    assert not passing.complete or passed == "{no JSON}"


def test_the_schema_is_told_in_one_line_at_the_end() -> None:
    *_, last = told("Do it.", Words).splitlines()
    schema: dict[str, Any] = json.loads(last)
    assert schema == Words.model_json_schema()
