"""Notes as the ledger lists them, page by page, without ever reading a company's whole history for one page."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import timestamp
from ai_voice_shared.records.note_lists import (
    BY_CHANGE,
    BY_OPEN,
    Filter,
    changed_at,
    index_of,
    key_of,
    matcher,
    start_of,
)

_PAGE = 100
_EXAMINED_AT_MOST = 1000
"""Notes looked at for one page of a filtered list, so that a rare match never costs a company's whole history."""
_READ_AT_ONCE = 10
"""As many as boto3 keeps connections for."""
_FIRST, _LAST = "0", "\uffff"
"""Texts before and after every time in text order; DynamoDB takes no empty bound."""

type _Page = tuple[list[tuple[str, Item | None]], bool]
"""Notes that were looked at, each with its position, and its item if it is wanted; and whether there may be more."""


def each(ledger: Ledger, company_id: str, customer_id: str = "", after: str = "") -> Iterator[tuple[str, Item]]:
    """All notes of the company, or of one sender, the oldest first, each with its position."""
    index, partition = index_of(company_id, Filter(sender=customer_id))
    while True:
        start = start_of(company_id, index, partition, after) if after else None
        items = ledger.oldest(index, partition, until=_LAST, limit=_PAGE, after=start)
        if not items:
            return
        for item in items:
            after = str(item["listed_at"])
            yield after, item


def received(
    ledger: Ledger, company_id: str, wanted: Filter, limit: int, after: str | None, *, oldest_first: bool
) -> tuple[list[Item], str | None]:
    """At most `limit` notes after a position, in the order in which they came, and where to go on; None at the end."""
    return _gathered(_by_arrival(ledger, company_id, wanted, after, oldest_first=oldest_first), limit, after)


def changed(
    ledger: Ledger, company_id: str, wanted: Filter, since: datetime, limit: int, after: str | None
) -> tuple[list[Item], str | None]:
    """The same for notes that changed at `since` (UTC) or later, in the order of their last changes."""
    return _gathered(_by_change(ledger, company_id, wanted, since, after), limit, after)


def _gathered(pages: Iterator[_Page], limit: int, after: str | None) -> tuple[list[Item], str | None]:
    found: list[Item] = []
    examined = 0
    for page, more in pages:
        for position, item in page:
            after = position
            if item is not None:
                found.append(item)
            if len(found) == limit:
                return found, after
        examined += len(page)
        if not more:
            return found, None
        if examined >= _EXAMINED_AT_MOST:
            break
    return found, after


def _by_arrival(
    ledger: Ledger, company_id: str, wanted: Filter, after: str | None, *, oldest_first: bool
) -> Iterator[_Page]:
    index, partition = index_of(company_id, wanted)
    matches = matcher(wanted)
    since = timestamp(wanted.since) if wanted.since else _FIRST
    until = timestamp(wanted.until) if wanted.until else _LAST
    while True:
        start = start_of(company_id, index, partition, after) if after else None
        items, more = ledger.newest(
            index, partition, since=since, until=until, limit=_PAGE, after=start, oldest_first=oldest_first
        )
        whole = _items(ledger, company_id, items) if index == BY_OPEN else items
        positions = [text(item, "listed_at") for item in items]
        page = [(at, item if item and matches(item) else None) for at, item in zip(positions, whole, strict=True)]
        yield page, more
        after = page[-1][0] if page else after


def _by_change(ledger: Ledger, company_id: str, wanted: Filter, since: datetime, after: str | None) -> Iterator[_Page]:
    while True:
        start = changed_at(company_id, after) if after else None
        keys, more = ledger.newest(
            BY_CHANGE, company_id, since=timestamp(since), until=_LAST, limit=_PAGE, after=start, oldest_first=True
        )
        items = zip(keys, _items(ledger, company_id, keys), strict=True)
        page = [(_position(key), item if _is_wanted(item, key, wanted) else None) for key, item in items]
        yield page, more
        after = page[-1][0] if page else after


def _items(ledger: Ledger, company_id: str, keys: Sequence[Item]) -> Iterator[Item | None]:
    """The whole of what an index has only the keys of; None where it has been erased since."""
    pk = str(key_of(company_id, "")["pk"])
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        yield from threads.map(lambda key: ledger.get(pk, text(key, "sk")), keys)


def _position(key: Item) -> str:
    """The position of a note in the list by changes."""
    return f"{text(key, 'updated_at')}#{text(key, 'sk')}"


def _is_wanted(item: Item | None, key: Item, wanted: Filter) -> bool:
    """Whether a note that was found by its last change has not changed since, and fits what an index would check."""
    if not item or item.get("updated_at") != key["updated_at"]:
        return False
    received_at = text(item, "received_at")
    return (
        (wanted.since is None or received_at >= timestamp(wanted.since))
        and (wanted.until is None or received_at < timestamp(wanted.until))
        and matcher(wanted)(item)
    )
