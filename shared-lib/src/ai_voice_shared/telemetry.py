"""What the services write to their logs: JSON lines with identifiers and outcomes, never text, numbers or secrets."""

import json
import logging
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ai_voice_shared.environment import optional

NAMESPACE = optional("METRICS_NAMESPACE", "AiVoiceTool")
"""The namespace of our metrics. Each environment has its own, because several may share an account."""

_TALKATIVE = ("httpx", "httpx2", "mangum")
"""Libraries that log URLs at INFO, Lambda's level for JSON logs: URLs of signed media, and URLs from clients."""

for _name in _TALKATIVE:
    logging.getLogger(_name).setLevel(logging.WARNING)

type Field = str | int | float | bool | None


def log(event: str, **fields: Field) -> None:
    """One JSON line on standard output, which Lambda hands to CloudWatch Logs."""
    line = {"event": event, **fields}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def metric(
    name: str, value: float = 1, unit: str = "Count", *, of: Mapping[str, str] | None = None, **fields: Field
) -> None:
    """A CloudWatch metric as an embedded-metric log line, free of API calls; `fields` are logged, not dimensions.

    Each value of a dimension in `of` is a metric that AWS bills: a step's name, never a message or a company.
    Source: CloudWatch embedded metric format specification.
    """
    dimensions = dict(of or {})
    definition = {"Namespace": NAMESPACE, "Dimensions": [list(dimensions)], "Metrics": [{"Name": name, "Unit": unit}]}
    aws = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [definition]}
    line = {"_aws": aws, "event": "metric", name: value, **dimensions, **fields}
    sys.stdout.write(json.dumps(line) + "\n")


@contextmanager
def timed(event: str, **fields: Field) -> Iterator[None]:
    """Logs the event with its duration in milliseconds, whether it succeeds or not."""
    started = time.perf_counter()
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        log(event, outcome=outcome, milliseconds=round((time.perf_counter() - started) * 1000), **fields)
