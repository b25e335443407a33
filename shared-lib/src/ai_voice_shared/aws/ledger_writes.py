"""The writes of the ledger's items. Several writes can be made together: all of them, or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ai_voice_shared.aws.ledger_items import Item, to_wire

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef, TransactWriteItemTypeDef

NEW = "attribute_not_exists(pk)"
THERE = "attribute_exists(pk)"


@dataclass(frozen=True)
class Put:
    """Writes an item that does not exist yet."""

    item: Item

    def in_transaction(self, table: str) -> "TransactWriteItemTypeDef":
        """The write in a transaction's form."""
        return {"Put": {"TableName": table, "Item": to_wire(self.item), "ConditionExpression": NEW}}


@dataclass(frozen=True)
class Update:
    """Sets and removes attributes, and creates the item if it does not exist.

    Attributes:
        pk: the item's partition.
        sk: the item's place in it.
        values: the attributes to set.
        first: attributes to set only if the item does not have them.
        adds: what to add to numbers; a missing one is 0.
        condition: a DynamoDB condition expression; its `:names` are in `known`.
        known: values that only the condition uses.
        remove: attributes to remove.
        then: called once the update is made, alone or together with others; it may raise RetryLater.
    """

    pk: str
    sk: str
    values: Item = field(default_factory=dict)
    first: Item = field(default_factory=dict)
    adds: Mapping[str, int] = field(default_factory=dict)
    condition: str = ""
    known: Item = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    then: Callable[[], None] = field(default=lambda: None, compare=False)

    def request(self, table: str) -> dict[str, Any]:
        """The write in DynamoDB's form, alone or as a part."""
        named = {name: f"#n{place}" for place, name in enumerate((*self.values, *self.first, *self.adds, *self.remove))}
        placed = {name: f":v{place}" for place, name in enumerate((*self.values, *self.first, *self.adds))}
        sets = [f"{named[name]} = {placed[name]}" for name in self.values]
        sets += [f"{named[name]} = if_not_exists({named[name]}, {placed[name]})" for name in self.first]
        adds = [f"{named[name]} {placed[name]}" for name in self.adds]
        clauses = {"SET": sets, "ADD": adds, "REMOVE": [named[name] for name in self.remove]}
        request: dict[str, Any] = {
            "TableName": table,
            "Key": to_wire({"pk": self.pk, "sk": self.sk}),
            "UpdateExpression": " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts),
            "ExpressionAttributeNames": {place: name for name, place in named.items()},
        }
        if values := self._values(placed):
            request["ExpressionAttributeValues"] = values
        if self.condition:
            request["ConditionExpression"] = self.condition
        return request

    def in_transaction(self, table: str) -> "TransactWriteItemTypeDef":
        """The write in a transaction's form."""
        part: Any = {"Update": self.request(table)}
        return part  # type: ignore[no-any-return]

    def _values(self, placed: Mapping[str, str]) -> "dict[str, AttributeValueTypeDef]":
        set_or_added: Item = {**self.values, **self.first, **self.adds}
        values: Item = {placed[name]: value for name, value in set_or_added.items()}
        return to_wire(values | {f":{name}": value for name, value in self.known.items()})


type Write = Put | Update
