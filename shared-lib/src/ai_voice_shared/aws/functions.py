"""The only calls of other Lambda functions: one waits for an answer, the other does not."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


def ask[T](client: "LambdaClient", function: str, question: str, read: Callable[[Any], T], *, name: str) -> T:
    """Calls the function with a question and returns what `read` makes of its answer; both are JSON.

    Raises RetryLater, which names the function by `name`, if it fails, does not answer, or gives an answer that `read`
    cannot read (ValueError, KeyError, TypeError, AttributeError).
    """
    try:
        answer = client.invoke(FunctionName=function, Payload=question.encode())
        if "FunctionError" in answer:
            raise RetryLater(f"{name} failed")
        return read(json.loads(answer["Payload"].read()))
    except (BotoCoreError, ClientError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RetryLater(f"{name} did not answer") from error


def begin(client: "LambdaClient", function: str, event: str) -> None:
    """Starts the function with the event (JSON), without waiting; raises RetryLater if Lambda does not take it."""
    try:
        client.invoke(FunctionName=function, InvocationType="Event", Payload=event.encode())
    except (BotoCoreError, ClientError) as error:
        raise RetryLater("Lambda did not take the job") from error
