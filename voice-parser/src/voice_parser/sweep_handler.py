"""Lambda entry: a schedule's event, or `{"since": "2026-11-20T08:00:00Z"}` from whoever sweeps by hand.

Waiting notes that are due are brought back each time; Twilio's list is swept unless it says `{"only": "waiting"}`.
"""

import functools
from datetime import UTC, datetime
from typing import Any

from ai_voice_shared.telemetry import log, metric
from voice_parser.settings import SweepSettings
from voice_parser.sweep import wiring as sweep_wiring
from voice_parser.sweep.bringing_back import BringingBack
from voice_parser.sweep.sweep import Sweep


@functools.cache
def _wired() -> tuple[BringingBack, Sweep]:
    return sweep_wiring.build(SweepSettings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Sweeps; answers how many notes were brought back, and what became of how many messages (sweep.Outcome)."""
    try:
        bringing_back, sweep = _wired()
        found = {"brought_back": bringing_back.run()}  # first: it needs nothing of Twilio
        if event.get("only") != "waiting":
            found |= _swept(sweep, event.get("since"))
    except Exception:  # counted whatever it was, and raised again: the schedule comes back to it
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
