"""How a day is told to people, in their language."""

from datetime import date

from ai_voice_shared.phrases import phrase


def told(day: date, language: str | None, year: int) -> str:
    """The day and its month, as `27 Nov`; with its year where that is not the one that goes without saying."""
    month = phrase("months", language).split()[day.month - 1]
    said = phrase("day", language, day=str(day.day), month=month)
    return said if day.year == year else f"{said} {day.year}"
