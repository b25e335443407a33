"""What scores of a language model cost counts in the company's tokens, each once, and in its budget."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ai_voice_shared.domain import Company, Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.usage import OverBudget, Usage, Used
from ai_voice_shared.telemetry import log, metric

_KNOWN_FOR = 30.0
"""Seconds: a call has a sentence every few seconds, and the budget is read once in a while only."""


@dataclass(frozen=True)
class ScoreMeter:
    """Counts them, and says whether there may be more."""

    usage: Usage
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, bool]] = field(default_factory=dict)

    def allows(self, company: Company) -> bool:
        """Whether the company's budget allows a model, as of half a minute ago; also if this cannot be found out."""
        if company.budget is None:
            return True
        until, allowed = self._known.get(company.company_id, (0.0, True))
        if until <= self.clock():
            allowed = self._looked(company)
            self._known[company.company_id] = (self.clock() + _KNOWN_FOR, allowed)
        return allowed

    def count(self, company_id: str, what: str, tokens: Tokens) -> None:
        """Counts a score; `what` tells it from all others. If it cannot be counted, the call goes on."""
        try:
            self.usage.count_once(company_id, what, Used.of(tokens))
        except RetryLater as error:
            log("score not counted", company_id=company_id, reason=str(error))
        metric("InputTokens", tokens.input)
        metric("OutputTokens", tokens.output)

    def _looked(self, company: Company) -> bool:
        try:
            self.usage.check(company.company_id, company.budget)
        except OverBudget:
            return False
        except RetryLater as error:
            log("budget not known", company_id=company.company_id, reason=str(error))
        return True
