"""Where the ledger has what belongs to one message: its receipt, and beside it steps, replies and what was counted.

Apart from receipts.py, which costs pydantic: who only looks whether a message is ours does without.
"""

RECEIPT = "RECEIPT"
"""The place of the receipt itself."""


def partition(message_id: str) -> str:
    """The partition of all that belongs to the message."""
    return f"MESSAGE#{message_id}"
