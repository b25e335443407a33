"""Each route takes only the parameters that it names; a new route does so without code of its own."""

from typing import Any

import pytest
from support.account import Account
from unit.data_api_server.gateway import ACME, SID, Answer, Gateway, file, operations

PAGES = [("GET", "/docs"), ("GET", "/openapi.json")]
ROUTES = [*operations(), *PAGES]


def ask(gateway: Gateway, route: tuple[str, str], query: str) -> Answer:
    method, path = route
    path = path.replace("{message_id}", SID).replace("{request_id}", "a" * 32)
    body = "{}" if "requestBody" in operations().get(route, {}) else ""
    return gateway.send(method, path, body, {"content-type": "application/json"}, query)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_an_unknown_parameter_is_refused_on_every_route(
    account: Account, acme: Gateway, route: tuple[str, str]
) -> None:
    file(account, ACME)
    answer = ask(acme, route, "company_id=bolt")
    assert (answer.status, answer.is_problem) == (422, True)
    assert answer.json()["errors"] == [{"field": "company_id", "problem": "Is not a parameter of this route"}]
    assert acme.get(f"/v1/notes/{SID}").status == 200


def _of_query() -> list[tuple[tuple[str, str], dict[str, Any]]]:
    return [(route, one) for route, told in operations().items() for one in told.get("parameters", [])]


@pytest.mark.parametrize(("route", "parameter"), _of_query(), ids=lambda one: str(one)[:40])
def test_a_documented_parameter_is_known_and_stands_once_unless_it_is_a_list(
    acme: Gateway, route: tuple[str, str], parameter: dict[str, Any]
) -> None:
    if parameter["in"] != "query":
        return
    name = parameter["name"]
    told = ask(acme, route, f"{name}=1&{name}=1").body
    assert "Is not a parameter" not in told
    assert ("Should be here only once" in told) == (parameter["schema"].get("type") != "array")


@pytest.mark.parametrize("zone", ["+01:00", "%2B01:00", "+0100", "+01%3A00"])
def test_a_plus_before_a_time_zone_may_be_written_as_it_is(account: Account, acme: Gateway, zone: str) -> None:
    file(account, ACME)  # received at 09:12:04 UTC
    assert len(acme.ask("GET", "/v1/notes", f"since=2026-11-20T10:12:00{zone}").json()["notes"]) == 1
    assert len(acme.ask("GET", "/v1/notes", f"limit=5&since=2026-11-20T10%3A13:00{zone}").json()["notes"]) == 0


def test_a_plus_elsewhere_is_still_a_blank(account: Account, acme: Gateway) -> None:
    file(account, ACME)
    assert len(acme.ask("GET", "/v1/notes", "text=boi+ler").json()["notes"]) == 0
    assert len(acme.ask("GET", "/v1/notes", "text=boiler").json()["notes"]) == 1
