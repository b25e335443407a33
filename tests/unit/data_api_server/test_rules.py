"""Rules over HTTP: a company's own, tried on its notes before they are saved, which nobody overwrites by accident."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.stored import file_text, file_voice, stored_notes
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.domain import Segment
from ai_voice_shared.keywords import rules as records
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.search.segment_index import SegmentIndexes

JSON = {"content-type": "application/json"}
WANTED: dict[str, Any] = {
    "name": "Wants to leave",
    "words": ["cancel the contract"],
    "expressions": [r"\bcaf\w+\b"],
    "languages": ["en"],
    "priority": 80,
    "cool_down": 120,
    "valid_from": "2026-11-01T00:00:00+01:00",
    "valid_until": None,
    "points": "- Ask why.",
}


@pytest.fixture
def api(account: Account) -> Gateway:
    return Gateway(served(services(account)))


def send(api: Gateway, method: str, path: str, body: Any, **headers: str) -> Answer:
    return api.send(method, path, json.dumps(body), JSON | headers)


def made(api: Gateway, **others: Any) -> dict[str, Any]:
    answer = send(api, "POST", "/v1/rules", WANTED | others)
    assert answer.status == 201, answer.body
    rule: dict[str, Any] = answer.json()
    assert answer.headers["etag"] == rule["etag"]
    return rule


def listed(api: Gateway) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/v1/rules").json()["rules"]
    return found


def test_a_company_writes_its_own_and_sees_no_other_ones(api: Gateway, account: Account) -> None:
    rule = made(api)
    same = {name: value for name, value in rule.items() if name in WANTED}
    assert same == WANTED | {"valid_from": "2026-10-31T23:00:00.000Z"}
    assert listed(api) == [rule]
    other, path = replace(api, company_id="bolt"), f"/v1/rules/{rule['rule_id']}"
    assert listed(other) == []
    assert send(other, "PUT", path, WANTED).status == 404
    assert other.ask("DELETE", path).status == 404
    found = CompiledRules(account.store).find("acme", "cancel the contract", ["en"], "2026-11-20")
    assert [one.rule.rule_id for one in found] == [rule["rule_id"]]
    assert api.ask("DELETE", path).status == 204
    assert listed(api) == []


def test_what_somebody_else_has_changed_is_not_overwritten(api: Gateway) -> None:
    rule = made(api)
    path, seen = f"/v1/rules/{rule['rule_id']}", {"if-match": rule["etag"]}
    changed = send(api, "PUT", path, WANTED | {"name": "Leaves"}, **seen)
    assert (changed.status, changed.json()["name"]) == (200, "Leaves")
    assert send(api, "PUT", path, WANTED, **seen).status == 412
    assert listed(api)[0]["name"] == "Leaves"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": " "}, "Should have words"),
        ({"words": [], "expressions": []}, "something to listen for"),
        ({"words": ["?!"]}, "a letter or a digit"),
        ({"words": ["x"] * 21}, "20"),
        ({"expressions": ["(?=a)b"]}, "lookaround"),
        ({"expressions": [r"(a)\1"]}, "backreferences"),
        ({"expressions": ["("]}, "not a regular expression"),
        ({"languages": ["english please"]}, "pattern"),
        ({"priority": 101}, "100"),
        ({"cool_down": -1}, "0"),
        ({"valid_from": "2026-11-01T00:00:00"}, "timezone"),
        ({"valid_until": "2026-10-01T00:00:00Z"}, "after `valid_from`"),
        ({"points": "x" * 4_001}, "4000"),
        ({"company_id": "bolt"}, "company_id"),
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused_with_the_reason(api: Gateway, wrong: dict[str, Any], why: str) -> None:
    for path in ("/v1/rules", "/v1/rules/try"):
        answer = send(api, "POST", path, WANTED | wrong)
        assert answer.status == 422
        assert why in answer.body


def test_an_expression_that_is_too_large_is_refused(api: Gateway) -> None:
    answer = send(api, "POST", "/v1/rules", WANTED | {"expressions": ["(a{1,999}){1,999}"]})
    assert (answer.status, "too large" in answer.json()["detail"]) == (409, True)


def test_a_company_has_so_many_at_most(api: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_RULES", 1)
    made(api)
    assert send(api, "POST", "/v1/rules", WANTED).status == 409


@pytest.fixture
def noted(account: Account, tmp_path: Path) -> Gateway:
    """An API over notes with a real index."""
    indexes, stored = SegmentIndexes(account.store, tmp_path), stored_notes(account)
    said = [Segment(0.0, 2.0, "The boiler is fine."), Segment(2.0, 4.5, "She is cancelling the contracts in May.")]
    file_voice(account, "SM1", said)
    file_text(account, "SM2", "We met at the café.\nNothing else.")
    file_text(account, "SM3", "cancel the contract", "bolt")
    for company_id, sids in (("acme", ("SM1", "SM2")), ("bolt", ("SM3",))):
        indexes.change(company_id, [note for sid in sids if (note := stored.to_index(company_id, sid))])
    return Gateway(served(services(account, indexes=indexes, stored=stored)))


def test_a_rule_is_tried_on_past_notes_of_its_company(noted: Gateway) -> None:
    answer = send(noted, "POST", "/v1/rules/try", WANTED | {"languages": [], "expressions": [r"\bcafé\b"]})
    assert answer.status == 200
    tried = answer.json()
    spoken, written = sorted(tried["hits"], key=lambda hit: str(hit["citation"]["message_id"]))
    assert (spoken["phrase"], spoken["citation"]["quote"]) == ("cancel the contract", "cancelling the contracts")
    assert (spoken["citation"]["start"], spoken["citation"]["end"]) == (2.0, 4.5)
    assert spoken["citation"]["audio_url"].endswith("#t=2")
    assert (written["phrase"], written["citation"]["quote"]) == (r"\bcafé\b", "café")
    assert tried["notes"] == 2
    assert listed(noted) == []


def test_an_expression_without_words_is_tried_on_the_newest_notes(noted: Gateway) -> None:
    tried = send(noted, "POST", "/v1/rules/try", {"name": "x", "expressions": [r"\b\w{10}\b"]}).json()
    assert [hit["citation"]["quote"] for hit in tried["hits"]] == ["cancelling"]
