"""The command that has a deployed sweep run now."""

import argparse
import json
import sys
from datetime import UTC, datetime

import boto3
from botocore.config import Config


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m ai_voice_operations.commands.sweep", description="Sweeps by hand.")
    parser.add_argument("--function", required=True, help="the sweep's function, e.g. ai-voice-tool-dev-sweep")
    parser.add_argument("--since", type=_moment, help="look back at least to here (ISO 8601; UTC unless it says)")
    wanted = parser.parse_args(arguments)
    event = {"since": wanted.since.isoformat()} if wanted.since else {}
    failed, answer = _ask(wanted.function, json.dumps(event).encode())
    sys.stdout.write(f"{answer}\n")
    return int(failed)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ask(function: str, event: bytes) -> tuple[bool, str]:
    """Whether a deployed sweep failed, and what it answered; waits as long as a function may take (900 s)."""
    patient = Config(read_timeout=910, retries={"mode": "standard", "total_max_attempts": 1})
    answer = boto3.client("lambda", config=patient).invoke(FunctionName=function, Payload=event)
    return "FunctionError" in answer, answer["Payload"].read().decode()


if __name__ == "__main__":
    sys.exit(main())
