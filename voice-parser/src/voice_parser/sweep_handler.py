"""Lambda entry: a schedule's event, or `{"since": "2026-11-20T08:00:00Z"}` from whoever sweeps by hand.

Waiting notes that are due are brought back each time; Twilio's list is swept unless it says `{"only": "waiting"}`.

By hand: `python -m voice_parser.sweep_handler --help`, which asks the function, so that it needs none of its settings.
"""

import argparse
import functools
import json
import sys
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


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m voice_parser.sweep_handler", description="Sweeps by hand.")
    parser.add_argument("--function", required=True, help="the sweep's function, e.g. ai-voice-tool-dev-sweep")
    parser.add_argument("--since", type=_moment, help="look back at least to here (ISO 8601; UTC unless it says)")
    wanted = parser.parse_args(arguments)
    event = {"since": wanted.since.isoformat()} if wanted.since else {}
    failed, answer = sweep_wiring.ask(wanted.function, json.dumps(event).encode())
    sys.stdout.write(f"{answer}\n")
    return int(failed)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
