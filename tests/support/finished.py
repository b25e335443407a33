"""A message with which everything is done."""

from ai_voice_shared.records.receipt import Receipt


def finish(receipt: Receipt) -> None:
    """As the worker does in the write that counts what was used."""
    receipt.ledger.exchange(receipt.finishing)
