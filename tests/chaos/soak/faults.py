"""Which outside requests fail, and how: a percentage, drawn from a seed, at the transports of all clients."""

import io
import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.retries.standard import ExponentialBackoff

from chaos.effects import Request

_KINDS = ("429", "500", "timeout", "connection dropped", "answer lost")
"""The other side knows nothing of a timeout or a dropped connection; where an answer is lost, it has done its part."""

_BACKOFF = 0.01
"""Seconds, in place of botocore's own, which are up to a second for the first try."""


@dataclass
class Faults:
    """A gate that lets most requests through; only those of a worker's own threads, never those of the poller.

    Attributes:
        share: of all requests.
        injected: how many, by kind.
    """

    seed: int
    share: float
    injected: Counter[str] = field(default_factory=Counter)
    requests: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - no secret

    def through(self, request: Request, send: Callable[[], Any]) -> Any:
        """Sends it, or not, or loses its answer."""
        if threading.current_thread() is threading.main_thread():
            return send()
        self.requests += 1
        if self._random.random() >= self.share:
            return send()
        kind = self._random.choice(_KINDS)
        self.injected[kind] += 1
        aws = "x-amz-date" in request.headers or "x-amz-target" in request.headers
        return (_from_aws if aws else _from_elsewhere)(kind, request, send)


def shorten_backoffs() -> None:
    """Botocore waits next to nothing between its own tries."""
    setattr(ExponentialBackoff, "delay_amount", lambda _self, _context: _BACKOFF)  # noqa: B010 - no setting is so short


def _from_aws(kind: str, request: Request, send: Callable[[], Any]) -> Any:
    match kind:
        case "429":
            return _aws_answer(request, 429, "ThrottlingException")
        case "500":
            return _aws_answer(request, 500, "InternalError")
        case "timeout":
            raise ReadTimeoutError(endpoint_url=request.url)
        case "connection dropped":
            raise ConnectionClosedError(endpoint_url=request.url)
    send()
    raise ConnectionClosedError(endpoint_url=request.url)


def _from_elsewhere(kind: str, _request: Request, send: Callable[[], Any]) -> Any:
    match kind:
        case "429":
            return httpx.Response(429, headers={"retry-after": "1"})
        case "500":
            return httpx.Response(500)
        case "timeout":
            raise httpx.ReadTimeout("injected")
        case "connection dropped":
            raise httpx.ConnectError("injected")
    send().read()
    raise httpx.RemoteProtocolError("injected")


def _aws_answer(request: Request, status: int, code: str) -> AWSResponse:
    """As each service says it: S3 in XML, Lambda in a header, the others in JSON."""
    xml = f"<Error><Code>{code}</Code><Message>injected</Message></Error>".encode()
    body = (
        xml if "/s3/aws4_request" in request.headers.get("authorization", "") else json.dumps({"__type": code}).encode()
    )
    headers = HeadersDict({"x-amzn-errortype": code})
    return AWSResponse(request.url, status, headers, _Raw(body))  # type: ignore[arg-type]


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: object) -> Any:
        """All of it at once."""
        yield self.read()
