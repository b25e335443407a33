"""How property-based tests run here: the same examples every time, in the given number; nothing stays between runs."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_ALL = "ALL_EXAMPLES" in os.environ
"""`make test-properties` tries all examples, `make test-unit` one in so many."""
_ONE_IN = 10


def so_many(count: int) -> int:
    """All of so many, or a tenth: for a test that is marked as one of the properties itself."""
    return count if _ALL else max(1, count // _ONE_IN)


def bounded(examples: int) -> Callable[[Any], Any]:
    """Settings for a test with so many examples, one of `make test-properties`; an account may serve all of them."""
    limited = settings(
        max_examples=so_many(examples),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    return lambda test: pytest.mark.properties(limited(test))
