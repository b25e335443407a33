"""The gate in front of the embedded AWS, given requests that botocore signs."""

import asyncio
import urllib.parse
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ai_voice_local.aws.embedded_aws import ACCOUNT, REGION
from ai_voice_local.aws.gate import Gate

HOST = "127.0.0.1:24566"
OURS = Credentials(ACCOUNT, "the-secret-of-this-run")


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-secret-of-this-run")


@dataclass(frozen=True)
class Sent:
    """A request as it arrives."""

    method: str
    url: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Host": HOST})
    peer: str = "127.0.0.1"

    def scope(self, kind: str = "http") -> dict[str, Any]:
        """As an ASGI server tells of it."""
        split = urllib.parse.urlsplit(self.url)
        return {
            "type": kind,
            "method": self.method,
            "path": urllib.parse.unquote(split.path),
            "raw_path": split.path.encode(),
            "query_string": split.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in self.headers.items()],
            "client": (self.peer, 50000),
            "server": ("127.0.0.1", 24566),
        }


def signed(method: str, path: str, body: bytes = b"", service: str = "s3", keys: Credentials = OURS) -> Sent:
    request = AWSRequest(method, f"http://{HOST}{path}", {"X-Told": "a  b"}, body)
    (S3SigV4Auth if service == "s3" else SigV4Auth)(keys, service, REGION).add_auth(request)
    return Sent(method, path, body, {"Host": HOST} | dict(request.headers.items()))


def presigned(path: str, seconds: int = 60, keys: Credentials = OURS) -> Sent:
    request = AWSRequest("GET", f"http://{HOST}{path}")
    S3SigV4QueryAuth(keys, "s3", REGION, expires=seconds).add_auth(request)
    return Sent("GET", str(request.url).removeprefix(f"http://{HOST}"))


def answer(sent: Sent, kind: str = "http") -> tuple[list[bytes], list[dict[str, Any]]]:
    """The bodies that came through, and what was answered."""
    through: list[bytes] = []
    answers: list[dict[str, Any]] = []
    arriving = [{"type": "http.request", "body": part, "more_body": True} for part in (sent.body[:5], sent.body[5:])]
    arriving.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> dict[str, Any]:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        answers.append(message)

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        body, more = b"", sent.body != b""
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        through.append(body)

    passed = Gate(app, ACCOUNT)(sent.scope(kind), receive, send)
    asyncio.run(passed, loop_factory=asyncio.new_event_loop)  # leaves the API's own loop, which other tests need
    return through, answers


def refused(sent: Sent, kind: str = "http") -> bool:
    through, answers = answer(sent, kind)
    return through == [] and answers[0].get("status", answers[0]["type"]) in {403, "websocket.close"}


PATHS = [
    "/",
    "/bucket/a%20folder/caf%C3%A9.json",
    "/bucket/key%2Bplus?prefix=a%2Fb&list-type=2&empty=",
    "/bucket?delete",
    "/bucket/a//b/../c?x=1&x=2",
]


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [b"", b'{"TableName": "notes"}'])
def test_what_is_signed_with_the_keys_of_the_run_comes_through_whole(service: str, path: str, body: bytes) -> None:
    assert answer(signed("POST", path, body, service)) == ([body], [])


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
@pytest.mark.parametrize("keys", [Credentials(ACCOUNT, "local"), Credentials("test", "test"), Credentials("AKIA", "x")])
def test_what_is_signed_with_other_keys_is_refused(service: str, keys: Credentials) -> None:
    assert refused(signed("POST", "/bucket/key", b"body", service, keys))


def test_what_is_changed_behind_the_signature_is_refused() -> None:
    asked = signed("POST", "/", b'{"TableName": "notes"}', "dynamodb")
    assert refused(replace(asked, body=b'{"TableName": "other"}'))
    assert refused(replace(asked, method="PUT"))
    assert refused(replace(asked, url="/other"))
    assert refused(replace(asked, url="/?x=1"))
    assert refused(replace(asked, headers=asked.headers | {"X-Told": "c"}))
    assert refused(replace(asked, headers=asked.headers | {"X-Amz-Date": "20200101T000000Z"}))


@pytest.mark.parametrize("path", PATHS[:3])
def test_a_url_that_was_signed_comes_through_until_it_expires(path: str) -> None:
    assert answer(presigned(path)) == ([b""], [])
    assert refused(presigned(path, seconds=-1))
    assert refused(presigned(path, keys=Credentials(ACCOUNT, "local")))


@pytest.mark.parametrize(
    ("part", "other"),
    [("/key?", "/other?"), ("Expires=60", "Expires=600000"), ("Expires=60", "Expires=x"), ("&X-Amz-Expires=60", "")],
)
def test_a_signed_url_that_is_changed_is_refused(part: str, other: str) -> None:
    asked = presigned("/bucket/key")
    assert part in asked.url
    assert refused(replace(asked, url=asked.url.replace(part, other)))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/bucket/customers.json",
        "/_ministack/health",
        "/_ministack/reset",
        "/restapis/api/stage/_user_request_/",
        "/_aws/execute-api/api/live/@connections/abc",
        "/_aws/sqs/messages",
        "/2015-03-31/functions",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}, {"Authorization": "AWS4-HMAC-SHA256 x"}])
def test_what_is_not_signed_is_refused(path: str, headers: dict[str, str]) -> None:
    assert refused(Sent("POST", path, b"Action=ListUsers", {"Host": HOST} | headers))


def test_the_apis_ask_for_themselves() -> None:
    assert answer(Sent("POST", "/_aws/execute-api/api/$default/twilio/message", b"form")) == ([b"form"], [])
    assert answer(Sent("GET", "/_aws/execute-api/api/live?ticket=x"), "websocket")[1] == []
    assert refused(Sent("GET", "/other"), "websocket")


def test_a_preflight_of_a_page_from_here_needs_no_signature() -> None:
    asked = Sent("OPTIONS", "/bucket/key", headers={"Host": HOST, "Origin": "http://localhost:5173"})
    assert answer(asked) == ([b""], [])
    assert refused(replace(asked, headers={"Host": HOST, "Origin": "https://attacker.example"}))


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("sent", [signed("GET", "/bucket/key"), Sent("GET", "/_aws/execute-api/api/live")])
def test_strangers_are_refused_even_with_a_signature(kind: str, sent: Sent) -> None:
    assert refused(replace(sent, peer="192.168.1.7"), kind)
    assert refused(replace(sent, headers=sent.headers | {"Host": "attacker.example:24566"}), kind)
    assert refused(replace(sent, headers=sent.headers | {"Origin": "https://attacker.example"}), kind)
