"""The only DynamoDB calls: one table of items under (pk, sk). The modules that use it say what the items mean."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ai_voice_shared.aws import ledger_queries as queries
from ai_voice_shared.aws.ledger_failures import conditionally, dynamodb_failures, patiently
from ai_voice_shared.aws.ledger_items import Item, from_wire, text, to_wire
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.aws.ledger_writes import NEW, Update, Write
from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import UpdateItemInputTypeDef

_BATCH = 25
"""Items; BatchWriteItem accepts no more (Amazon DynamoDB, "BatchWriteItem")."""


@dataclass(frozen=True)
class Ledger:
    """The table; raises RetryLater if DynamoDB does not answer as it should."""

    client: "DynamoDBClient"
    table: str

    def get(self, pk: str, sk: str) -> Item | None:
        """The item as last written (a consistent read), or None."""
        with dynamodb_failures():
            answer = self.client.get_item(TableName=self.table, Key=to_wire({"pk": pk, "sk": sk}), ConsistentRead=True)
        return from_wire(answer["Item"]) if "Item" in answer else None

    def put_new(self, item: Item) -> bool:
        """Writes the item unless one is there already; tells whether it did."""
        return conditionally(
            lambda: self.client.put_item(TableName=self.table, Item=to_wire(item), ConditionExpression=NEW)
        )

    def put(self, item: Item) -> None:
        """Writes the item, replacing what was there."""
        patiently(lambda: self.client.put_item(TableName=self.table, Item=to_wire(item)))

    def update(
        self,
        pk: str,
        sk: str,
        values: Item,
        *,
        condition: str = "",
        known: Item | None = None,
        remove: tuple[str, ...] = (),
    ) -> bool:
        """Sets and removes attributes, and creates the item if it does not exist.

        Args:
            pk: the item's partition.
            sk: the item's place in it.
            values: the attributes to set.
            condition: a DynamoDB condition expression; its `:names` are in `known`.
            known: values that only the condition uses.
            remove: attributes to remove.

        Returns:
            Whether the condition held and the item was written.
        """
        update = Update(pk, sk, values, condition=condition, known=known or {}, remove=remove)
        return conditionally(lambda: self.client.update_item(**update.request(self.table)))

    def exchange(self, update: Update) -> Item | None:
        """Makes the update and returns the item as it was before, empty if there was none.

        None if the condition did not hold, and nothing was written.
        """
        before: list[Item] = []

        def call() -> None:
            answer = self.client.update_item(**update.request(self.table), ReturnValues="ALL_OLD")
            before.append(from_wire(answer.get("Attributes", {})))

        if not conditionally(call):
            return None
        update.then()
        return before[0]

    def write_all(self, writes: Sequence[Write]) -> bool:
        """Makes all the writes or none of them (of one item each; 100 at most, 4 MB in all).

        Returns False if a condition did not hold, and nothing was written.
        """
        items = [one.in_transaction(self.table) for one in writes]
        if not conditionally(lambda: self.client.transact_write_items(TransactItems=items)):
            return False
        for one in writes:
            if isinstance(one, Update):
                one.then()
        return True

    def advance(self, pk: str, sk: str, name: str, also: Item, *, start: int, by: int, limit: int) -> int | None:
        """Raises a number of the item by `by` and returns it; it begins at `start` if it is smaller or missing.

        The attributes in `also` are set with it. If several callers do so at once, each gets its own number. None if
        it was above `limit`, and nothing was written.
        """
        condition = f"attribute_not_exists({name}) OR {name} <= :start"
        if self.update(pk, sk, also | {name: start + by}, condition=condition, known={"start": start}):
            return start + by
        sets = ", ".join([f"{name} = {name} + :by", *(f"{other} = :{other}" for other in also)])
        request: UpdateItemInputTypeDef = {
            "TableName": self.table,
            "Key": to_wire({"pk": pk, "sk": sk}),
            "UpdateExpression": f"SET {sets}",
            "ConditionExpression": f"{name} <= :limit",
            "ExpressionAttributeValues": to_wire(
                {":by": by, ":limit": limit, **{f":{other}": value for other, value in also.items()}}
            ),
            "ReturnValues": "UPDATED_NEW",
        }
        moved: list[Item] = []
        conditionally(lambda: moved.append(from_wire(self.client.update_item(**request)["Attributes"])))
        return int(moved[0][name]) if moved else None

    def delete(self, pk: str, sk: str) -> None:
        """Deletes the item; a missing one is no error."""
        with dynamodb_failures():
            self.client.delete_item(TableName=self.table, Key=to_wire({"pk": pk, "sk": sk}))

    def partition(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """All items of one partition whose places begin so, in order; for parts that stay small."""
        return self._queried(queries.within(pk, prefix))

    def latest(self, pk: str, limit: int, before: str = "") -> list[Item]:
        """At most `limit` items of one partition, those furthest back in its order first; of those before a place."""
        within = queries.before(pk, before) if before else queries.within(pk, "")
        wanted = within | {"ScanIndexForward": False, "Limit": limit, "ConsistentRead": True}
        with dynamodb_failures():
            page = self.client.query(TableName=self.table, **wanted)
        return [from_wire(item) for item in page["Items"]]

    def places(self, pk: str, prefix: str = "") -> list[str]:
        """The places of one partition that begin with the prefix. The items' content stays in DynamoDB."""
        return [text(item, "sk") for item in self.parts(pk, prefix, ("sk",))]

    def parts(self, pk: str, prefix: str, names: Sequence[str]) -> Iterator[Item]:
        """These attributes of the items of one partition whose places begin so, in order."""
        return self._queried(queries.within(pk, prefix) | queries.only(names))

    def delete_all(self, pk: str, places: Sequence[str]) -> None:
        """Deletes these items of one partition; missing ones are no error."""
        for batch in itertools.batched(places, _BATCH, strict=False):
            left: Any = {self.table: [{"DeleteRequest": {"Key": to_wire({"pk": pk, "sk": sk})}} for sk in batch]}
            for _ in range(_BATCH):
                with dynamodb_failures():
                    left = self.client.batch_write_item(RequestItems=left)["UnprocessedItems"]
                if not left:
                    break
            else:
                raise RetryLater("DynamoDB did not delete all items")

    def oldest(self, index: Index, partition: str, *, until: str, limit: int, after: Item | None) -> list[Item]:
        """At most `limit` items of an index's partition up to an order (inclusive), oldest first; `after` as below."""
        return self._page(index.until(partition, until), limit, after, forward=True)[0]

    def newest(
        self,
        index: Index,
        partition: str,
        *,
        since: str,
        until: str,
        limit: int,
        after: Item | None,
        oldest_first: bool = False,
    ) -> tuple[list[Item], bool]:
        """At most `limit` items of an index's partition between two orders (inclusive), newest first unless asked.

        Neither order may be empty. `after` holds the key attributes of the item after which to go on (it may be deleted
        by now). Also returns whether there may be more: DynamoDB ends a page at 1 MB, too.
        """
        return self._page(index.between(partition, since, until), limit, after, forward=oldest_first)

    def _page(self, asked: dict[str, Any], limit: int, after: Item | None, *, forward: bool) -> tuple[list[Item], bool]:
        start = {} if after is None else {"ExclusiveStartKey": to_wire(after)}
        request = asked | start | {"ScanIndexForward": forward, "Limit": limit}
        with dynamodb_failures():
            page = self.client.query(TableName=self.table, **request)
        return [from_wire(item) for item in page["Items"]], "LastEvaluatedKey" in page

    def _queried(self, wanted: dict[str, Any]) -> Iterator[Item]:
        with dynamodb_failures():
            pages = self.client.get_paginator("query").paginate(TableName=self.table, ConsistentRead=True, **wanted)
            for page in pages:
                yield from map(from_wire, page["Items"])
