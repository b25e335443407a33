"""A body that cannot be read is refused with the reason, under the field `body`, on every route that takes one."""

import gzip
import json

import pytest
from unit.data_api_server.gateway import SID, Answer, Gateway, operations

JSON = {"content-type": "application/json"}
WITH_BODY = [route for route, told in operations().items() if "requestBody" in told]
WITHOUT = [route for route, told in operations().items() if "requestBody" not in told]


def send(gateway: Gateway, route: tuple[str, str], body: str | bytes, headers: dict[str, str]) -> Answer:
    method, path = route
    return gateway.send(method, path.replace("{message_id}", SID).replace("{request_id}", "a" * 32), body, headers)


@pytest.mark.parametrize("route", WITH_BODY, ids=" ".join)
@pytest.mark.parametrize(
    ("body", "headers", "status", "told"),
    [
        ('{"question": ', JSON, 400, "Is not JSON: Expecting value, at character 13"),
        ("question=x", JSON, 400, "Is not JSON: Expecting value, at character 0"),
        ('{"question": "a"} b', JSON, 400, "Is not JSON: Extra data, at character 18"),
        ("", JSON, 400, "There is no body. Send a JSON object"),
        ("", {}, 400, "There is no body. Send a JSON object"),
        ('{"question": "é"}'.encode("latin-1"), JSON, 400, "Is not UTF-8: byte 14 does not fit"),
        ("[" * 100_000, JSON, 400, "Is nested too deeply"),
        (f'{{"question": {"9" * 5000}}}', JSON, 400, "Cannot be read as JSON"),
        ('{"question": "x"}', {}, 415, "Should be JSON, with Content-Type: application/json"),
        ('{"question": "x"}', {"content-type": "text/plain"}, 415, "Should be JSON, with"),
        ("question=x", {"content-type": "application/x-www-form-urlencoded"}, 415, "Should be JSON, with"),
        (b"--x--", {"content-type": "multipart/form-data; boundary=x"}, 415, "Should be JSON, with"),
        (gzip.compress(b'{"question": "x"}', mtime=0), JSON | {"content-encoding": "gzip"}, 415, "Is compressed"),
        ('{"question": ', JSON | {"content-encoding": "identity"}, 400, "Is not JSON"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(
    acme: Gateway, route: tuple[str, str], body: str | bytes, headers: dict[str, str], status: int, told: str
) -> None:
    answer = send(acme, route, body, headers)
    assert (answer.status, answer.is_problem) == (status, True)
    (error,) = answer.json()["errors"]
    assert error["field"] == "body"
    assert error["problem"].startswith(told)


@pytest.mark.parametrize("route", WITH_BODY, ids=" ".join)
@pytest.mark.parametrize("body", ["[]", "null", '"words"', "7"])
def test_json_that_is_no_object_is_refused_as_such(acme: Gateway, route: tuple[str, str], body: str) -> None:
    answer = send(acme, route, body, JSON)
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": "body", "problem": "Should be a JSON object"}]


@pytest.mark.parametrize("route", WITH_BODY, ids=" ".join)
@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/x+json"])
def test_json_may_be_named_in_any_way(acme: Gateway, route: tuple[str, str], content_type: str) -> None:
    answer = send(acme, route, json.dumps({"colour": "red"}), {"content-type": content_type})
    assert answer.status == 422
    assert "colour" in [error["field"] for error in answer.json()["errors"]]


def test_what_would_be_taken_is_told_in_a_header(acme: Gateway) -> None:
    compressed = send(acme, ("POST", "/v1/ask"), gzip.compress(b"{}"), JSON | {"content-encoding": "gzip"})
    assert compressed.headers["accept-encoding"] == "identity"
    assert send(acme, ("POST", "/v1/ask"), "x", {"content-type": "text/plain"}).headers["accept"] == "application/json"


@pytest.mark.parametrize("route", WITHOUT, ids=" ".join)
def test_a_route_that_takes_no_body_does_not_pretend_to(acme: Gateway, route: tuple[str, str]) -> None:
    answer = send(acme, route, '{"company_id": "bolt"}', JSON)
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": "body", "problem": "This route accepts no body"}]
    for nothing in ("", " ", "{}", "null"):
        assert '"body' not in str(send(acme, route, nothing, JSON).body)
