"""How property-based tests run here: the same examples every time, as many as asked for, nothing kept between runs."""

from hypothesis import HealthCheck, settings


def bounded(examples: int) -> settings:
    """Settings for a test with so many examples; an account may serve all of them."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
