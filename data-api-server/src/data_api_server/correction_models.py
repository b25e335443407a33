"""What a correction may say of what was understood: the intents' own fields, within bounds."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from ai_voice_shared.intents import ActionItem
from ai_voice_shared.showing import shows


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    if not any(map(shows, line)):
        raise PydanticCustomError("refused", "Should hold words")
    return line


Line = Annotated[str, AfterValidator(_on_one_line)]

Title = Annotated[Line, Field(max_length=300)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True), Field(max_length=20_000)]
Point = Annotated[Line, Field(max_length=1000)]


class ActionItemCorrection(ActionItem):
    """One thing to do, as it should have been understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="ActionItemCorrection")

    what: Point
    who: Annotated[Line, Field(max_length=200)] | None = None
    by_when: Annotated[Line, Field(max_length=200)] | None = None


MOST = 100
"""Action items, or key points."""
