"""Which notes are older than their company keeps notes: each is erased as if somebody had asked for it."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import Misconfigured, reason
from ai_voice_shared.records.note_lists import BY_TIME
from ai_voice_shared.telemetry import log
from voice_parser.eraser.eraser import Eraser

_KEYS = ("pk", "sk", BY_TIME.partition, BY_TIME.order)
_PAGE = 25


@dataclass(frozen=True)
class Expired:
    """The result of one run: how many notes it erased, and how many it could not erase."""

    erased: int
    failed: int


@dataclass(frozen=True)
class Retention:
    """Keeps each company's notes for as many days as it wants. A run's cost depends only on how many notes expire.

    Attributes:
        retentions: days by company id, only for companies that do not keep everything.
    """

    ledger: Ledger
    eraser: Eraser
    retentions: Callable[[], Mapping[str, int]]
    clock: Callable[[], datetime] = now

    def run(self, goes_on: Callable[[], bool]) -> Expired:
        """Erases what has expired, the oldest first, until it is done or `goes_on` says no; then the next run goes on.

        A note that fails does not delay the others. Raises Misconfigured, or RetryLater if it cannot be found out how
        long notes are kept.
        """
        erased = failed = 0
        for company_id, message_id in self._expired():
            if not goes_on():
                break
            try:
                self.eraser.erase(company_id, message_id)
                erased += 1
            except Misconfigured:
                raise
            except Exception as error:  # noqa: BLE001 - a bug in one note must not delay the others
                failed += 1
                log("expired note not erased", message_id=message_id, company_id=company_id, reason=reason(error))
        return Expired(erased, failed)

    def _expired(self) -> Iterator[tuple[str, str]]:
        """Expired notes. The companies take turns, so that a large one does not delay the others."""
        waiting = deque(self._of_company(company_id, days) for company_id, days in self.retentions().items())
        while waiting:
            company = waiting.popleft()
            if found := next(company, None):
                yield found
                waiting.append(company)

    def _of_company(self, company_id: str, days: int) -> Iterator[tuple[str, str]]:
        until = timestamp(self.clock() - timedelta(days=days))
        after: Item | None = None
        while page := self.ledger.oldest(BY_TIME, company_id, until=until, limit=_PAGE, after=after):
            yield from ((company_id, str(item["sk"])) for item in page)
            after = {name: page[-1][name] for name in _KEYS}
