"""Answers of AWS that no stand-in gives: states of stacks, limits and refusals, in place of single operations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import boto3
import botocore.loaders
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

_LOADER = botocore.loaders.create_loader()
"""Shared: reading what AWS's services are like is most of what a test of these would take."""

type Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""From a request's parameters to the answer, or to `refused`."""


def refused(code: str, message: str = "no", status: int = 400) -> dict[str, Any]:
    """An answer that is an error."""
    return {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}


@dataclass
class AwsAnswers:
    """A session whose named operations answer so; all others reach the account in process.

    Attributes:
        operations: by service and operation, e.g. `lambda.GetAccountSettings`.
        asked: every operation that was called, those included.
    """

    operations: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def session(self) -> boto3.Session:
        """The session."""
        core = botocore.session.Session()
        core.register_component("data_loader", _LOADER)
        session = boto3.Session(botocore_session=core)
        session.events.register("provide-client-params", self._keep)
        session.events.register("before-call", self._answer)
        return session

    def _keep(self, params: dict[str, Any], context: dict[str, Any], **_event: Any) -> None:
        context["given"] = params

    def _answer(self, event_name: str, context: dict[str, Any], **_event: Any) -> Any:
        operation = event_name.removeprefix("before-call.")
        self.asked.append(operation)
        if operation not in self.operations:
            return None
        answer = self.operations[operation](context["given"])
        status = answer.setdefault("ResponseMetadata", {}).get("HTTPStatusCode", 200)
        return AWSResponse("", status, HTTPHeaders(), None), answer
