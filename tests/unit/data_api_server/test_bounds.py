"""The size of what a client sends is checked before anything else, and the answer says the limit."""

import json
from typing import Any

import pytest
from support.account import Account
from unit.data_api_server.gateway import ACME, SID, Answer, Gateway, file

from data_api_server.gateway.problem_texts import LARGEST_BODY

BODIES = [("PATCH", f"/v1/notes/{SID}"), ("POST", "/v1/ask")]


def send(gateway: Gateway, method: str, path: str, body: str) -> Answer:
    event: dict[str, Any] = gateway.event(method, path)
    event["headers"] |= {"content-type": "application/json", "content-length": str(len(body.encode()))}
    answer = gateway.handle(event | {"body": body}, None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_a_body_that_is_too_large_is_refused_before_it_is_parsed(acme: Gateway, method: str, path: str) -> None:
    answer = send(acme, method, path, "[" * (LARGEST_BODY + 1))
    assert answer.status == 413
    assert answer.is_problem
    assert str(LARGEST_BODY) in answer.json()["detail"]
    assert answer.headers["cache-control"] == "no-store"
    assert send(acme, method, path, "[" * LARGEST_BODY).status == 400


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_the_limit_is_documented(acme: Gateway, method: str, path: str) -> None:
    paths = acme.get("/openapi.json").json()["paths"]
    route = paths[path.replace(SID, "{message_id}")][method.lower()]
    assert str(LARGEST_BODY) in route["responses"]["413"]["description"]


@pytest.mark.parametrize("letter", ["a", "é", "字", "🙂"])
def test_the_longest_correction_fits_in_any_script(acme: Gateway, account: Account, letter: str) -> None:
    file(account, ACME)
    text = " ".join([letter * 9] * 50_000)
    answer = send(acme, "PATCH", f"/v1/notes/{SID}", json.dumps({"full_text": text}, ensure_ascii=False))
    assert answer.status == 200
    assert answer.json()["full_text"] == text


def test_a_body_of_a_hundred_thousand_unknown_fields_is_told_ten_of_them(acme: Gateway) -> None:
    fields = {f"{'x' * 1000}{number}": 1 for number in range(1000)} | {f"f{number}": 1 for number in range(50_000)}
    answer = send(acme, "POST", "/v1/ask", json.dumps(fields))
    assert answer.status == 422
    assert len(answer.json()["errors"]) == 10
    assert "and 50991 more" in answer.json()["detail"]
    assert len(answer.body) < 10_000
