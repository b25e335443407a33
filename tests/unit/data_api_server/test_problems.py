"""Every error is a problem document, and nothing that a client sends gets a 500."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangum import Mangum
from support.account import Account
from support.api import services
from unit.data_api_server.gateway import ACME, SID, Gateway, file

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.intents import NAMES
from ai_voice_shared.records.notes import Notes
from data_api_server.app import create_app
from data_api_server.services import Services


def _over(acme: Gateway, services: Services) -> Gateway:
    problem = "application/problem+json"
    return replace(
        acme, handle=Mangum(create_app(services), lifespan="off", text_mime_types=["application/json", problem])
    )


@pytest.mark.parametrize("path", ["/v1", "/v1/notes/", "/v1/nothing", "/v1/notes/a/b", "/redoc", "/v1/files/"])
def test_an_unknown_route_is_a_problem(acme: Gateway, path: str) -> None:
    answer = acme.get(path)
    assert answer.status == 404
    assert answer.is_problem
    assert answer.json()["instance"] == "urn:request:request="


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a_method_not_offered_is_a_problem_that_says_what_is(acme: Gateway, method: str) -> None:
    answer = acme.ask(method, "/v1/notes")
    assert answer.status == 405
    assert answer.is_problem
    assert answer.headers["allow"] == "GET, HEAD"
    assert acme.ask("PUT", f"/v1/notes/{SID}").headers["allow"] == "GET, HEAD, PATCH, DELETE"


@pytest.mark.parametrize("path", ["/health", "/v1/notes", "/docs", "/openapi.json", "/v1/nothing"])
def test_head_answers_as_get_without_the_body(acme: Gateway, path: str) -> None:
    got, head = acme.get(path), acme.ask("HEAD", path)
    assert (head.status, head.headers, head.body) == (got.status, got.headers, "")


def test_an_unknown_intent_is_told_which_there_are(acme: Gateway) -> None:
    for path in ("/v1/notes", "/v1/files"):
        answer = acme.get(path, intent="gossip")
        assert answer.status == 422
        assert answer.is_problem
        (error,) = answer.json()["errors"]
        assert error["field"] == "intent"
        assert all(name in error["problem"] for name in NAMES)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        (f"limit={'9' * 6000}", "limit"),
        ("since=yesterday", "since"),
        ("since=0001-01-01T00:00:00%2B14:00", "since"),
        ("until=9999-12-31T23:59:59-14:00", "until"),
        ("since=2026-02-30", "since"),
        ("since=0000-01-01", "since"),
        ("since=2026-11-02&until=2026-11-01", "query"),
        (f"text={'x' * 201}", "text"),
        (f"sender={'x' * 201}", "sender"),
        ("intent=", "intent"),
        ("colour=red", "colour"),
    ],
)
def test_an_unusable_parameter_is_named(acme: Gateway, query: str, field: str) -> None:
    answer = acme.ask("GET", "/v1/notes", query)
    assert answer.status == 422
    assert answer.is_problem
    assert answer.json()["errors"][0]["field"] == field
    assert answer.json()["errors"][0]["problem"]


def test_what_was_sent_is_not_repeated(acme: Gateway) -> None:
    assert "secret" not in acme.get("/v1/notes", intent="secret", limit="secret").body


def test_a_missing_key_is_named(acme: Gateway) -> None:
    assert acme.get("/v1/files/url").json()["errors"] == [{"field": "key", "problem": "Field required"}]


ODD = ["\0", "a\0b", "%", "%zz", "\ud7ff\U0010ffff", "\u202e", "\u2028", "'; DROP", "{{7*7}}", "x" * 9000, "💥" * 300]


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_refused_or_find_nothing(account: Account, acme: Gateway, odd: str) -> None:
    file(account, ACME)
    for name in ("intent", "sender", "since", "until", "text", "cursor", "limit"):
        assert acme.get("/v1/notes", **{name: odd}).status in {200, 422}
    assert acme.get("/v1/files", cursor=odd).status == 422
    assert acme.get("/v1/files/url", key=odd).status == 404
    assert acme.get(f"/v1/notes/{quote(odd, safe='')}").status == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["intent", "sender", "since", "until", "text", "cursor", "limit", "key"]), query=st.binary()
)
def test_no_bytes_in_a_query_are_answered_with_500(acme: Gateway, name: str, query: bytes) -> None:
    for path in ("/v1/notes", "/v1/files", "/v1/files/url"):
        assert acme.ask("GET", path, f"{name}={quote(query)}").status in {200, 404, 422}


def test_a_ledger_that_does_not_answer_is_to_be_asked_again(account: Account, acme: Gateway) -> None:
    notes = Notes(replace(account.ledger, table="no-such-table"))
    answer = _over(acme, services(account, notes=notes)).get("/v1/notes")
    assert answer.status == 503
    assert answer.is_problem
    assert int(answer.headers["retry-after"]) > 0


def test_a_bucket_that_does_not_answer_is_to_be_asked_again(account: Account, acme: Gateway) -> None:
    store = ObjectStore(account.store.client, "no-such-bucket")
    answer = _over(acme, services(account, store=store)).get("/v1/files")
    assert (answer.status, answer.is_problem) == (503, True)


def test_a_bug_is_a_problem_that_gives_nothing_away_and_is_logged_by_its_type(
    account: Account, acme: Gateway, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> datetime:
        raise ZeroDivisionError("what the note says")

    file(account, ACME)
    answer = _over(acme, services(account, clock=broken)).get(f"/v1/notes/{SID}")
    assert (answer.status, answer.is_problem) == (500, True)
    logged = "".join(capsys.readouterr()) + caplog.text
    assert "ZeroDivisionError" in logged
    assert "test_problems.py:" in logged
    assert "what the note says" not in answer.body + logged
