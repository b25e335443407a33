"""The embedded DynamoDB says the same of a condition whether it reads it for the first time or not."""

from collections.abc import Callable

import pytest
from ministack.services import dynamodb

from ai_voice_local.aws import conditions

_AS_MINISTACK = dynamodb._evaluate_condition  # noqa: SLF001 - it has no other place
_NAMES = {"#a": "a"}
_ITEMS: tuple[dict[str, object], ...] = (
    {},
    {"a": {"S": "x"}},
    {"a": {"N": "2"}, "b": {"S": "y"}},
    {"a": {"L": [{"S": "x"}]}},
)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "#a = :x",
        "attribute_exists(a) AND b = :y",
        "NOT attribute_not_exists(a)",
        "a BETWEEN :one AND :two",
        "a between :two AND :one",
        "a < :two OR contains(a, :x)",
        "a = :missing",
        "a = = :x",
        "((a = :x))",
        "size(a) > :one",
    ],
)
@pytest.mark.parametrize("slot", ["ConditionExpression", "FilterExpression"])
def test_says_the_same_each_time(expression: str, slot: str) -> None:
    for item in (*_ITEMS, *_ITEMS):
        assert _outcome(conditions.holds, expression, item, slot) == _outcome(_AS_MINISTACK, expression, item, slot)


def test_a_bound_is_looked_at_each_time() -> None:
    good, bad = {":one": {"N": "1"}, ":two": {"N": "2"}}, {":one": {"N": "3"}, ":two": {"N": "2"}}
    assert conditions.holds("a BETWEEN :one AND :two", {"a": {"N": "2"}}, good, {})
    with pytest.raises(ValueError, match="upper bound"):
        conditions.holds("a BETWEEN :one AND :two", {"a": {"N": "2"}}, bad, {})


def _outcome(asked: Callable[..., object], expression: str, item: object, slot: str) -> object:
    values = {":x": {"S": "x"}, ":y": {"S": "y"}, ":one": {"N": "1"}, ":two": {"N": "2"}}
    try:
        return bool(asked(expression, item, values, _NAMES, slot=slot))
    except ValueError as error:
        return str(error)
