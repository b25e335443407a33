"""What a client says and is told of its company's own words."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.glossary import LONGEST_WORD, MOST_WORDS
from data_api_server.models.texts import ON_ONE_LINE, refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}


def _each_once(words: list[str]) -> list[str]:
    if len({word.casefold() for word in words}) < len(words):
        raise refused("Should hold each word once, whatever its case")
    return words


_Word = Annotated[str, Field(max_length=LONGEST_WORD), ON_ONE_LINE]

EXAMPLE: dict[str, JsonValue] = {
    "words": ["Elm Street", "Benedict"],
    "suggestions": [
        {
            "word": "Danielle",
            "instead_of": "Daniel",
            "message_id": "SM00000000000000000000000000000001",
            "at": "2026-11-20T10:02:41.117Z",
        }
    ],
}


class GlossaryWords(BaseModel):
    """The company's words from now on."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"words": ["Elm Street", "Benedict", "Danielle"]}]}
    )

    words: Annotated[list[_Word], AfterValidator(_each_once)] = Field(
        max_length=MOST_WORDS,
        description="All of them: names, products, places. One that is left out is accepted no more.",
    )


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SuggestedWord(_Told):
    """A name that a correction put in place of another."""

    word: str
    instead_of: str = Field(description="What stood there.")
    message_id: str = Field(description="The note that was corrected.")
    at: str = Field(description="When (ISO 8601, UTC).", json_schema_extra=_TIME)


class CompanyGlossary(_Told):
    """The company's own words, besides those of its operator."""

    words: list[str] = Field(description="Accepted: the transcriber and the language model are told them.")
    suggestions: list[SuggestedWord] = Field(
        description="Names from corrections, the latest first, 100 at most; gone after 90 days, or with their note."
    )
