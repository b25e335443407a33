"""A note is marked where it says what its company listens for; the marks are kept with it and shown."""

import json
from typing import Any

from support.api import served, services
from support.app import FakeApp, job
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.domain import Segment
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.marks import Mark, marks, still_there
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.keywords.rules import Rules

TEXT = job(Body="Please order two valves by Friday.\nThanks")
VALVES = Rule("", "Parts", ("order a valve",), (r"\bthanks\b",), points="- Which size?")


def rule(app: FakeApp, company_id: str = "acme", wanted: Rule = VALVES) -> str:
    """Saves a rule, and returns its id."""
    made = Rules(app.account.ledger, CompiledRules(app.account.store)).add(company_id, wanted)
    assert made
    return made.rule_id


def kept(app: FakeApp) -> list[dict[str, Any]]:
    """What the note's analysis.json has."""
    content = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_SM1_analysis.json").body)
    found: list[dict[str, Any]] = content["hits"]
    return found


def test_a_text_note_is_marked_and_the_api_shows_it(app: FakeApp) -> None:
    rule_id = rule(app)
    rule(app, "bolt", Rule("", "Others", ("Friday",)))
    app.deliver(TEXT)
    assert [(one["rule_id"], one["name"], one["phrase"], one["segment"], one["text"]) for one in kept(app)] == [
        (rule_id, "Parts", "order a valve", 0, "order two valves"),
        (rule_id, "Parts", r"\bthanks\b", 1, "Thanks"),
    ]
    note = Gateway(served(services(app.account))).get("/v1/notes/SM1").json()
    assert note["hits"] == kept(app)
    for hit in note["hits"]:
        assert note["segments"][hit["segment"]]["text"][hit["begin"] : hit["stop"]] == hit["text"]


def test_a_voice_note_is_marked(app: FakeApp, voice_note: bytes) -> None:
    app.transcriber.text = "We need more valves. We are ordering some valves now."
    rule(app)
    app.deliver(app.voice(voice_note))
    content = json.loads(app.account.store.get("acme/job-to-be-done/order-valves_MM1_analysis.json").body)
    assert [one["text"] for one in content["hits"]] == ["ordering some valves"]


def test_without_rules_nothing_is_marked(app: FakeApp) -> None:
    app.deliver(TEXT)
    assert kept(app) == []
    assert Gateway(served(services(app.account))).get("/v1/notes/SM1").json()["hits"] == []


def test_a_mark_whose_words_were_corrected_is_not_shown(app: FakeApp) -> None:
    rule(app)
    app.deliver(TEXT)
    api = Gateway(served(services(app.account)))
    corrected = {"segments": [{"index": 0, "text": "Please order two pumps by Friday."}]}
    assert api.send("PATCH", "/v1/notes/SM1", json.dumps(corrected), {"content-type": "application/json"}).status == 200
    assert [one["text"] for one in api.get("/v1/notes/SM1").json()["hits"]] == ["Thanks"]


def test_marks_of_other_releases_are_left_out() -> None:
    segments = [Segment(0.0, 1.0, "two valves")]
    good = {"rule_id": "r", "name": "R", "phrase": "p", "segment": 0, "begin": 4, "stop": 10, "text": "valves"}
    wrong = [good | {"more": 1}, good | {"segment": 3}, good | {"segment": -1}, good | {"segment": "0"}, "x", None]
    assert still_there([*wrong, good], segments) == [Mark(**good)]  # type: ignore[arg-type]  # as JSON has it
    assert still_there("none", segments) == []


def test_a_note_has_so_many_marks_at_most(app: FakeApp) -> None:
    rule(app)
    matcher = CompiledRules(app.account.store).matcher("acme")
    assert len(marks(matcher, [Segment(0.0, 1.0, "thanks")] * 500, ["en"], "2026-11-29")) == 200
