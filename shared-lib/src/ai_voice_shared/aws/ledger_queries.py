"""Which items a query of the ledger asks for: of a partition by their places, or of an index by its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ai_voice_shared.aws.ledger_items import Item, to_wire


@dataclass(frozen=True)
class Index:
    """An index whose partition is the attribute `partition`, ordered by the attribute `order`."""

    name: str
    partition: str
    order: str

    def until(self, partition: str, last: str) -> dict[str, Any]:
        """Its items of a partition up to an order (inclusive), which may not be empty."""
        return self._asked(f"{self.order} <= :until", {":partition": partition, ":until": last})

    def between(self, partition: str, first: str, last: str) -> dict[str, Any]:
        """Its items of a partition between two orders (inclusive), which may not be empty."""
        values: Item = {":partition": partition, ":since": first, ":until": last}
        return self._asked(f"{self.order} BETWEEN :since AND :until", values)

    def _asked(self, condition: str, values: Item) -> dict[str, Any]:
        return {
            "IndexName": self.name,
            "KeyConditionExpression": f"{self.partition} = :partition AND {condition}",
            "ExpressionAttributeValues": to_wire(values),
        }


def within(pk: str, prefix: str) -> dict[str, Any]:
    """The items of a partition whose places begin so. DynamoDB cannot compare a key with an empty text."""
    if not prefix:
        return {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": to_wire({":pk": pk})}
    values = to_wire({":pk": pk, ":prefix": prefix})
    return {"KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)", "ExpressionAttributeValues": values}


def before(pk: str, place: str) -> dict[str, Any]:
    """The items of a partition before a place."""
    values = to_wire({":pk": pk, ":place": place})
    return {"KeyConditionExpression": "pk = :pk AND sk < :place", "ExpressionAttributeValues": values}


def only(names: Sequence[str]) -> dict[str, Any]:
    """No more of each item than these attributes."""
    named = {f"#n{place}": name for place, name in enumerate(names)}
    return {"ProjectionExpression": ", ".join(named), "ExpressionAttributeNames": named}
