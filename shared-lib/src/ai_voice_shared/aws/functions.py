"""The only calls of other Lambda functions: asked for an answer, or begun without waiting."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


def ask[T](client: "LambdaClient", function: str, question: str, read: Callable[[Any], T], *, name: str) -> T:
    """What `read` makes of the function's answer to a question, both JSON.

    Raises RetryLater, which calls the function by `name`, when it fails, does not answer, or answers what `read` cannot
    read (ValueError, KeyError, TypeError, AttributeError).
    """
    try:
        answer = client.invoke(FunctionName=function, Payload=question.encode())
        if "FunctionError" in answer:
            raise RetryLater(f"{name} failed")
        return read(json.loads(answer["Payload"].read()))
    except (BotoCoreError, ClientError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RetryLater(f"{name} did not answer") from error


def begin(client: "LambdaClient", function: str, event: str) -> None:
    """Has the function work on the event (JSON), without waiting; raises RetryLater when Lambda does not take it."""
    try:
        client.invoke(FunctionName=function, InvocationType="Event", Payload=event.encode())
    except (BotoCoreError, ClientError) as error:
        raise RetryLater("Lambda did not take the job") from error
