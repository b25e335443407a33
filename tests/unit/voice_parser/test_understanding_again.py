"""A note whose words were corrected is understood again: by the worker, once, in the budget, without a second reply."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.api import FakeCompanies, served, services
from support.app import ACME, JOB, LEASE, FakeApp, job
from unit.data_api_server.gateway import Answer, Gateway
from unit.data_api_server.test_versions import ask

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.domain import Budget, Tokens, now
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.intents import ActionItem, AnyIntent, JobToBeDone, KnowledgeDocument, Other
from ai_voice_shared.jobs import UnderstandJob, notes_job
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage, Used, month_of
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis
from voice_parser.worker.message_words import written

SID = "SM1"
TOKENS = Tokens(900, 60)
RIGHT = {"full_text": "Please, Danielle, order two valves.", "understand": True}
DANIELLE = JobToBeDone(
    intent="job-to-be-done",
    title="Danielle orders valves",
    tag="danielle",
    summary="Danielle is to order valves.",
    action_items=[ActionItem(what="order two valves", who="Danielle", by_when=None)],
)


@pytest.fixture
def api(app: FakeApp) -> Gateway:
    """The API beside the worker, with a note that was filed and answered."""
    assert app.deliver(job(SID, Body="Please, Daniel, order two valves."))
    app.account.queued(app.account.index_queue)
    understands(app, DANIELLE)
    return Gateway(served(services(app.account)))


def understands(app: FakeApp, note: AnyIntent, *, certain: bool = True) -> None:
    app.analyzer.analysis = Analysis(language="de", note=note, engine="new", certain=certain, tokens=TOKENS)


def corrected(api: Gateway, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The note as the client gets it back."""
    answer = ask(api, "PATCH", RIGHT if body is None else body, sid=SID)
    assert answer.status == 200, answer.body
    note: dict[str, Any] = answer.json()
    return note


def read(api: Gateway) -> dict[str, Any]:
    note: dict[str, Any] = ask(api, "GET", sid=SID).json()
    return note


def work(app: FakeApp) -> None:
    """The worker does what waits in its queue."""
    (wanted,) = jobs(app)
    assert app.deliver(wanted)


def jobs(app: FakeApp) -> list[UnderstandJob]:
    """What waits in the worker's queue, taken out."""
    found = [notes_job(str(one["Body"])) for one in app.account.queued()]
    assert all(isinstance(one, UnderstandJob) for one in found)
    return [one for one in found if isinstance(one, UnderstandJob)]


def used(app: FakeApp) -> int:
    return Usage(app.account.ledger).of("acme", _month()).input_tokens


def _month() -> str:
    return month_of(now())


def test_a_note_of_another_kind_is_understood_as_that_kind(app: FakeApp, api: Gateway) -> None:
    corrected(api, {"understand": True})
    work(app)
    points = ["Two valves are missing."]
    known = {"title": "Valves", "tag": "valves", "summary": "Valves are missing.", "key_points": points}
    understands(app, KnowledgeDocument(intent="knowledge-document", **known))
    note = corrected(api, {"intent": "knowledge-document", "understand": True})
    assert (note["intent"], note["understanding"]) == ("knowledge-document", "under-way")
    work(app)
    after = read(api)
    assert (after["structure"]["key_points"], after["understanding"]) == (points, None)
    assert tuple(app.analyzer.kinds[-2:]) == (JobToBeDone, KnowledgeDocument)


def test_the_answer_comes_at_once_and_the_worker_does_the_rest(app: FakeApp, api: Gateway) -> None:
    told = len(app.twilio.sent)
    note = corrected(api)
    assert (note["understanding"], note["title"]) == ("under-way", JOB.title)
    assert app.analyzer.calls == 1
    (wanted,) = jobs(app)
    assert wanted == UnderstandJob(SID, "acme")
    assert app.deliver(wanted)
    after = read(api)
    assert (after["understanding"], after["title"]) == (None, "Danielle orders valves")
    assert after["summary"] == "Danielle is to order valves.\n• Danielle: order two valves"
    assert after["structure"] == DANIELLE.model_dump(mode="json") | {"tag": JOB.tag}
    assert (after["intent"], after["tag"]) == (note["intent"], note["tag"])
    assert app.analyzer.words[-1].full_text == RIGHT["full_text"]
    assert app.analyzer.kinds[-1] is JobToBeDone
    assert len(app.twilio.sent) == told
    shown = [app.account.store.get(key).body.decode() for key in app.artifacts()]
    (reply,) = after.pop("replies")  # what was sent stays as it was sent
    assert "Maria" in reply["text"]
    assert "Maria" not in "".join([*shown, json.dumps(after)])
    analysis = json.loads(app.account.store.get(next(key for key in app.artifacts() if "analysis" in key)).body)
    assert (analysis["language"], analysis["engines"]["understanding"]) == ("de", "new")
    assert analysis["engines"]["transcript"] == "none"


