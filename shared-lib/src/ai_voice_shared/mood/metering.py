"""What scores of a language model cost is counted with the company's other tokens, each once."""

from dataclasses import dataclass

from ai_voice_shared.domain import Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.telemetry import log, metric


@dataclass(frozen=True)
class ScoreMeter:
    """Counts them."""

    usage: Usage

    def count(self, company_id: str, what: str, tokens: Tokens) -> None:
        """Counts a score; `what` tells it from all others. If it cannot be counted, the call goes on."""
        try:
            self.usage.count_once(company_id, what, Used.of(tokens))
        except RetryLater as error:
            log("score not counted", company_id=company_id, reason=str(error))
        metric("InputTokens", tokens.input)
        metric("OutputTokens", tokens.output)
