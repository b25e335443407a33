"""What a correction may say of what was understood: the intents' own fields, within bounds."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from ai_voice_shared.intents import ActionItem
from data_api_server.models.texts import ON_ONE_LINE

Title = Annotated[str, Field(max_length=300), ON_ONE_LINE]
Summary = Annotated[str, Field(max_length=20_000), AfterValidator(str.strip)]
Point = Annotated[str, Field(max_length=1000), ON_ONE_LINE]
_Name = Annotated[str, Field(max_length=200), ON_ONE_LINE]


class ActionItemCorrection(ActionItem):
    """One thing to do, as it should have been understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="ActionItemCorrection")

    what: Point
    who: _Name | None = None
    by_when: _Name | None = None


MOST = 100
"""Action items, or key points."""
