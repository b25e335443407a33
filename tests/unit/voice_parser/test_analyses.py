"""Analyses: asked for over HTTP, made by the worker as a job, verified like answers, and paid for once."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from support.analyst import TOKENS, FakeAnalyst, invents, says
from support.api import FakeCompanies, served, services
from support.app import ACME, LEASE, FakeApp, job
from support.erasing import erasing, function
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.writing import Writing
from ai_voice_shared.domain import Budget, now
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.jobs import AnalyzeJob, notes_job
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage, month_of
from voice_parser.analyzing import making, reading

NOTES = {
    "SM1": "The pump runs at 52 degrees.",
    "SM2": "Two valves were delivered. Ana signed for them.",
}


@pytest.fixture
def analyst(app: FakeApp) -> FakeAnalyst:
    """An analyst beside the worker, and two notes that were filed."""
    for sid, words in NOTES.items():
        assert app.deliver(job(sid, Body=words))
    app.account.queued(app.account.index_queue)
    made = FakeAnalyst()
    app.writing = Writing(made)
    return made


def api(app: FakeApp, **others: Any) -> Gateway:
    usual: dict[str, Any] = {"answering": SimpleNamespace(model=object())}
    return Gateway(served(services(app.account, **usual | others)))


def send(gateway: Gateway, path: str, body: object = None, method: str = "POST", **headers: str) -> Answer:
    if body is None:
        return gateway.ask(method, path)
    headers = {"content-type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
    return gateway.send(method, path, json.dumps(body), headers)


def ask(gateway: Gateway, **wanted: object) -> dict[str, Any]:
    """The analysis of both notes, or what else is wanted, as it was accepted."""
    answer = send(gateway, "/v1/analyses", {"template_id": "summary", "note_ids": [*NOTES]} | wanted)
    assert answer.status == 202, answer.body
    made: dict[str, Any] = answer.json()
    return made


def jobs(app: FakeApp) -> list[AnalyzeJob]:
    found = [notes_job(str(one["Body"])) for one in app.account.queued()]
    return [one for one in found if isinstance(one, AnalyzeJob)]


def work(app: FakeApp) -> None:
    for one in jobs(app):
        assert app.deliver(one)


def read(gateway: Gateway, analysis_id: str) -> dict[str, Any]:
    answer = gateway.get(f"/v1/analyses/{analysis_id}")
    assert answer.status == 200, answer.body
    found: dict[str, Any] = answer.json()
    return found


def made(app: FakeApp, **wanted: object) -> dict[str, Any]:
    """An analysis that the worker has made."""
    gateway = api(app)
    asked = ask(gateway, **wanted)
    work(app)
    return read(gateway, asked["analysis_id"])


def used(app: FakeApp) -> int:
    return Usage(app.account.ledger).of("acme", month_of(now())).input_tokens


def texts(analysis: dict[str, Any]) -> list[str]:
    return [one["text"] for section in analysis["sections"] for one in section["statements"]]


def test_it_is_accepted_at_once_and_made_by_the_worker(app: FakeApp, analyst: FakeAnalyst) -> None:
    gateway = api(app)
    asked = ask(gateway)
    assert (asked["status"], asked["notes"], asked["sections"], asked["done"]) == ("queued", 2, [], 0)
    work(app)
    analysis = read(gateway, asked["analysis_id"])
    assert (analysis["status"], analysis["reason"], analysis["done"], analysis["left_out"]) == ("ready", None, 2, 0)
    assert analysis["title"] == app.note("SM1").title
    assert [one["message_id"] for one in analysis["sources"]] == [*NOTES]
    assert texts(analysis)[0] == NOTES["SM1"]
    (cited,) = analysis["sections"][0]["statements"][0]["citations"]
    assert (cited["message_id"], cited["quote"]) == ("SM1", NOTES["SM1"])
    assert len(analyst.asked) == 1
    assert gateway.get("/v1/analyses").json()["analyses"][0]["analysis_id"] == asked["analysis_id"]


def test_what_no_note_proves_is_left_out_and_counted(app: FakeApp, analyst: FakeAnalyst) -> None:
    analyst.writes = lambda passage: [says(passage), invents(passage)]
    analysis = made(app)
    assert "The pump is blue." not in json.dumps(analysis)
    assert analysis["left_out"] == 2


def test_a_section_for_which_nobody_said_anything_says_so_in_the_language(app: FakeApp, analyst: FakeAnalyst) -> None:
    analyst.heading = "zu tun:"
    analysis = made(app, template_id="next-steps", language="de")
    assert [one["heading"] for one in analysis["sections"]] == ["Zu tun", "Offene Fragen"]
    assert (analysis["sections"][0]["nothing"], texts(analysis)[0]) == (None, NOTES["SM1"])
    assert analyst.asked[0][0].language == "de"
    # the model says that it has written English
    assert analysis["sections"][1]["nothing"] == "Nobody said anything about this."


def test_a_heading_of_the_models_own_is_not_shown(app: FakeApp, analyst: FakeAnalyst) -> None:
    analyst.heading = "The pump is blue"
    analysis = made(app, template_id="risks")
    assert [one["heading"] for one in analysis["sections"]] == ["Safety", "Time and money", "Quality", None]
    assert "blue" not in json.dumps(analysis)


def test_many_notes_are_read_in_groups_and_then_written_together(
    app: FakeApp, analyst: FakeAnalyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PROMPT_CHARACTERS", 30)
    analyst.writes = lambda passage: [says(passage), invents(passage)]
    analysis = made(app)
    asked = [[one.text for one in shown] for _, shown in analyst.asked]
    assert len(asked) > 2
    assert [text for group in asked[:-1] for text in group] == asked[-1]
    assert (analysis["status"], analysis["done"]) == ("ready", 2)
    assert texts(analysis)[0] == NOTES["SM1"]
    assert used(app) == TOKENS.input * len(asked)
    contents = app.account.ledger.places("ANALYSED#acme")
    assert contents == [analysis["analysis_id"]]


def test_a_job_that_comes_again_goes_on_where_it_was_and_pays_nothing_twice(
    app: FakeApp, analyst: FakeAnalyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PROMPT_CHARACTERS", 30)
    gateway = api(app)
    asked = ask(gateway)
    (wanted,) = jobs(app)

    def busy() -> None:
        if len(analyst.asked) == 1:
            raise RetryLater("the model is busy")

    analyst.before = busy
    assert not app.deliver(wanted)
    working = read(gateway, asked["analysis_id"])
    assert (working["status"], working["sections"]) == ("working", [])
    analyst.before = lambda: None
    assert app.deliver(wanted)
    assert app.deliver(wanted)
    groups = [[one.text for one in shown] for _, shown in analyst.asked]
    assert len(groups) == len({tuple(one) for one in groups})
    assert read(gateway, asked["analysis_id"])["status"] == "ready"
    assert used(app) == TOKENS.input * len(groups)


def test_a_long_one_is_made_in_several_runs(
    app: FakeApp, analyst: FakeAnalyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PROMPT_CHARACTERS", 30)
    monkeypatch.setattr(making, "_RUN_SECONDS", -1.0)
    gateway = api(app)
    asked = ask(gateway)
    (wanted,) = jobs(app)
    assert app.deliver(wanted)
    assert read(gateway, asked["analysis_id"])["status"] == "working"
    assert analyst.asked == []
    monkeypatch.setattr(making, "_RUN_SECONDS", 240.0)
    assert app.deliver(wanted)
    assert read(gateway, asked["analysis_id"])["status"] == "ready"


@pytest.mark.parametrize("fails", [RetryLater("busy"), DeadLetter("no such key")])
def test_when_the_last_attempt_fails_it_says_so(app: FakeApp, analyst: FakeAnalyst, fails: Exception) -> None:
    def failing() -> None:
        raise fails

    analyst.before = failing
    gateway = api(app)
    asked = ask(gateway)
    (wanted,) = jobs(app)
    assert app.deliver(wanted, attempt=app.max_attempts)
    after = read(gateway, asked["analysis_id"])
    assert (after["status"], after["reason"]) == ("failed", "no-answer")


def test_an_answer_that_cannot_be_used_is_paid_for_and_said(app: FakeApp, analyst: FakeAnalyst) -> None:
    analyst.usable = False
    analysis = made(app)
    assert (analysis["status"], analysis["reason"], analysis["sections"]) == ("failed", "no-answer", [])
    assert used(app) == TOKENS.input


def test_without_a_model_it_is_refused(app: FakeApp, analyst: FakeAnalyst) -> None:
    refused = ask(api(app, answering=SimpleNamespace(model=None)))
    assert (refused["status"], refused["reason"]) == ("refused", "no-model")
    assert jobs(app) == []
    app.writing = None
    analysis = made(app)
    assert (analysis["status"], analysis["reason"]) == ("refused", "no-model")
    assert analyst.asked == []


def test_one_that_cannot_be_queued_does_not_stay(app: FakeApp, analyst: FakeAnalyst) -> None:
    nowhere = replace(app.account.queue, url=f"{app.account.queue.url}-gone")
    gateway = api(app, notes_queue=nowhere)
    answer = send(gateway, "/v1/analyses", {"template_id": "summary", "note_ids": [*NOTES]})
    assert answer.status == 503
    assert gateway.get("/v1/analyses").json()["analyses"] == []
    assert analyst.asked == []


def test_over_the_budget_it_is_refused(app: FakeApp, analyst: FakeAnalyst) -> None:
    companies: Any = FakeCompanies({"acme": Budget(tokens=0)})
    quotas = Quotas(Usage(app.account.ledger), companies, Paces(app.account.ledger))
    refused = ask(api(app, quotas=quotas))
    assert (refused["status"], refused["reason"]) == ("refused", "budget")
    asked = ask(api(app))
    app.lookup.company = replace(ACME, budget=Budget(tokens=0))  # it was used up since
    work(app)
    refused = read(api(app), asked["analysis_id"])
    assert (refused["status"], refused["reason"], refused["sections"]) == ("refused", "budget", [])
    assert analyst.asked == []


def test_a_day_has_all_its_notes_or_those_of_a_place(app: FakeApp, analyst: FakeAnalyst) -> None:
    day = app.note("SM1").received_at[:10]
    analysis = made(app, template_id="site-diary", note_ids=None, day=day)
    assert (analysis["day"], analysis["notes"], analysis["title"]) == (day, 2, "")
    analysis = made(app, template_id="site-diary", note_ids=None, day=day, fields={"place": "valves ANA"})
    assert [one["message_id"] for one in analysis["sources"]] == ["SM2"]
    analysis = made(app, template_id="site-diary", note_ids=None, day=day, fields={"place": "Elm Street"})
    assert (analysis["status"], analysis["reason"]) == ("refused", "no-notes")
    analysis = made(app, template_id="site-diary", note_ids=None, day="2020-01-01")
    assert (analysis["status"], analysis["reason"]) == ("refused", "no-notes")
    assert len(analyst.asked) == 2


def test_more_than_a_few_prompts_are_too_many_notes(
    app: FakeApp, analyst: FakeAnalyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PROMPT_CHARACTERS", 1)
    monkeypatch.setattr(making, "MOST_GROUPS", 1)
    analysis = made(app)
    assert (analysis["status"], analysis["reason"]) == ("refused", "too-many-notes")
    assert analyst.asked == []


def test_another_one_of_the_same_is_made_again(app: FakeApp, analyst: FakeAnalyst) -> None:
    gateway, first = api(app), made(app)
    answer = send(gateway, f"/v1/analyses/{first['analysis_id']}/again")
    assert answer.status == 202
    work(app)
    second = read(gateway, answer.json()["analysis_id"])
    assert (second["status"], texts(second)) == ("ready", texts(first))
    listed = gateway.get("/v1/analyses", limit=1).json()
    assert listed["analyses"][0]["analysis_id"] == second["analysis_id"]
    more = gateway.get("/v1/analyses", limit=1, cursor=listed["next"]).json()
    assert (more["analyses"][0]["analysis_id"], more["next"]) == (first["analysis_id"], None)
    assert len(analyst.asked) == 2


def test_one_that_is_deleted_leaves_nothing(app: FakeApp, analyst: FakeAnalyst) -> None:
    gateway, analysis = api(app), made(app)
    assert send(gateway, f"/v1/analyses/{analysis['analysis_id']}", method="DELETE").status == 204
    assert gateway.get(f"/v1/analyses/{analysis['analysis_id']}").status == 404
    asked = ask(gateway)
    assert send(gateway, f"/v1/analyses/{asked['analysis_id']}", method="DELETE").status == 204
    work(app)
    for partition in ("ANALYSES#acme", "ANALYSED#acme", "ANALYSEDNOTES#acme"):
        assert app.account.ledger.places(partition) == []
    assert len(analyst.asked) == 1


def test_an_erased_note_leaves_no_statement_and_no_title(app: FakeApp, analyst: FakeAnalyst) -> None:
    gateway, analysis = api(app), made(app)
    assert erasing(function(app.account, app.twilio)).erase("acme", "SM1")
    after = read(gateway, analysis["analysis_id"])
    assert (after["title"], after["erased_notes"]) == ("", 1)
    assert NOTES["SM1"].rstrip(".") not in json.dumps(after)
    assert texts(after) == texts(analysis)[1:]
    erased, kept = after["sources"]
    assert (erased["erased"], erased["title"], erased["sender_name"]) == (True, "", "")
    assert kept == analysis["sources"][1]
    assert app.account.ledger.places("ANALYSEDNOTES#acme") == [f"SM2#{analysis['analysis_id']}"]
    assert len(analyst.asked) == 1


def test_a_note_that_is_erased_while_it_is_made_leaves_nothing_either(app: FakeApp, analyst: FakeAnalyst) -> None:
    def erases() -> None:
        erasing(function(app.account, app.twilio)).erase("acme", "SM1")

    analyst.before = erases
    analysis = made(app)
    assert (analysis["status"], analysis["title"], analysis["erased_notes"]) == ("ready", "", 1)
    assert NOTES["SM1"].rstrip(".") not in json.dumps(analysis)
    assert (len(analyst.asked), used(app)) == (1, TOKENS.input)


def test_another_company_sees_none_of_it(app: FakeApp, analyst: FakeAnalyst) -> None:
    analysis = made(app)
    other = Gateway(api(app).handle, "bolt")
    path = f"/v1/analyses/{analysis['analysis_id']}"
    assert [other.get(path).status, other.get(f"{path}/markdown").status] == [404, 404]
    assert [send(other, f"{path}/again").status, send(other, path, method="DELETE").status] == [404, 404]
    assert other.get("/v1/analyses").json() == {"analyses": [], "next": None}
    refused = send(other, "/v1/analyses", {"template_id": "summary", "note_ids": ["SM1"]})
    assert refused.status == 422
    assert Analyses(app.account.ledger).claim("bolt", analysis["analysis_id"], LEASE) is None
    assert len(analyst.asked) == 1


def test_no_words_become_markdown(app: FakeApp, analyst: FakeAnalyst) -> None:
    words = "See [the offer](https://evil.example) <b>now</b> # today, https://evil.example."
    assert app.deliver(job("SM3", Body=words))
    app.account.queued(app.account.index_queue)
    analysis = made(app, note_ids=["SM3"])
    told = api(app).get(f"/v1/analyses/{analysis['analysis_id']}/markdown")
    assert (told.status, told.headers["content-type"].split(";")[0]) == (200, "text/markdown")
    assert "[^1]: " in told.body
    assert "](" not in told.body
    assert "://" not in told.body.replace("\\:", "")
    assert "<b>" not in told.body.replace("\\<", "")
    assert analyst.asked
