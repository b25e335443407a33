"""What was understood of a note, corrected over HTTP: it changes in all places, or in none."""

import json
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.stored import file_image, file_understood, file_voice, key
from unit.data_api_server.gateway import Gateway
from unit.data_api_server.test_versions import ask, tag

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Segment
from ai_voice_shared.intents import INTENTS, ActionItem, AnyIntent, JobToBeDone, KnowledgeDocument, Other, name
from data_api_server.models.corrections import Correction

SAID = (
    Segment(0.4, 2.9, "Daniel should order the valve."),
    Segment(3.1, 5.0, "Tell Daniel by Friday."),
)
JOB = JobToBeDone(
    intent="job-to-be-done",
    title="Daniel orders the valve",
    tag="valve-order",
    summary="Daniel is to order the valve.",
    action_items=[ActionItem(what="Order the valve", who="Daniel", by_when="Friday")],
)
KNOWLEDGE = KnowledgeDocument(
    intent="knowledge-document",
    title="What Daniel measured",
    tag="pressure",
    summary="Daniel measured the pressure.",
    key_points=["Daniel measured six bar."],
)
OTHER = Other(intent="other", title="Daniel says thanks", tag="thanks")
NOTES: tuple[AnyIntent, ...] = (JOB, KNOWLEDGE, OTHER)

