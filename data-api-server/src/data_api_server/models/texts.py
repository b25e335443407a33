"""How texts of a request are taken: measured as they were sent, as documented, and then without their edges."""

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ai_voice_shared.words.showing import shows


def refused(reason: str) -> PydanticCustomError:
    """The error of a parameter or field, as it is told."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _on_one_line(text: str) -> str:
    """The text with its white space as single blanks; refuses one that shows nothing."""
    line = " ".join(text.split())
    if not any(map(shows, line)):
        raise refused("Should hold words")
    return line


def _trimmed(text: str) -> str:
    if not (trimmed := text.strip()):
        raise refused("Should hold more than white space")
    return trimmed


ON_ONE_LINE = AfterValidator(_on_one_line)
TRIMMED = AfterValidator(_trimmed)
"""Stand behind the limit on the length: what was cut off before it would be counted as if it had not been sent."""
