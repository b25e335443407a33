"""What a client sends and gets about rules."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints
from pydantic import model_validator as checked

from ai_voice_shared.domain import timestamp
from ai_voice_shared.keywords.expressions import parsed
from ai_voice_shared.keywords.rule import (
    LONGEST_EXPRESSION,
    LONGEST_POINTS,
    LONGEST_WORDS,
    MOST_EXPRESSIONS,
    MOST_WORDS,
    Refused,
    Rule,
)
from ai_voice_shared.words.text_words import written_words
from data_api_server.models.ask import CitationShown
from data_api_server.models.texts import ON_ONE_LINE, refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_WORDS = "Words and phrases. Each is found in any inflection, and if one letter or one word in it was misheard."
_EXPRESSIONS = (
    "Regular expressions in Python's syntax, without lookaround and backreferences. Case makes no difference; `\\b` "
    "and `\\w` know the letters of all languages."
)
_LANGUAGES = "BCP 47; of the sentences in which it is found. Empty: of all."
_COOL_DOWN = "Seconds of a call in which it is not shown again."
_POINTS = "Talking points in Markdown, for whoever talks to the customer."
_LONGEST_COOL_DOWN = 3_600

EXAMPLE: dict[str, JsonValue] = {
    "rule_id": "ru_0f3a9c5e77d1b240",
    "name": "Wants to leave",
    "words": ["cancel the contract", "competitor"],
    "expressions": [r"\bother (?:offer|supplier)s?\b"],
    "languages": ["en"],
    "priority": 80,
    "cool_down": 120,
    "valid_from": None,
    "valid_until": "2027-01-01T00:00:00.000Z",
    "points": "- Ask what went wrong.\n- Offer the *winter check* at no charge.",
    "updated_at": "2026-11-20T09:12:04.000Z",
    "etag": '"0b1c5d3f5c1f4b8e8f6d0d4b6f0a1c22"',
}
RULES: dict[str, JsonValue] = {"rules": [EXAMPLE]}
TRIED: dict[str, JsonValue] = {
    "hits": [
        {
            "phrase": "competitor",
            "citation": {
                "message_id": "SM0123456789abcdef0123456789abcdef",
                "start": 12.4,
                "end": 15.1,
                "quote": "competitors",
                "sentence": "Two competitors have asked her already.",
                "before": "Two ",
                "sender_name": "Ana Lima",
                "received_at": "2026-11-19T16:20:11.000Z",
                "title": "Visit at Elm Street",
                "audio_url": "https://…#t=12.4",
            },
        }
    ],
    "notes": 4,
}


def _with_words(text: str) -> str:
    if not written_words(text):
        raise refused("Should have a letter or a digit")
    return text


def _readable(expression: str) -> str:
    try:
        parsed(expression)
    except Refused as why:
        raise refused(str(why)) from None
    return expression


_Words = Annotated[str, Field(max_length=LONGEST_WORDS), ON_ONE_LINE, AfterValidator(_with_words)]
_Expression = Annotated[str, Field(max_length=LONGEST_EXPRESSION), AfterValidator(_readable)]
_Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class RuleWanted(BaseModel):
    """A rule, as its company wants it: words, or expressions, or both."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{name: EXAMPLE[name] for name in ("name", "words", "expressions", "points")}]},
    )

    name: Annotated[str, Field(max_length=80), ON_ONE_LINE]
    words: list[_Words] = Field([], max_length=MOST_WORDS, description=_WORDS)
    expressions: list[_Expression] = Field([], max_length=MOST_EXPRESSIONS, description=_EXPRESSIONS)
    languages: list[_Language] = Field([], max_length=20, description=_LANGUAGES)
    priority: int = Field(50, ge=0, le=100, description="The most important one is shown first.")
    cool_down: int = Field(60, ge=0, le=_LONGEST_COOL_DOWN, description=_COOL_DOWN)
    valid_from: AwareDatetime | None = Field(None, description="ISO 8601 with its zone, inclusive; null: since ever.")
    valid_until: AwareDatetime | None = Field(None, description="As `valid_from`, exclusive; null: for ever.")
    points: str = Field("", max_length=LONGEST_POINTS, description=_POINTS)

    @checked(mode="after")
    def _finds_something(self) -> Self:
        if not self.words and not self.expressions:
            raise refused("`words` or `expressions` should have something to listen for")
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise refused("`valid_until` should be after `valid_from`")
        return self

    def rule(self) -> Rule:
        """The rule, without an id."""
        return Rule(
            "",
            self.name,
            tuple(dict.fromkeys(self.words)),
            tuple(dict.fromkeys(self.expressions)),
            tuple(dict.fromkeys(self.languages)),
            self.priority,
            self.cool_down,
            timestamp(self.valid_from) if self.valid_from else "",
            timestamp(self.valid_until) if self.valid_until else "",
            self.points.strip(),
        )


class RuleShown(BaseModel):
    """What is listened for, and what is shown when it is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule_id: str
    name: str
    words: list[str] = Field(description=_WORDS)
    expressions: list[str] = Field(description=_EXPRESSIONS)
    languages: list[str] = Field(description=_LANGUAGES)
    priority: int
    cool_down: int = Field(description=_COOL_DOWN)
    valid_from: str | None = Field(description="ISO 8601, UTC; null: since ever.", json_schema_extra=_TIME)
    valid_until: str | None = Field(description="ISO 8601, UTC; null: for ever.", json_schema_extra=_TIME)
    points: str = Field(description=_POINTS)
    updated_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    etag: str = Field(description="Send it as `If-Match` with a change.")

    @classmethod
    def of(cls, one: Rule) -> Self:
        """The rule as clients see it."""
        fields: dict[str, Any] = vars(one) | {"etag": f'"{one.tag}"'}
        return cls.model_validate(fields | {name: fields[name] or None for name in ("valid_from", "valid_until")})


class RulesShown(BaseModel):
    """All rules of a company, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: list[RuleShown]


class RuleHit(BaseModel):
    """Where a rule is said in the notes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrase: str = Field(description="The word, phrase or expression of the rule.")
    citation: CitationShown


class RuleTried(BaseModel):
    """Where a rule would have been found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hits: list[RuleHit] = Field(description="The best places, at most 50.")
    notes: int = Field(
        description="In how many notes it was looked for: those that the search finds for it, at most 40."
    )
