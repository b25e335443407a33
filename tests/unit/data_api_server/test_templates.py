"""Templates over HTTP: those that are built in, and a company's own, which nobody overwrites by accident."""

import json
from dataclasses import replace
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.analyses.templates import MOST

JSON = {"content-type": "application/json"}
WANTED: dict[str, Any] = {
    "name": "Handover",
    "instructions": "What the next shift has to know.\n## Machines\nWhat runs.",
    "layout": "letter",
    "over": "day",
    "fields": [{"name": "place", "label": "Place"}],
}


@pytest.fixture
def api(account: Account) -> Gateway:
    return Gateway(served(services(account)))


def send(api: Gateway, method: str, path: str, body: Any, **headers: str) -> Answer:
    return api.send(method, path, json.dumps(body), JSON | headers)


def made(api: Gateway, **others: Any) -> dict[str, Any]:
    answer = send(api, "POST", "/v1/templates", WANTED | others)
    assert answer.status == 201, answer.body
    template: dict[str, Any] = answer.json()
    assert answer.headers["etag"] == template["etag"]
    return template


def listed(api: Gateway, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/v1/templates", **query).json()["templates"]
    return found


def test_good_ones_ship_in_the_language_that_is_asked_for(api: Gateway) -> None:
    english, german = listed(api), listed(api, language="de-AT")
    assert [one["template_id"] for one in english] == [
        "summary",
        "next-steps",
        "risks",
        "customer-letter",
        "site-diary",
    ]
    assert [one["name"] for one in german][:2] == ["Zusammenfassung", "Nächste Schritte"]
    assert listed(api, language="ja") == english
    assert {one["layout"] for one in english} == {"paper", "letter"}
    assert all(one["built_in"] and one["etag"] is None for one in english)


def test_a_company_writes_its_own_and_sees_no_other_ones(api: Gateway) -> None:
    template = made(api)
    assert {name: template[name] for name in ("name", "instructions", "layout", "over")} == {
        name: WANTED[name] for name in ("name", "instructions", "layout", "over")
    }
    assert template["fields"] == [{"name": "place", "label": "Place", "required": False}]
    assert listed(api)[-1] == template
    other = replace(api, company_id="bolt")
    assert len(listed(other)) == 5
    path = f"/v1/templates/{template['template_id']}"
    assert send(other, "PUT", path, WANTED).status == 404
    assert other.ask("DELETE", path).status == 404
    assert api.ask("DELETE", path).status == 204
    assert len(listed(api)) == 5


def test_what_somebody_else_has_changed_is_not_overwritten(api: Gateway) -> None:
    template = made(api)
    path, seen = f"/v1/templates/{template['template_id']}", {"if-match": template["etag"]}
    changed = send(api, "PUT", path, WANTED | {"name": "Night shift"}, **seen)
    assert (changed.status, changed.json()["name"]) == (200, "Night shift")
    assert changed.json()["etag"] != template["etag"]
    assert send(api, "PUT", path, WANTED, **seen).status == 412
    assert listed(api)[-1]["name"] == "Night shift"


def test_one_that_is_built_in_stays(api: Gateway) -> None:
    for answer in (send(api, "PUT", "/v1/templates/summary", WANTED), api.ask("DELETE", "/v1/templates/summary")):
        assert answer.status == 409
        assert "Make a copy" in answer.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"instructions": "x" * 4_001},
        {"layout": "poster"},
        {"fields": [{"name": f"f{number}", "label": "F"} for number in range(6)]},
        {"fields": [{"name": "a", "label": "A"}, {"name": "a", "label": "B"}]},
        {"company_id": "bolt"},
    ],
    ids=str,
)
def test_what_is_no_template_is_refused(api: Gateway, wrong: dict[str, Any]) -> None:
    assert send(api, "POST", "/v1/templates", WANTED | wrong).status == 422


def test_a_company_has_so_many_at_most(api: Gateway, account: Account) -> None:
    for number in range(MOST):
        account.ledger.put({"pk": "TEMPLATES#acme", "sk": f"tm_{number:016x}"})
    answer = send(api, "POST", "/v1/templates", WANTED)
    assert (answer.status, str(MOST) in answer.json()["detail"]) == (409, True)
