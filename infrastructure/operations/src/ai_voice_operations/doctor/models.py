"""Which of OpenAI's models end, and how early an operator is told."""

import re
from datetime import date

from ai_voice_operations.doctor.finding import Finding, fail, ok, warn

EARLY_DAYS = 90
"""A model that ends sooner than this is told of: time enough to try its successor on real notes."""

_TRANSCRIPTION_ENDS = date(2027, 2, 26)
_GPT_5_ENDS = date(2026, 12, 11)
_GPT_4_ENDS = date(2027, 1, 14)

SHUTDOWNS = {
    "whisper-1": _TRANSCRIPTION_ENDS,
    "gpt-4o-transcribe": _TRANSCRIPTION_ENDS,
    "gpt-4o-mini-transcribe": _TRANSCRIPTION_ENDS,
    "gpt-4o-transcribe-diarize": _TRANSCRIPTION_ENDS,
    "gpt-5": _GPT_5_ENDS,
    "gpt-5-mini": _GPT_5_ENDS,
    "gpt-5-nano": _GPT_5_ENDS,
    "o3": _GPT_5_ENDS,
}
"""OpenAI, "Deprecations" (November 2026), for servers and days on which `GET /v1/models` does not tell."""

FAMILIES = {"gpt-4o": _GPT_4_ENDS, "gpt-4.1": _GPT_4_ENDS}
"""Whatever else starts with such a name and a hyphen."""

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


def shutdown(model: str, told: str | None = None) -> date | None:
    """The day (UTC) from which a model no longer answers, if it is known. The vendor's own date counts first."""
    if told and (day := _day(told)):
        return day
    name = _SNAPSHOT.sub("", model)
    if name in SHUTDOWNS:
        return SHUTDOWNS[name]
    return next((day for family, day in FAMILIES.items() if name == family or name.startswith(f"{family}-")), None)


def lifetime(model: str, setting: str, today: date, told: str | None = None) -> Finding:
    """Whether a model lives long enough; `setting` is the parameter that names it."""
    day = shutdown(model, told)
    if day is None:
        return ok(f"model {model} ({setting}): no shutdown announced")
    if day <= today:
        return fail(f"model {model} ({setting}) was shut down on {day}", f"set {setting} to its successor and deploy")
    days = (day - today).days
    if days < EARLY_DAYS:
        return warn(
            f"model {model} ({setting}) is shut down on {day}, in {days} days", f"set {setting} to its successor"
        )
    return ok(f"model {model} ({setting}): until {day}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
