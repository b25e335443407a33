"""A message for which everything is done."""

from ai_voice_shared.records.checkpoint import Checkpoint


def finish(checkpoint: Checkpoint) -> None:
    """As the worker does in the write that counts what was used."""
    checkpoint.ledger.exchange(checkpoint.finishing)