def test_what_it_cost_is_counted_once_however_often_it_comes(app: FakeApp, api: Gateway) -> None:
    before = used(app)
    corrected(api)
    (wanted,) = jobs(app)
    for _ in range(3):
        assert app.deliver(wanted)
    corrected(api, {"understand": True})
    work(app)
    assert app.analyzer.calls == 2  # once when it was filed, and once for these words
    assert used(app) - before == TOKENS.input
    assert Usage(app.account.ledger).of("acme", _month()).messages_received == 1


def test_what_a_hand_has_corrected_meanwhile_stays(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    (wanted,) = jobs(app)
    assert corrected(api, {"title": "By hand"})["understanding"] is None
    assert app.deliver(wanted)
    assert read(api)["title"] == "By hand"
    assert app.analyzer.calls == 1


def test_a_hand_that_is_faster_than_the_model_wins(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    (wanted,) = jobs(app)

    def by_hand() -> None:
        corrected(api, {"title": "By hand"})

    app.analyzer.before = by_hand
    assert not app.deliver(wanted)
    assert app.deliver(wanted, 2)
    assert (read(api)["title"], read(api)["understanding"]) == ("By hand", None)


def test_words_that_are_corrected_meanwhile_are_those_that_count(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    (first,) = jobs(app)
    corrected(api, {"full_text": "Please, Dana, order two valves.", "understand": True})
    (second,) = jobs(app)
    assert app.deliver(first)
    assert app.deliver(second)
    assert app.analyzer.words[-1].full_text == "Please, Dana, order two valves."
    assert app.analyzer.calls == 2


@pytest.mark.parametrize("dies_at", range(1, 8))
def test_killed_anywhere_and_delivered_again_it_is_done_and_paid_once(app: FakeApp, api: Gateway, dies_at: int) -> None:
    corrected(api)
    (wanted,) = jobs(app)
    made: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        for kind, method in ((type(app.account.store), "put_if_unchanged"), *((Ledger, one) for one in _WRITES)):
            patched.setattr(kind, method, _dying(getattr(kind, method), made, dies_at))
        settled = app.deliver(wanted)
    assert settled == (len(made) < dies_at)
    assert app.deliver(wanted, 2)
    assert (read(api)["title"], read(api)["understanding"]) == ("Danielle orders valves", None)
    assert app.analyzer.calls == (3 if dies_at == _BEFORE_IT_IS_KEPT else 2)
    assert used(app) == TOKENS.input


_WRITES = ("update", "exchange", "put_new", "write_all")
_BEFORE_IT_IS_KEPT = 2
"""After a look at the closed receipt; no record survives a death between the model's answer and the first write."""


def _dying(usual: Callable[..., Any], made: list[str], dies_at: int) -> Callable[..., Any]:
    def write(*what: Any, **more: Any) -> Any:
        made.append(usual.__name__)
        if len(made) == dies_at:
            raise RuntimeError("killed")
        return usual(*what, **more)

    return write


def test_over_its_budget_a_company_is_told_before_anything_is_written(app: FakeApp, api: Gateway) -> None:
    Usage(app.account.ledger).count("acme", [{"pk": "USAGE#acme", "sk": "x"}], Used(input_tokens=10))
    budgets: Any = FakeCompanies({"acme": Budget(tokens=10)})
    poor = Gateway(served(services(app.account, quotas=_allowances(app, budgets))))
    assert ask(poor, "PATCH", RIGHT, sid=SID).status == 429
    assert read(api)["full_text"].startswith("Please, Daniel,")
    assert jobs(app) == []
    corrected(poor, {"full_text": "Please, Danielle, order."})
    corrected(api)  # and when it is used up between the request and the work, the note shows it
    app.lookup.company = replace(ACME, budget=Budget(tokens=10))
    work(app)
    assert (read(api)["understanding"], app.analyzer.calls) == ("over-budget", 1)


def _allowances(app: FakeApp, companies: Any) -> Quotas:
    return Quotas(Usage(app.account.ledger), companies, Paces(app.account.ledger))


@pytest.mark.parametrize("unusable", [Other(intent="other", title="x", tag="x"), JOB.model_copy(update={"title": "x"})])
def test_an_answer_of_another_kind_or_of_rules_changes_nothing_and_is_shown(
    app: FakeApp, api: Gateway, unusable: AnyIntent
) -> None:
    understands(app, unusable, certain=False)
    corrected(api)
    work(app)
    assert (read(api)["understanding"], read(api)["title"]) == ("failed", JOB.title)


def test_what_is_refused_is_parked_and_shown_and_can_be_replayed(app: FakeApp, api: Gateway) -> None:
    def refuse() -> None:
        raise DeadLetter("OpenAI answered 401")

    app.analyzer.before = refuse
    corrected(api)
    (wanted,) = jobs(app)
    assert app.deliver(wanted)
    (parked,) = app.account.queued(app.account.dead_letters)
    assert read(api)["understanding"] == "failed"
    app.analyzer.before = lambda: None
    again = notes_job(str(parked["Body"]))
    assert isinstance(again, UnderstandJob)
    assert app.deliver(again)
    assert read(api)["title"] == "Danielle orders valves"


def test_a_note_that_was_erased_stays_erased(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    (wanted,) = jobs(app)
    assert ask(api, "DELETE", sid=SID).status == 200
    assert app.deliver(wanted)
    assert app.analyzer.calls == 1
    assert (app.artifacts(), Notes(app.account.ledger).get("acme", SID)) == ([], None)


def test_a_note_that_is_erased_while_the_model_thinks_leaves_no_answer(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    (wanted,) = jobs(app)
    app.analyzer.before = lambda: _erased(api)
    assert not app.deliver(wanted)
    assert app.deliver(wanted, 2)
    assert (app.artifacts(), Notes(app.account.ledger).get("acme", SID)) == ([], None)
    assert _kept(app) == [""]


def test_killed_before_it_could_empty_its_answer_it_does_so_when_it_comes_again(
    app: FakeApp, api: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise RuntimeError

    corrected(api)
    (wanted,) = jobs(app)
    app.analyzer.before = lambda: _erased(api)
    with monkeypatch.context() as patched:
        patched.setattr(Checkpoints, "empty_steps", killed)
        assert not app.deliver(wanted)
    assert _kept(app) != [""]
    assert app.deliver(wanted, 2)
    assert _kept(app) == [""]


def _erased(api: Gateway) -> None:
    assert ask(api, "DELETE", sid=SID).status == 200


def _kept(app: FakeApp) -> list[object]:
    """What is left of the results of steps."""
    return [item["result"] for item in app.account.ledger.partition(f"MESSAGE#{SID}", "STEP#")]


def test_another_companys_job_reads_and_changes_nothing(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    assert app.deliver(UnderstandJob(SID, "bolt"))
    assert (read(api)["understanding"], app.analyzer.calls) == ("under-way", 1)


def test_a_note_that_is_still_being_filed_is_understood_again_later(app: FakeApp, api: Gateway) -> None:
    corrected(api)
    app.account.ledger.update(f"MESSAGE#{SID}", "RECEIPT", {}, remove=("finished_at",))
    with pytest.raises(RetryLater, match="still being filed"):
        app.worker().pipeline.work_on(UnderstandJob(SID, "acme"), LEASE)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"understand": True, "title": "x"}, "body"),
        ({"understand": False}, "body"),
        ({"understand": "soon"}, "understand"),
    ],
)
def test_what_can_not_be_asked_for_is_refused(api: Gateway, body: dict[str, Any], field: str) -> None:
    answer: Answer = ask(api, "PATCH", body, sid=SID)
    assert (answer.status, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


@pytest.mark.parametrize("kind", [JobToBeDone, KnowledgeDocument, Other])
def test_the_rules_keep_to_the_kind_that_a_note_is_filed_as(kind: type[JobToBeDone]) -> None:
    analysis = RulesAnalyzer().understand(written("Please order two valves, Danielle."), ACME, kind=kind)
    assert type(analysis.note) is kind


@pytest.mark.parametrize("body", ['{"version": 1, "kind": "understand"}', '{"kind": "understand", "version": 2}'])
def test_a_body_that_is_no_such_job_is_parked(body: str) -> None:
    with pytest.raises(DeadLetter, match="not a job to understand a note"):
        notes_job(body)
