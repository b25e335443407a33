"""How much work a call takes, counted and not timed: the number of lines of Python that run, in all modules."""

import sys
from collections.abc import Callable

_TOOL = sys.monitoring.PROFILER_ID


def steps(call: Callable[[], object]) -> int:
    """How many times the call jumps, branches, calls or yields, which is what loops are made of."""
    counted = 0

    def count(*_event: object) -> None:
        nonlocal counted
        counted += 1

    monitoring = sys.monitoring
    events = (monitoring.events.JUMP, monitoring.events.CALL, monitoring.events.PY_START, monitoring.events.PY_YIELD)
    monitoring.use_tool_id(_TOOL, "steps")
    try:
        for event in events:
            monitoring.register_callback(_TOOL, event, count)
        monitoring.set_events(_TOOL, sum(events))
        call()
    finally:
        monitoring.set_events(_TOOL, 0)
        for event in events:
            monitoring.register_callback(_TOOL, event, None)
        monitoring.free_tool_id(_TOOL)
    return counted
