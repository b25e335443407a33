"""Whom we do not know, and when they are answered: once a day, so that no flood of theirs costs a flood of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import expiry
from ai_voice_shared.domain import now
from customer_lookup_server.identities import Identity

QUIET = timedelta(days=1)
"""Two machines that answer each other stop here, too."""

_ANSWERED = "ANSWERED"


@dataclass(frozen=True)
class Strangers:
    """Who was answered within the last day; DynamoDB forgets them after that (`expires_at`)."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def greets(self, names: tuple[str, ...]) -> bool:
        """Whether a sender is to be answered now, and notes that they were; the likeliest identity decides.

        Raises RetryLater.
        """
        moment = self.clock()
        return self.ledger.update(
            f"STRANGER#{Identity.of(names[0]).form}",
            _ANSWERED,
            {"expires_at": expiry(moment + QUIET)},
            condition="attribute_not_exists(expires_at) OR expires_at <= :now",
            known={"now": expiry(moment)},
        )
