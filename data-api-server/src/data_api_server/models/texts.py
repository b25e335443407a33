"""How texts of a request are read: their length is checked as sent, then white space at the edges is removed."""

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ai_voice_shared.words.showing import shows


def refused(reason: str) -> PydanticCustomError:
    """The error of a parameter or field, as clients see it."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _on_one_line(text: str) -> str:
    """The text with its white space as single blanks; refuses a text that shows nothing."""
    line = " ".join(text.split())
    if not any(map(shows, line)):
        raise refused("Should have words")
    return line


def _trimmed(text: str) -> str:
    if not (trimmed := text.strip()):
        raise refused("Should have more than white space")
    return trimmed


ON_ONE_LINE = AfterValidator(_on_one_line)
TRIMMED = AfterValidator(_trimmed)
"""Use these after the limit on the length: otherwise removed white space would not count."""
