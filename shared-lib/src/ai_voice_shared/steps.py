"""What the steps of a message are called that more than one part of the platform knows."""

TURN = "turn"
"""It was the message's turn; nobody is shown that."""

COUNTED = "usage-"
"""What the names of markers begin with that tell what was counted; they are no work."""


def is_shown(step: str) -> bool:
    """Whether people are shown when the step was done."""
    return step != TURN and not step.startswith(COUNTED)
