"""A proven request in, a response out, with one log line and one metric; so for every URL that Twilio calls."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.telemetry import log, metric
from webhook_handler import replies
from webhook_handler.replies import Malformed, NoSuchRoute, Reply, WrongMethod
from webhook_handler.request import Request
from webhook_handler.signature import Signature

type Response = dict[str, object]


@dataclass(frozen=True)
class ProvenRequest:
    """A request that Twilio signed with our account's token.

    Attributes:
        logged: identifiers for the log line, by name; the code that handles the request adds them as soon as they are
            known, so that a failure names them, too.
        unsigned: names of parameters that Twilio may not have written.
    """

    request: Request
    account_sid: str
    logged: dict[str, str]
    unsigned: frozenset[str] = frozenset()

    def check_account(self, parameters: Mapping[str, object]) -> None:
        """Raises Malformed if the parameters name another account than the one that signed them."""
        if parameters.get("AccountSid") != self.account_sid:
            raise Malformed("AccountSid is not our account's")


type Handle = Callable[[ProvenRequest], Reply]
"""Gives the reply to a proven request, or raises one of `replies.REFUSED`."""

type Refuse = Callable[[Exception, Request], Reply]
"""Gives the reply to a request that one of `replies.REFUSED` ended. Twilio may not have sent it."""


def refuse(error: Exception, _request: Request) -> Reply:
    """The usual reply: a status that says whether Twilio should try again."""
    return replies.refusal(error)


@dataclass(frozen=True)
class Endpoint:
    """Paths, and what handles their proven requests.

    Attributes:
        routes: by path, without the API's stage.
        event: the name of its log lines.
        public_url: what comes before the path in the URL that Twilio calls; empty if that is the API's own domain.
    """

    routes: Mapping[str, Handle]
    event: str
    signature: Signature
    public_url: str
    refuse: Refuse = refuse

    def answer(self, event: object) -> Response:
        """The HTTP response to an event; logs one line, identifiers only."""
        started = time.perf_counter()
        logged: dict[str, str] = {}
        request = Request.from_event(event, self.public_url)
        try:
            reply = self._reply(request, logged)
        except replies.REFUSED as error:
            reply = self.refuse(error, request)
        return _respond(self.event, reply, started, logged)

    def _reply(self, request: Request, logged: dict[str, str]) -> Reply:
        handle = self.routes.get(request.path)
        if handle is None:
            raise NoSuchRoute
        if request.method != "POST":
            raise WrongMethod
        proof = self.signature.proof(request)
        return handle(ProvenRequest(request, proof.account_sid, logged, proof.unsigned))


def lambda_entry(
    event_name: str, endpoint: Callable[[], Endpoint], refuse: Refuse = refuse
) -> Callable[[Any, object], Response]:
    """A Lambda handler that answers one request. It never fails, for any event.

    The endpoint is made at once, inside Lambda's init phase, which has a whole CPU. Settings that are missing then are
    named in the log line of each request, under the endpoint's event.
    """
    with suppress(Misconfigured):
        endpoint()

    def handle(event: Any, _context: object) -> Response:
        try:
            ready = endpoint()
        except Misconfigured as error:
            reply = refuse(error, Request.from_event(event, ""))
            return _respond(event_name, reply, time.perf_counter(), {})
        return ready.answer(event)

    return handle


def _respond(event: str, reply: Reply, started: float, logged: Mapping[str, str]) -> Response:
    """The reply as HTTP, after its log line and its metric; `started` is a reading of `time.perf_counter`."""
    milliseconds = round((time.perf_counter() - started) * 1000)
    problem = {"problem": reply.problem} if reply.problem else {}
    log(event, outcome=reply.outcome, milliseconds=milliseconds, **logged, **problem)
    if reply.metric:
        metric(reply.metric)
    return reply.response()
