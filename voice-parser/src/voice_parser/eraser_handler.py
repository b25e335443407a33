"""Lambda entry: `{"company_id", "message_id"}` to erase a message, or a schedule's event to erase what has expired.

There are two schedules, so that neither run takes the other's time. One sends `{"expire": "twilio-copies"}`. The run of
the other one also goes on with open requests to export or erase a person or a company. `{"requests_of": "acme"}`
begins at once with the requests of one company; its sender has just made one.

It trusts every function that may invoke it. These take the company from an API key or the ledger.
"""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.records.checkpoints import Busy
from ai_voice_shared.telemetry import log, metric
from voice_parser.eraser import wiring as eraser_wiring
from voice_parser.eraser.data_request_runs import DataRequestRuns
from voice_parser.eraser.retention import Retention
from voice_parser.settings import EraserSettings
from voice_parser.twilio.copies import TwilioCopies

_MARGIN = 60_000
"""Milliseconds that another erasure may take if Twilio is slow."""


@functools.cache
def _retention() -> Retention:
    return eraser_wiring.build(EraserSettings.load())


@functools.cache
def _copies() -> TwilioCopies:
    return eraser_wiring.build_copies(EraserSettings.load())


@functools.cache
def _requests() -> DataRequestRuns:
    return eraser_wiring.build_requests(EraserSettings.load())


def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The answer: the erasure's receipt, null for an unknown message, or the seconds for which it is busy at most."""
    if event.get("expire") == "twilio-copies":
        return expire_copies(_copies(), context)
    if event.get("source") == "aws.events":
        return on_schedule(_retention(), _requests(), context)
    if "requests_of" in event:
        company_id = _company(event["requests_of"])
        return work_on_requests(_requests(), context, company_id)
    return erase(_retention(), event)


def erase(retention: Retention, event: dict[str, Any]) -> dict[str, Any]:
    """Erases one message; raises DeadLetter for an event that names none."""
    company_id, message_id = _company(event.get("company_id")), event.get("message_id")
    if not is_message_id(message_id):
        raise DeadLetter("the event names no message")
    try:
        erasure = retention.eraser.erase(company_id, message_id)
    except Busy as busy:
        return {"busy": busy.seconds}
    return {"receipt": erasure.to_wire() if erasure else None}


def on_schedule(retention: Retention, requests: DataRequestRuns, context: Any) -> dict[str, int]:
    """Erases what has expired, then works on open requests, even if the first failed; raises what either raises."""
    try:
        expired = expire(retention, context)
    except Exception:  # an error there is raised after this, too
        work_on_requests(requests, context)
        raise
    return expired | work_on_requests(requests, context)


def work_on_requests(requests: DataRequestRuns, context: Any, company_id: str = "") -> dict[str, int]:
    """Works on open requests, of one company or all; raises if one failed: Lambda and the schedule try it again."""
    with _counted():
        outcomes = requests.run(_goes_on(context), company_id)
        if outcomes["failed"]:
            raise RetryLater(f"{outcomes['failed']} requests to export or erase failed")
    return {"requests_done": outcomes["done"], "requests_open": outcomes["open"]}


def expire(retention: Retention, context: Any) -> dict[str, int]:
    """Erases what has expired; raises if some of it could not be erased, for the alarm and the next run."""
    with _counted():
        expired = retention.run(_goes_on(context))
        metric("NotesExpired", expired.erased)
        if expired.failed:
            raise RetryLater(f"{expired.failed} expired notes could not be erased")
    return {"erased": expired.erased}


def expire_copies(copies: TwilioCopies, context: Any) -> dict[str, int]:
    """Deletes what Twilio has kept for long enough; raises like `expire`."""
    with _counted():
        counts = copies.run(_goes_on(context))
        done = {"deleted": counts["deleted"], "kept": counts["kept"], "failed": counts["failed"]}
        metric("TwilioCopiesDeleted", counts["deleted"])
        log("copies at Twilio", **done)
        if counts["failed"]:
            raise RetryLater(f"{counts['failed']} copies at Twilio could not be deleted")
    return done


def _company(named: object) -> str:
    if not isinstance(named, str) or not re.fullmatch(COMPANY_ID, named):
        raise DeadLetter("the event names no company")
    return named


def _goes_on(context: Any) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > _MARGIN


@contextmanager
def _counted() -> Iterator[None]:
    try:
        yield
    except Exception:  # every failure is counted and raised again; the schedule tries it again
        metric("RetentionFailed")
        raise
