"""How a customer's mood goes: the scores of their sentences, smoothed, so that one sharp word is no alarm."""

WEIGHT = 0.4
"""How much the newest sentence counts against all before it."""


def moved(course: float, score: float) -> float:
    """The course after a sentence, -1 to 1; it begins at 0. Rounded, because it is kept as JSON."""
    return round(course + WEIGHT * (score - course), 4)
