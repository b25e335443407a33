"""Lambda entry: a schedule's event, or `{"since": "2026-11-20T08:00:00Z"}` from an operator.

Each run brings back the waiting notes that are due, and asks for the evening messages that are. It also sweeps Twilio's
list, unless the event says `{"only": "waiting"}`.
"""

import functools
from datetime import UTC, datetime
from typing import Any

from ai_voice_shared.telemetry import log, metric
from voice_parser.settings import SweepSettings
from voice_parser.sweep import wiring as sweep_wiring
from voice_parser.sweep.bringing_back import BringingBack
from voice_parser.sweep.due_evenings import DueEvenings
from voice_parser.sweep.sweep import Sweep


@functools.cache
def _wired() -> tuple[BringingBack, DueEvenings, Sweep]:
    return sweep_wiring.build(SweepSettings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Sweeps; the answer is how many notes were brought back, and the number of messages by outcome (sweep.Outcome)."""
    try:
        bringing_back, evenings, sweep = _wired()
        found = {"brought_back": bringing_back.run(), "evenings": evenings.run()}  # first: they do not need Twilio
        if event.get("only") != "waiting":
            found |= _swept(sweep, event.get("since"))
    except Exception:  # every failure is counted and raised again; the schedule tries it again
        metric("SweepFailed")
        raise
    log("swept", **found)
    return found


def _swept(sweep: Sweep, since: str | None) -> dict[str, int]:
    counts = sweep.run(_moment(since) if since else None)
    found = {"known": counts["known"], "enqueued": counts["enqueued"], "strangers": counts["stranger"]}
    found["refused"] = counts["refused"]
    metric("SweepFound", found["enqueued"])
    if found["refused"]:
        metric("NotWhatsApp", found["refused"])
    return found


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
