"""How work is handed over: the function invokes itself, asynchronously.

Why there is no queue: an answer is useless after its connection has ended, so nothing has to be kept for later. A queue
would need dead letters, and a poller that costs money while nobody asks; and we want each message at most once. So
Lambda's own queue tries once and forgets after a minute (`AWS::Lambda::EventInvokeConfig`). It may still deliver an
event twice, so the ledger remembers which message was taken (`Connections.take`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ai_voice_shared.aws import functions

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


@dataclass(frozen=True)
class AsyncInvoker:
    """This very function, for another invocation."""

    client: "LambdaClient"
    function_name: str

    def invoke_later(self, job: Mapping[str, Any]) -> None:
        """Has the job done, and does not wait for it; raises RetryLater when Lambda does not take it."""
        functions.begin(self.client, self.function_name, json.dumps(job))
