"""What a client sends and gets about its company's own words."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.glossary import LONGEST_WORD, MOST_WORDS
from data_api_server.models.texts import ON_ONE_LINE, refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}


def _each_once(words: list[str]) -> list[str]:
    if len({word.casefold() for word in words}) < len(words):
        raise refused("Should have each word once, in upper or lower case")
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
        description="All accepted words: names, products, places. A word that you leave out is not accepted any more.",
    )


class WordDismissed(BaseModel):
    """A suggested word that the company does not want, or wants back."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"word": "Danielle", "dismissed": True}]}
    )

    word: _Word
    dismissed: bool = Field(default=True, description="False suggests it again.")


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SuggestedWord(_Told):
    """A name that a correction put in place of another."""

    word: str
    instead_of: str = Field(description="What stood there.")
    message_id: str = Field(description="The note that was corrected.")
    at: str = Field(description="When (ISO 8601, UTC).", json_schema_extra=_TIME)


class CompanyGlossary(_Told):
    """The company's own words, without those of its operator."""

    words: list[str] = Field(description="Accepted words: the transcriber and the language model get them.")
    suggestions: list[SuggestedWord] = Field(
        description="Names from corrections, the latest first, 100 at most. They are deleted after 90 days or with "
        "their note. Dismissed words are not among them."
    )
