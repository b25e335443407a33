"""What a month's use cost, estimated from the operator's prices."""

from dataclasses import dataclass

from ai_voice_shared.records.usage import Used

_A_MINUTE = 60_000
"""Milliseconds."""
_MILLION = 1_000_000


@dataclass(frozen=True)
class Prices:
    """Dollars; 0 leaves a price out."""

    audio_minute: float = 0
    million_input_tokens: float = 0
    million_output_tokens: float = 0

    def dollars(self, used: Used) -> float | None:
        """The estimate; None if there is no price at all: nothing must look as if it was free."""
        if not any((self.audio_minute, self.million_input_tokens, self.million_output_tokens)):
            return None
        return (
            used.audio_milliseconds / _A_MINUTE * self.audio_minute
            + used.input_tokens / _MILLION * self.million_input_tokens
            + used.output_tokens / _MILLION * self.million_output_tokens
        )
