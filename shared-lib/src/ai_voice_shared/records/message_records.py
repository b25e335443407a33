"""The places in the ledger of everything of one message: its checkpoint, steps, replies and what was counted.

This is not in checkpoint.py, which imports pydantic: a function that only checks whether a message is ours needs none.
"""

CHECKPOINT = "RECEIPT"
"""The place of the checkpoint itself."""

STEP = "STEP#"
"""The beginning of the place of each step's result, before its name."""

LEASE = ("lease_until", "held_by")
"""The attributes of a checkpoint that a worker holds."""

REPLY = "REPLY#"
"""The beginning of the place of each reply, before its step."""


WAITING = (
    *("waits_in", "waits_due", "waits_for", "waits_since", "waits_until"),
    *("waits_job", "waits_copies", "waits_brought_back"),
)
"""The attributes of the checkpoint of a message that waits (`ai_voice_shared.records.waiting`)."""


PARKED_JOB = "parked_job"
"""The attribute of the checkpoint of a parked message: its queue body, by which it can be tried again."""


def partition(message_id: str) -> str:
    """The partition of everything of the message."""
    return f"MESSAGE#{message_id}"
