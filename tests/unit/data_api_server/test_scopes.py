"""A key may do what its scopes say; otherwise the answer names the missing scope."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from support.account import Account
from unit.data_api_server.gateway import ACME, SID, Gateway, file

from ai_voice_shared.records.api_keys import SCOPES
from data_api_server.app import create_app
from data_api_server.gateway.scopes import Needs
from data_api_server.services import Services

NEEDED = {
    ("GET", "/v1/notes"): "read",
    ("GET", "/v1/notes/{message_id}"): "read",
    ("PATCH", "/v1/notes/{message_id}"): "write",
    ("DELETE", "/v1/notes/{message_id}"): "erase",
    ("POST", "/v1/notes/{message_id}/archive"): "write",
    ("POST", "/v1/notes/{message_id}/unarchive"): "write",
    ("POST", "/v1/notes/{message_id}/retry"): "write",
    ("GET", "/v1/files"): "read",
    ("GET", "/v1/files/url"): "read",
    ("POST", "/v1/ask"): "read",
    ("POST", "/v1/tickets"): "read",
    ("GET", "/v1/search"): "read",
    ("GET", "/v1/glossary"): "read",
    ("PUT", "/v1/glossary"): "write",
    ("PUT", "/v1/glossary/dismissed"): "write",
    ("GET", "/v1/keys"): "keys",
    ("POST", "/v1/keys"): "keys",
    ("DELETE", "/v1/keys/{key_id}"): "keys",
    ("GET", "/v1/tasks"): "read",
    ("POST", "/v1/tasks"): "write",
    ("GET", "/v1/tasks/export"): "read",
    ("GET", "/v1/tasks/feed"): "read",
    ("POST", "/v1/tasks/feed"): "write",
    ("DELETE", "/v1/tasks/feed"): "write",
    ("GET", "/v1/tasks/{task_id}"): "read",
    ("PATCH", "/v1/tasks/{task_id}"): "write",
    ("DELETE", "/v1/tasks/{task_id}"): "write",
    ("GET", "/v1/templates"): "read",
    ("POST", "/v1/templates"): "write",
    ("PUT", "/v1/templates/{template_id}"): "write",
    ("DELETE", "/v1/templates/{template_id}"): "write",
    ("GET", "/v1/rules"): "read",
    ("POST", "/v1/rules"): "write",
    ("POST", "/v1/rules/try"): "read",
    ("PUT", "/v1/rules/{rule_id}"): "write",
    ("DELETE", "/v1/rules/{rule_id}"): "write",
    ("GET", "/v1/analyses"): "read",
    ("POST", "/v1/analyses"): "write",
    ("GET", "/v1/analyses/{analysis_id}"): "read",
    ("GET", "/v1/analyses/{analysis_id}/markdown"): "read",
    ("POST", "/v1/analyses/{analysis_id}/again"): "write",
    ("DELETE", "/v1/analyses/{analysis_id}"): "write",
    ("GET", "/v1/calls"): "read",
    ("GET", "/v1/calls/{call_id}"): "read",
    ("GET", "/v1/usage"): "read",
    ("GET", "/v1/usage/months"): "read",
    ("POST", "/v1/person-requests"): "erase",
    ("GET", "/v1/person-requests"): "erase",
    ("GET", "/v1/person-requests/{request_id}"): "erase",
    ("POST", "/v1/exports"): "write",
    ("GET", "/v1/exports"): "read",
    ("GET", "/v1/exports/{request_id}"): "read",
    ("GET", "/v1/webhooks"): "read",
    ("POST", "/v1/webhooks"): "write",
    ("PATCH", "/v1/webhooks/{endpoint_id}"): "write",
    ("DELETE", "/v1/webhooks/{endpoint_id}"): "write",
    ("POST", "/v1/webhooks/{endpoint_id}/secret"): "write",
    ("POST", "/v1/webhooks/{endpoint_id}/pause"): "write",
    ("POST", "/v1/webhooks/{endpoint_id}/resume"): "write",
    ("POST", "/v1/webhooks/{endpoint_id}/test"): "write",
    ("GET", "/v1/webhooks/{endpoint_id}/deliveries"): "read",
    ("POST", "/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/again"): "write",
    ("POST", "/v1/uploads"): "write",
    ("GET", "/v1/uploads"): "write",
    ("GET", "/v1/uploads/{upload_id}"): "write",
    ("POST", "/v1/uploads/{upload_id}/complete"): "write",
    ("DELETE", "/v1/uploads/{upload_id}"): "write",
}


def routes() -> Iterator[APIRoute]:
    """Of the companies' data."""
    app = create_app(cast("Services", None))  # nothing is called to tell its routes
    for router in filter(None, (getattr(one, "original_router", None) for one in app.routes)):
        yield from (one for one in router.routes if isinstance(one, APIRoute))


def asked_for(dependant: Dependant) -> list[str]:
    """The scopes that a route asks for."""
    return [one.call.scope for one in dependant.dependencies if isinstance(one.call, Needs)]


def test_every_route_asks_for_one_scope() -> None:
    found = {(method, one.path_format): asked_for(one.dependant) for one in routes() for method in one.methods or ()}
    any_key: dict[tuple[str, str], list[str]] = {("GET", "/v1/session"): []}  # a key may ask what it is
    assert found == {route: [scope] for route, scope in NEEDED.items()} | any_key


@pytest.mark.parametrize(("method", "path"), NEEDED)
def test_without_the_scope_a_request_is_refused_with_its_name_and_changes_nothing(
    account: Account, acme: Gateway, method: str, path: str
) -> None:
    file(account, ACME)
    needed = NEEDED[method, path]
    others = " ".join(scope for scope in SCOPES if scope != needed)
    for scopes in (others, "", "all", needed.upper()):
        here = path.replace("{message_id}", SID).replace("{task_id}", f"by-hand.{'0' * 20}")
        answer = replace(acme, scopes=scopes).ask(method, here)
        assert (answer.status, answer.is_problem) == (403, True)
        assert answer.json()["type"] == "urn:problem:missing-scope"
        assert f"`{needed}`" in answer.json()["detail"]
        assert "SCOPES" in answer.json()["detail"]
    assert acme.get(f"/v1/notes/{SID}").status == 200


def test_with_the_scope_alone_it_is_let_in(account: Account, acme: Gateway) -> None:
    file(account, ACME)
    for method, path in (
        ("GET", "/v1/notes"),
        ("GET", "/v1/files"),
        ("POST", "/v1/ask"),
        ("PATCH", f"/v1/notes/{SID}"),
    ):
        scopes = "write" if method == "PATCH" else "read"
        assert replace(acme, scopes=scopes).ask(method, path).status in {200, 400}, path


def test_an_authorizer_of_the_release_before_lets_in_for_everything(account: Account, acme: Gateway) -> None:
    file(account, ACME)
    before = replace(acme, scopes=None)
    assert before.get("/v1/notes").status == 200
    assert before.ask("PATCH", f"/v1/notes/{SID}").status == 400


def test_who_is_nobodys_client_is_told_of_no_scope(stranger: Gateway) -> None:
    for method, path in NEEDED:
        assert replace(stranger, scopes="read").ask(method, path.replace("{message_id}", SID)).status == 401
