"""The HTTP answer for each outcome of a request."""

from dataclasses import dataclass, field

from ai_voice_shared.errors import Misconfigured, RetryLater
from webhook_handler import twiml
from webhook_handler.signature import NotTwilio


class NoSuchRoute(Exception):  # noqa: N818 - reads as what it is
    """The path is none of ours."""


class WrongMethod(Exception):  # noqa: N818
    """The path is ours, the method is not."""


class Malformed(Exception):  # noqa: N818
    """Twilio signed it, but it is no message that we can ever work on."""


class NotWhatsApp(Malformed):
    """Twilio signed it, but it is an SMS, a call or for another number: nothing proves who sent it to us."""


@dataclass(frozen=True)
class Reply:
    """An HTTP answer.

    Attributes:
        outcome: as logged; also the body if there is no TwiML.
        problem: one sentence for the log, without anything from the request.
        metric: counted if this is the answer; empty for none.
    """

    status: int
    outcome: str
    twiml: str = ""
    problem: str = ""
    metric: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> dict[str, object]:
        """The answer as HTTP APIs take it (payload 2.0)."""
        content_type = twiml.CONTENT_TYPE if self.twiml else "text/plain"
        return {
            "statusCode": self.status,
            "headers": {"content-type": content_type, **self.headers},
            "body": self.twiml or self.outcome,
        }


ENQUEUED = Reply(200, "enqueued", twiml=twiml.NOTHING)
UNKNOWN_SENDER = Reply(200, "unknown-sender", twiml=twiml.NOT_REGISTERED, metric="UnknownSender")
UNKNOWN_AGAIN = Reply(200, "unknown-sender-again", twiml=twiml.NOTHING, metric="UnknownSender")

_REFUSALS: dict[type[Exception], Reply] = {
    NoSuchRoute: Reply(404, "no-such-route"),
    WrongMethod: Reply(405, "wrong-method", headers={"allow": "POST"}),
    NotTwilio: Reply(403, "not-twilio", metric="SignatureRefused"),
    NotWhatsApp: Reply(400, "not-whatsapp", metric="NotWhatsApp"),  # before Malformed, because it is one
    Malformed: Reply(400, "malformed", metric="MalformedMessage"),
    # 503 makes Twilio try again, given its connection override `#rc=3&rt=4000&rp=ct,rt,4xx,5xx`.
    RetryLater: Reply(503, "unavailable", metric="WebhookUnavailable"),
    Misconfigured: Reply(503, "misconfigured", metric="WebhookUnavailable"),
}
REFUSED = tuple(_REFUSALS)


def refusal(error: Exception) -> Reply:
    """The answer to one of the errors in `REFUSED`."""
    reply = next(reply for kind, reply in _REFUSALS.items() if isinstance(error, kind))
    return Reply(reply.status, reply.outcome, problem=str(error), metric=reply.metric, headers=reply.headers)
