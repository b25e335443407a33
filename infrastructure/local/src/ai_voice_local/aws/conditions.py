"""The embedded DynamoDB reads a condition once, not again for each item that it is asked about.

Of a query's time over a large partition, five sixths went into that (a page of 10,000 notes: 400 ms, then 80 ms).
"""

from typing import Any

from ministack.services import dynamodb

_KEPT_AT_MOST = 1_000
"""Conditions. Ours are about a hundred."""

_evaluate = dynamodb._evaluate_condition  # noqa: SLF001 - it has no other place
_read: dict[tuple[str, str], list[tuple[str, str]]] = {}


def read_once() -> None:
    """Makes the embedded DynamoDB do so, from now on."""
    dynamodb._evaluate_condition = holds  # noqa: SLF001 - as above


def holds(expression: str, item: object, values: Any, names: Any, slot: str = "ConditionExpression") -> bool:
    """Whether the condition holds for the item. What is wrong with a condition is told by ministack itself."""
    if tokens := _read.get((expression, slot)):
        try:
            return bool(dynamodb._ExprEval(tokens, item, values, names).evaluate())  # noqa: SLF001 - as above
        except Exception:  # noqa: BLE001, S110 - asked again below, for ministack's own sentence
            pass
    found = bool(_evaluate(expression, item, values, names, slot=slot))
    if expression and "BETWEEN" not in expression.upper():  # its bounds are values, which are looked at each time
        _keep(expression, slot)
    return found


def _keep(expression: str, slot: str) -> None:
    if len(_read) >= _KEPT_AT_MOST:
        _read.clear()
    _read[expression, slot] = dynamodb._tokenize(expression)  # noqa: SLF001 - as above
