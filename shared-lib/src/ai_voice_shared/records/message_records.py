"""Where the ledger has what belongs to one message: its receipt, and beside it steps, replies and what was counted.

Apart from receipts.py, which costs pydantic: who only looks whether a message is ours does without.
"""

RECEIPT = "RECEIPT"
"""The place of the receipt itself."""

STEP = "STEP#"
"""What the place of each step's result begins with, before its name."""

LEASE = ("lease_until", "held_by")
"""The attributes of a receipt that is in somebody's hands."""

REPLY = "REPLY#"
"""What the place of each reply begins with, before its step."""


WAITING = (
    *("waits_in", "waits_due", "waits_for", "waits_since", "waits_until"),
    *("waits_job", "waits_copies", "waits_brought_back"),
)
"""The attributes of the receipt of a message that waits (`ai_voice_shared.records.waiting`)."""


def partition(message_id: str) -> str:
    """The partition of all that belongs to the message."""
    return f"MESSAGE#{message_id}"
