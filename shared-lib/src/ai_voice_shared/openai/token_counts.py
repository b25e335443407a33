"""The cost in a model's answer, in either of OpenAI's dialects."""

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from ai_voice_shared.domain import NO_TOKENS, Tokens


def tokens_of(answer: object) -> Tokens:
    """The cost in an answer (in the SDK's form, or JSON); zero if the answer has no usable figures."""
    try:
        usage = _Told.model_validate(answer).usage
    except ValidationError:
        return NO_TOKENS
    return Tokens(usage.input, usage.output) if usage else NO_TOKENS


class _Usage(BaseModel):
    """The Responses API says input and output, the older ones prompt and completion."""

    model_config = ConfigDict(from_attributes=True)

    input: int = Field(0, ge=0, validation_alias=AliasChoices("input_tokens", "prompt_tokens"))
    output: int = Field(0, ge=0, validation_alias=AliasChoices("output_tokens", "completion_tokens"))


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    usage: _Usage | None = None
