"""What happens if DynamoDB does not make a write: a new try, an error, or False if its condition did not hold."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds before a write is tried again that met another write of the same item."""


class Contended(RetryLater):
    """A transaction and another write wrote the same item at the same time."""


class _ConditionFailed(Exception):  # noqa: N818 - it never leaves this file
    pass


def conditionally(write: Callable[[], object]) -> bool:
    """Makes the write, like `patiently`; False if its condition did not hold, and nothing was written."""
    try:
        patiently(write)
    except _ConditionFailed:
        return False
    return True


def patiently(write: Callable[[], object]) -> None:
    """Makes the write, and repeats it if it meets another write of an item; raises RetryLater (Contended is one).

    DynamoDB does not queue writes that meet a transaction: it refuses the later one at once.
    """
    for pause in (*_PAUSES, None):
        try:
            with dynamodb_failures():
                write()
        except Contended:
            if pause is None:
                raise
            time.sleep(pause * (1 + random.random()))  # noqa: S311 - so that those who met do not meet again
        else:
            return


@contextmanager
def dynamodb_failures() -> Iterator[None]:
    """Turns what botocore raises into RetryLater."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code == "ConditionalCheckFailedException" or "ConditionalCheckFailed" in _reasons(error):
            raise _ConditionFailed from None
        if code == "TransactionConflictException" or "TransactionConflict" in _reasons(error):
            raise Contended("DynamoDB was busy with another write of the same item") from error
        raise RetryLater(f"DynamoDB answered {code}") from error
    except BotoCoreError as error:
        raise RetryLater("DynamoDB did not answer") from error


def _reasons(error: ClientError) -> set[str]:
    """The reasons why a transaction was cancelled; empty for any other failure."""
    response: Mapping[str, Any] = error.response
    return {reason.get("Code", "") for reason in response.get("CancellationReasons", [])}
