"""The data API, called with everything that its own OpenAPI document describes, and with much that it does not."""

import base64
import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from requests import PreparedRequest, Request
from schemathesis import Case, CheckContext, checks
from schemathesis.core.result import Ok
from support.account import Account
from support.answering_fake import FakeAnswering
from support.api import served, services
from support.stored import file_image, file_text, file_voice
from unit.data_api_server.gateway import ACME, SID, Gateway
from unit.hostile.bounded import bounded

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from data_api_server.app import create_app
from data_api_server.gateway.problem_texts import TOO_LARGE
from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.tickets import Tickets
from data_api_server.services import Services

HOST = "https://api.example.com"
EXAMPLES = 150
"""For each operation."""


def rejected(context: CheckContext, answer: schemathesis.Response, case: Case[Any]) -> bool | None:
    """What does not fit the description is refused; so is a body that is too large, as described (413).

    Of a parameter whose value is an empty list, nothing is sent that could be refused.
    """
    sent = parse_qs(str(urlsplit(answer.request.url).query), keep_blank_values=True)
    if answer.status_code == TOO_LARGE or case.query.keys() - sent.keys():
        return None
    told: bool | None = checks.negative_data_rejection(context, answer, case)
    return told


CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    rejected,
]
TOLD = Answer(
    (Statement("Thursday.", (Citation(SID, 0, 1.2, 4.9, "on Thursday", "Ana Ruiz", "2026-11-20T09:12:04.000Z"),)),),
    notice="",
    language="en",
    engine="fake",
)
DESCRIBED = create_app(cast("Services", None)).openapi()  # nothing is called to describe it
SCHEMA = schemathesis.openapi.from_dict(DESCRIBED)

type Handle = Callable[[dict[str, Any], Any], dict[str, Any]]


@pytest.fixture
def handle(account: Account) -> Handle:
    """The API of a company with notes of several kinds."""
    file_voice(account, SID)
    file_text(account, "SM2", "Two valves.\nOn Thursday.")
    file_image(account, "SM3", "A valve")
    office = ConnectionTickets(Tickets(account.ledger), "wss://api.example.com/live")
    return served(services(account, answering=FakeAnswering(TOLD), connection_tickets=office))


@SCHEMA.parametrize()
@bounded(EXAMPLES)
def test_whatever_is_sent_the_api_answers_as_it_describes(case: Case[Any], handle: Handle) -> None:
    case.validate_response(called(handle, case), checks=CHECKS)
    if "message_id" in case.path_parameters:  # which nobody guesses
        case.path_parameters["message_id"] = SID
        case.validate_response(called(handle, case), checks=CHECKS)


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"question":' * 100_000, '{"question": "\\ud800"}', "1" * 100_000, "\0"]
)
def test_a_body_that_harms_parsers_is_refused(handle: Handle, body: str) -> None:
    for method, path in (("POST", "/v1/ask"), ("PATCH", f"/v1/notes/{SID}")):
        posted = Gateway(handle).event(method, path) | {"body": body}
        posted["headers"] = posted["headers"] | {"content-type": "application/json"}
        assert handle(posted, None)["statusCode"] in {400, 422}


def test_every_operation_is_fuzzed() -> None:
    described = {(method, path) for path, methods in DESCRIBED["paths"].items() for method in methods}
    operations = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
    fuzzed = {(found.method.lower(), found.path) for found in operations}
    assert fuzzed == described
    assert {("patch", "/v1/notes/{message_id}"), ("post", "/v1/ask"), ("post", "/v1/tickets")} <= fuzzed


def called(handle: Handle, case: Case[Any]) -> schemathesis.Response:
    """The answer to the case, sent as API Gateway sends it."""
    request = Request(**case.as_transport_kwargs(base_url=HOST)).prepare()
    answer = handle(event(request), None)
    body = str(answer["body"])
    content = base64.b64decode(body) if answer["isBase64Encoded"] else body.encode()
    if answer["headers"].get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    return schemathesis.Response(
        status_code=answer["statusCode"],
        headers={name: [value] for name, value in answer["headers"].items()},
        content=content,
        request=request,
        elapsed=timedelta(0).total_seconds(),
        verify=False,
    )


def event(request: PreparedRequest) -> dict[str, Any]:
    """The request as a payload 2.0 event; without a key, nobody has authorized it."""
    url = urlsplit(request.url or "")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else cast("bytes", body)
    headers = {str(name).lower(): _text(value) for name, value in request.headers.items()}
    gateway = Gateway(dict, ACME if headers.get("x-api-key") else None)
    made = gateway.event(str(request.method), str(url.path), str(url.query))
    return made | {"headers": headers, "body": base64.b64encode(content).decode(), "isBase64Encoded": True}


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
