"""When an unknown sender is answered: once a day, so that their flood does not cause a flood of our replies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import expiry
from ai_voice_shared.domain import now
from customer_lookup_server.identities import Identity

QUIET = timedelta(days=1)
"""Seconds. Because of it, two machines that answer each other stop, too."""

_ANSWERED = "ANSWERED"


@dataclass(frozen=True)
class Strangers:
    """Who was answered within the last day; DynamoDB forgets them after that (`expires_at`)."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def greets(self, names: tuple[str, ...]) -> bool:
        """Whether to answer a sender now; it also records the answer. The likeliest identity decides.

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
