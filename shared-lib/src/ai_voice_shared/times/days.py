"""How a day is written for people, in their language."""

from datetime import date

from ai_voice_shared.phrases import phrase


def told(day: date, language: str | None, year: int) -> str:
    """The day and its month, as `27 Nov`; with its year if it is not the expected one."""
    month = phrase("months", language).split()[day.month - 1]
    said = phrase("day", language, day=str(day.day), month=month)
    return said if day.year == year else f"{said} {day.year}"
