"""What all routes have in common. The OpenAPI document lists them and each answer (`gateway.py` compares)."""

from dataclasses import replace
from typing import Any

import pytest
from support.account import Account
from support.api import served
from unit.data_api_server.gateway import ACME, SID, Answer, Gateway, file, operations

from ai_voice_shared.errors import RetryLater
from data_api_server.gateway.problem_texts import LARGEST_BODY

ROUTES = list(operations())
WITH_KEY = [route for route, told in operations().items() if "security" in told]
JSON = {"content-type": "application/json"}
BODIES = {
    "/v1/ask": '{"question": "When?"}',
    "/v1/glossary": '{"words": ["Danfoss"]}',
    "/v1/glossary/dismissed": '{"word": "Danielle"}',
    "/v1/keys": '{"name": "tablet", "scopes": ["read"]}',
    "/v1/uploads": '{"name": "talk.ogg", "size": 3}',
    "/v1/person-requests": '{"kind": "export", "sender": "ana"}',
    "/v1/templates": '{"name": "Handover", "instructions": "What the next shift has to know."}',
    "/v1/templates/{template_id}": '{"name": "Handover", "instructions": "What the next shift has to know."}',
    "/v1/rules": '{"name": "Leaving", "words": ["cancel"]}',
    "/v1/rules/try": '{"name": "Leaving", "words": ["cancel"]}',
    "/v1/rules/{rule_id}": '{"name": "Leaving", "words": ["cancel"]}',
    "/v1/analyses": '{"template_id": "summary", "note_ids": ["SM1"]}',
    "/v1/tasks": '{"text": "Order the valve"}',
    "/v1/tasks/{task_id}": '{"done": true}',
    "/v1/webhooks": '{"url": "https://erp.example/in", "events": ["note.filed"]}',
    "/v1/webhooks/{endpoint_id}": '{"events": ["note.filed"]}',
    "/v1/notes/{message_id}": '{"full_text": "The boiler is fixed."}',
}
QUERIES = {
    "/v1/tasks/export": "format=json",
    "/v1/files/url": f"key=acme/other/boiler_{SID}_audio.ogg",
    "/v1/search": "q=boiler",
}


class Broken:
    """Services of which each raises this error when it is used."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, _name: str) -> Any:
        raise self._error


def ask(gateway: Gateway, route: tuple[str, str], body: str | None = None) -> Answer:
    """A request that the route has use for."""
    method, path = route
    usual = BODIES[path] if "requestBody" in operations()[route] else ""
    query = QUERIES.get(path, "")
    return gateway.send(method, _filled(path), usual if body is None else body, JSON, query)


@pytest.mark.parametrize("route", WITH_KEY, ids=" ".join)
def test_a_failure_is_a_problem_that_is_documented(route: tuple[str, str]) -> None:
    for error, status in ((RetryLater("S3 did not answer"), 503), (ZeroDivisionError("a bug"), 500)):
        answer = ask(Gateway(served(Broken(error))), route)  # type: ignore[arg-type]  # broken as can be
        assert (answer.status, answer.is_problem) == (status, True)


@pytest.mark.parametrize("route", WITH_KEY, ids=" ".join)
def test_who_has_no_key_or_not_its_scope_is_refused(acme: Gateway, stranger: Gateway, route: tuple[str, str]) -> None:
    assert ask(stranger, route).status == 401
    assert ask(replace(acme, scopes=""), route).status == 403


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_body_that_is_too_large_is_refused(acme: Gateway, route: tuple[str, str]) -> None:
    assert ask(acme, route, "[" * (LARGEST_BODY + 1)).status == 413


@pytest.mark.parametrize("route", [route for route in ROUTES if route[0] == "GET"], ids=" ".join)
def test_head_answers_as_get_without_the_body(account: Account, acme: Gateway, route: tuple[str, str]) -> None:
    file(account, ACME)
    got, head = ask(acme, route), acme.send("HEAD", *_address(route))
    assert (head.status, head.body) == (got.status, "")
    assert head.headers["content-type"] == got.headers["content-type"]


def _address(route: tuple[str, str]) -> tuple[str, str, dict[str, str], str]:
    return _filled(route[1]), "", {}, QUERIES.get(route[1], "")


def _filled(path: str) -> str:
    """The path with ids that there may be."""
    ids = {
        "{message_id}": SID,
        "{upload_id}": "UP1",
        "{analysis_id}": f"an_{'0' * 24}",
        "{rule_id}": f"ru_{'0' * 16}",
        "{template_id}": f"tm_{'0' * 16}",
        "{request_id}": "20261120T100000Z-000000000000",
        "{task_id}": f"by-hand.{'0' * 20}",
    }
    for name, one in ids.items():
        path = path.replace(name, one)
    return path


@pytest.mark.parametrize("path", sorted({path for _, path in ROUTES}))
def test_another_method_is_told_which_there_are(acme: Gateway, path: str) -> None:
    offered = {method for method, other in ROUTES if other == path}
    other = next(method for method in ("PUT", "DELETE", "PATCH") if method not in offered)
    answer = acme.ask(other, _filled(path))
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == offered | ({"HEAD"} if "GET" in offered else set())
