"""Which values an item of the ledger may hold, and how DynamoDB writes them."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef

type Value = str | int | bool | bytes
type Item = dict[str, Value]


def text(item: Item, name: str) -> str:
    """A text attribute; empty if the item does not have it."""
    value = item.get(name, "")
    return value if isinstance(value, str) else str(value)


def expiry(moment: datetime) -> int:
    """An item's `expires_at`: from this moment on, DynamoDB may delete it (seconds since 1970)."""
    return int(moment.timestamp())


def has_expired(item: Item, moment: datetime) -> bool:
    """Whether the item's time is over at the moment; DynamoDB deletes it up to days later."""
    return int(item["expires_at"]) < moment.timestamp()


def to_wire(item: Mapping[str, Value]) -> dict[str, "AttributeValueTypeDef"]:
    """The item in DynamoDB's form."""
    return {name: _wire_value(value) for name, value in item.items()}


def _wire_value(value: Value) -> "AttributeValueTypeDef":
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case bytes():
            return {"B": value}
        case _:
            return {"S": value}


def from_wire(wire: Mapping[str, "AttributeValueTypeDef"]) -> Item:
    """The item from DynamoDB's form."""
    return {name: _value(value) for name, value in wire.items()}


def _value(wire: "AttributeValueTypeDef") -> Value:
    ((kind, value),) = wire.items()
    return int(str(value)) if kind == "N" else value  # type: ignore[return-value]
