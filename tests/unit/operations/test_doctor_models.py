"""How early the doctor tells of the end of a model."""

from datetime import date, timedelta

import pytest

from ai_voice_operations.doctor.models import EARLY_DAYS, SHUTDOWNS, lifetime, shutdown


@pytest.mark.parametrize(
    ("model", "day"),
    [
        ("whisper-1", date(2027, 2, 26)),
        ("gpt-4o-mini-transcribe", date(2027, 2, 26)),
        ("gpt-5-mini", date(2026, 12, 11)),
        ("gpt-5-2025-08-07", date(2026, 12, 11)),
        ("gpt-4o-mini", date(2027, 1, 14)),
        ("gpt-4o-2024-08-06", date(2027, 1, 14)),
        ("gpt-4.1-nano", date(2027, 1, 14)),
        ("gpt-5.1", None),
        ("gpt-6-luna", None),
        ("text-embedding-3-small", None),
    ],
)
def test_known_models_and_their_snapshots_have_their_day(model: str, day: date | None) -> None:
    assert shutdown(model) == day


@pytest.mark.parametrize("told", ["2028-01-01", "2028-01-01T00:00:00Z"])
def test_what_the_vendor_tells_goes_before_our_table(told: str) -> None:
    assert shutdown("whisper-1", told) == date(2028, 1, 1)


def test_what_the_vendor_tells_unreadably_leaves_our_table() -> None:
    assert shutdown("whisper-1", "soon") == date(2027, 2, 26)


@pytest.mark.parametrize(
    ("days_left", "level"), [(EARLY_DAYS, "ok"), (EARLY_DAYS - 1, "warn"), (1, "warn"), (0, "FAIL"), (-1, "FAIL")]
)
def test_an_end_is_told_early_and_a_past_one_fails(days_left: int, level: str) -> None:
    today = SHUTDOWNS["whisper-1"] - timedelta(days=days_left)
    finding = lifetime("whisper-1", "voice-parser TranscriptionModel", today)
    assert finding.level == level
    assert (level == "ok") or "voice-parser TranscriptionModel" in finding.remedy