RIGHT: dict[str, Any] = {
    "full_text": "Danielle should order the valve. Tell Danielle by Friday.",
    "title": "Danielle orders the valve",
    "summary": "Danielle is to order the valve.",
    "action_items": [{"what": "Order the valve", "who": "Danielle", "by_when": "Friday"}],
}


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API as a client of acme sees it, with a note of each intent."""
    for structure in NOTES:
        file_understood(account, sid(structure), structure, SAID)
    return Gateway(served(services(account)))


def sid(structure: AnyIntent) -> str:
    return f"SM{NOTES.index(structure) + 1}"


def everything(account: Account, api: Gateway, of: AnyIntent = JOB) -> str:
    """All that anybody could read of a note: its files, its line in the list, and the note itself."""
    listed = account.store.list(f"acme/{of.intent}/", 100)
    files = [account.store.get(one.key).body.decode() for one in listed if not one.key.endswith(".ogg")]
    note = ask(api, "GET", sid=sid(of)).body
    (line,) = (one for one in api.get("/v1/notes").json()["notes"] if one["message_id"] == sid(of))
    return "\n".join([*files, note, json.dumps(line)])


def test_a_note_becomes_one_of_another_kind_and_keeps_what_both_have(account: Account, api: Gateway) -> None:
    note = ask(api, "PATCH", {"intent": "knowledge-document", "tag": "Elm Street, 12"}).json()
    assert (note["intent"], note["tag"], note["summary"]) == ("knowledge-document", "elm-street-12", JOB.summary)
    own = {"summary": JOB.summary, "key_points": []}
    assert note["structure"] == own | {"intent": note["intent"], "title": JOB.title, "tag": note["tag"]}
    assert {one["key"].rpartition("SM1")[0] for one in note["artifacts"]} == {"acme/job-to-be-done/boiler_"}
    listed = [api.get("/v1/notes", intent=intent).json()["notes"] for intent in ("job-to-be-done", note["intent"])]
    assert [[one["message_id"] for one in notes] for notes in listed] == [[], ["SM2", "SM1"]]
    (job,) = account.queued(account.index_queue)
    assert '"message_id": "SM1"' in str(job["Body"])
    assert api.get("/v1/tasks", note="SM1").json()["tasks"] == []
    back = ask(api, "PATCH", {"intent": "job-to-be-done"}).json()
    items = [item.model_dump(mode="json") for item in JOB.action_items]
    assert (back["intent"], back["structure"]["action_items"]) == ("job-to-be-done", items)
    assert [one["text"] for one in api.get("/v1/tasks", note="SM1").json()["tasks"]] == [items[0]["what"]]


def test_a_note_names_the_key_that_corrected_it(api: Gateway) -> None:
    assert ask(api, "GET").json()["corrected_by"] is None
    assert ask(api, "PATCH", {"title": "Valves"}).json()["corrected_by"] == "office"


def test_a_name_is_corrected_wherever_the_note_shows_it(account: Account, api: Gateway) -> None:
    answer = ask(api, "PATCH", RIGHT)
    assert answer.status == 200, answer.body
    note = answer.json()
    assert note["title"] == note["structure"]["title"] == "Danielle orders the valve"
    assert note["structure"]["action_items"] == [one | {"due": "2026-11-27"} for one in RIGHT["action_items"]]
    assert note["summary"] == "Danielle is to order the valve.\n• Danielle: Order the valve (Friday, 27 Nov 2026)"
    assert note["tag"] == "boiler"
    assert note["structure"]["tag"] == "valve-order"
    assert "corrected" in note["steps"]
    assert "Daniel " not in everything(account, api)
    assert '"Daniel"' not in everything(account, api)
    summary = account.store.get(key("acme", "SM1", "text_summary.txt")).body.decode()
    assert summary == (
        "Danielle orders the valve\n\nDanielle is to order the valve.\n\n"
        "• Danielle: Order the valve (Friday, 27 Nov 2026)\n"
    )
    analysis = json.loads(account.store.get(key("acme", "SM1", "analysis.json")).body)
    assert analysis["title"] == "Danielle orders the valve"
    assert (analysis["customer_id"], analysis["engines"]["understanding"]) == ("ana", "fake")


def test_the_list_finds_it_by_its_new_words_alone(api: Gateway) -> None:
    ask(api, "PATCH", RIGHT)
    listed = {word: len(api.get("/v1/notes", text=word).json()["notes"]) for word in ("danielle", "daniel is to")}
    assert listed == {"danielle": 1, "daniel is to": 0}


@pytest.mark.parametrize(
    ("structure", "correction", "summary"),
    [
        (KNOWLEDGE, {"key_points": ["Danielle measured 6 bar."]}, f"{KNOWLEDGE.summary}\n• Danielle measured 6 bar."),
        (KNOWLEDGE, {"key_points": []}, KNOWLEDGE.summary),
        (KNOWLEDGE, {"summary": "  By\nDanielle "}, "By\nDanielle\n• Daniel measured six bar."),
        (JOB, {"action_items": [{"what": "Order\n two"}]}, f"{JOB.summary}\n• Order two"),
        (JOB, {"summary": "", "action_items": []}, None),
        (OTHER, {"title": "Danielle says\tthanks"}, None),
    ],
)
def test_a_part_is_corrected_and_the_rest_stays(
    api: Gateway, structure: AnyIntent, correction: dict[str, Any], summary: str | None
) -> None:
    note = ask(api, "PATCH", correction, sid=sid(structure)).json()
    assert note["summary"] == summary
    assert note["title"] == (" ".join(correction["title"].split()) if "title" in correction else structure.title)
    assert [one["text"] for one in note["segments"]] == [one.text for one in SAID]


def test_what_was_understood_is_in_no_index_so_none_is_written(account: Account, api: Gateway) -> None:
    ask(api, "PATCH", {"title": "Danielle"})
    assert account.queued(account.index_queue) == []
    ask(api, "PATCH", RIGHT)
    assert len(account.queued(account.index_queue)) == 1


@pytest.mark.parametrize(
    ("structure", "body", "fields"),
    [
        (JOB, {"key_points": ["x"]}, ["key_points"]),
        (KNOWLEDGE, {"action_items": [], "title": "x"}, ["action_items"]),
        (OTHER, {"summary": "x", "key_points": [], "action_items": []}, ["summary", "key_points", "action_items"]),
        (JOB, {"title": " \n "}, ["title"]),
        (JOB, {"title": "\u200b\u3164"}, ["title"]),
        (JOB, {"title": "x" * 301}, ["title"]),
        (JOB, {"summary": "x" * 20_001}, ["summary"]),
        (JOB, {"action_items": [{"who": "Danielle"}]}, ["action_items.0.what"]),
        (JOB, {"action_items": [{"what": "x" * 1001}]}, ["action_items.0.what"]),
        (JOB, {"action_items": [{"what": "x", "who": "y" * 201}]}, ["action_items.0.who"]),
        (JOB, {"action_items": [{"what": "x", "price": 3}]}, ["action_items.0.price"]),
        (JOB, {"action_items": [{"what": "x"}] * 101}, ["action_items"]),
        (KNOWLEDGE, {"key_points": ["x"] * 101}, ["key_points"]),
        (JOB, {"intent": "danielle"}, ["intent"]),
        (JOB, {"tag": "…"}, ["tag"]),
        (JOB, {"intent": "other", "summary": "Danielle."}, ["summary"]),
        (JOB, {"title": None}, ["body"]),
    ],
)
def test_what_the_note_does_not_have_is_refused_by_name_and_nothing_is_written(
    account: Account, api: Gateway, structure: AnyIntent, body: dict[str, Any], fields: list[str]
) -> None:
    before = everything(account, api, structure)
    right_too = body | ({"full_text": "Danielle."} if fields != ["body"] else {})
    answer = ask(api, "PATCH", right_too, sid=sid(structure))
    assert answer.status == 422, answer.body
    assert [one["field"] for one in answer.json()["errors"]] == fields
    assert _without_urls(everything(account, api, structure)) == _without_urls(before)


def _without_urls(text: str) -> list[str]:
    """Without what differs each time it is asked for."""
    return [part for part in text.split('"') if "X-Amz-" not in part and "T" not in part[10:11]]


def test_of_a_note_of_which_nothing_was_understood_nothing_of_the_kind_is_corrected(
    account: Account, api: Gateway
) -> None:
    file_image(account, "SM7", "A valve")
    answer = ask(api, "PATCH", {"title": "x"}, sid="SM7")
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "title")
    account.store.put(key("acme", "SM1", "analysis.json"), b'{"structure": {"intent": "poem"}}', "application/json")
    assert ask(api, "PATCH", {"title": "x"}).status == 422
    file_voice(account, "SM8")  # its words are corrected all the same
    assert ask(api, "PATCH", {"full_text": "x"}, sid="SM8").status == 200


def test_every_intent_can_be_corrected_in_all_that_was_understood() -> None:
    kept = {"intent", "tag", "question"}
    understood = {field for intent in INTENTS for field in intent.model_fields} - kept
    assert understood <= Correction.model_fields.keys()
    assert {name(intent) for intent in INTENTS} == {one.intent for one in NOTES}


class Killed(Exception):  # noqa: N818 - reads as what it is
    """The function dies here."""


def writes(monkeypatch: pytest.MonkeyPatch, dies_at: int) -> list[str]:
    """Counts the writes of a correction, and lets it die before one of them."""
    made: list[str] = []

    def counted(kind: type, method: str) -> None:
        usual = getattr(kind, method)

        def write(*what: Any, **more: Any) -> Any:
            made.append(method)
            if len(made) == dies_at:
                raise Killed
            return usual(*what, **more)

        monkeypatch.setattr(kind, method, write)

    counted(ObjectStore, "put_if_unchanged")
    counted(Ledger, "update")
    return made


ATTEMPTS = range(1, 10)
"""Each write of RIGHT: the claim, two objects of words, their step, two of the structure, the list, and the paces."""


@pytest.mark.parametrize("dies_at", ATTEMPTS)
def test_a_correction_that_was_cut_short_is_completed_when_it_is_sent_again(
    account: Account, api: Gateway, dies_at: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        made = writes(patched, dies_at)
        assert ask(api, "PATCH", RIGHT).status == (500 if len(made) >= dies_at else 200)
    assert ask(api, "PATCH", RIGHT).status == 200
    shown = everything(account, api)
    assert "Daniel " not in shown
    assert '"Daniel"' not in shown
    assert len(account.queued(account.index_queue)) == 1
    last = tag(api)
    assert ask(api, "PATCH", RIGHT, if_match=last).headers["etag"] == last


def test_the_writes_are_as_many_as_are_tried_above(api: Gateway) -> None:
    with pytest.MonkeyPatch.context() as patched:
        made = writes(patched, dies_at=0)
        assert ask(api, "PATCH", RIGHT).status == 200
    assert made.count("put_if_unchanged") == 4
    assert len(made) in ATTEMPTS


def test_what_is_erased_meanwhile_stays_erased(account: Account, api: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = ObjectStore.put_if_unchanged

    def erased_first(store: ObjectStore, at: str, *what: Any) -> str:
        for one in account.store.list("acme/job-to-be-done/", 100):
            account.store.delete(one.key)
        account.ledger.delete("NOTE#acme", "SM1")
        return usual(store, at, *what)

    monkeypatch.setattr(ObjectStore, "put_if_unchanged", erased_first)
    assert ask(api, "PATCH", {"title": "Danielle"}).status == 404
    assert account.store.list("acme/job-to-be-done/", 100) == []
    assert account.ledger.get("NOTE#acme", "SM1") is None


def test_two_who_correct_the_title_of_one_state(api: Gateway) -> None:
    seen = tag(api)
    answers = [ask(api, "PATCH", {"title": title}, if_match=seen) for title in ("Danielle", "Dan")]
    assert [one.status for one in answers] == [200, 412]
    assert ask(api, "GET").json()["title"] == "Danielle"
