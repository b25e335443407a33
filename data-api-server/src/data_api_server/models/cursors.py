"""What a cursor is: a position in one of the caller's own lists. Clients cannot read it, and it grants no rights."""

import base64

LONGEST = 1240
"""Characters; with a company's folder in front, the position stays within the 1,024 bytes of an S3 key."""


def encode(position: str | None) -> str | None:
    """The cursor of a position; None at the end of the list."""
    if position is None:
        return None
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """The position, which is still to be checked against its list; raises ValueError on anything but a cursor."""
    padded = cursor + "=" * (-len(cursor) % 4)
    position = base64.b64decode(padded.encode(), altchars=b"-_", validate=True).decode()
    if not position.isprintable():
        raise ValueError("a position has no control characters")
    return position
