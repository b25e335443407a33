"""How work is handed over: the function invokes itself, asynchronously.

Why not a queue: nobody waits for an answer longer than its connection lasts, so nothing is worth keeping for later; a
queue would add itself, its dead letters and a poller that costs while nobody asks, for a delivery that we want at most
once. So Lambda's own queue is told to try once and to forget after a minute (`AWS::Lambda::EventInvokeConfig`), and as
even that may deliver an event twice, the ledger says who took a message up first (`Connections.take`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ai_voice_shared.aws import functions

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


@dataclass(frozen=True)
class Itself:
    """This very function, for another invocation."""

    client: "LambdaClient"
    function_name: str

    def hand_over(self, job: Mapping[str, Any]) -> None:
        """Has the job done, and does not wait for it; raises RetryLater when Lambda does not take it."""
        functions.begin(self.client, self.function_name, json.dumps(job))
