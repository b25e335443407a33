"""Names that a correction changed are suggested to their company, and accepted words are only the company's own."""

import json
from datetime import timedelta
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.app import FakeTwilio
from support.erasing import erasing, function
from support.stored import BOILER, file_text, file_voice
from unit.data_api_server.gateway import Answer, Gateway
from unit.data_api_server.test_versions import ask as ask_note

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.correcting import names
from ai_voice_shared.domain import Segment, now
from ai_voice_shared.records import glossary as module
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.glossary import DISMISSED_FOR, KEPT, LONGEST_WORD, MOST_WORDS, Glossary
from data_api_server.models import glossary as glossary_models

DANIEL = (Segment(0.4, 2.9, "Daniel should order the valve."), Segment(3.1, 5.0, "Tell Daniel's boss at Dunfos."))


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API as a client of acme sees it, with a note that names Daniel."""
    file_voice(account, "SM1", DANIEL)
    eraser = erasing(function(account, FakeTwilio()))
    return Gateway(served(services(account, erasing=eraser)))


def ask(api: Gateway, method: str, body: object = None, path: str = "", **headers: str) -> Answer:
    event = api.event(method, f"/v1/glossary{path}")
    event["headers"] |= {"content-type": "application/json"}
    event["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
    answer = api.handle(event | ({} if body is None else {"body": json.dumps(body)}), None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def suggested(api: Gateway) -> dict[str, str]:
    """What stood there, by the word that is suggested."""
    return {one["word"]: one["instead_of"] for one in ask(api, "GET").json()["suggestions"]}


def correct(api: Gateway, text: str, sid: str = "SM1") -> None:
    answer = ask_note(api, "PATCH", {"full_text": text}, sid=sid)
    assert answer.status == 200, answer.body


RIGHT = "Danielle should order the valve. Tell Danielle's boss at Danfoss."


def test_names_that_were_corrected_are_suggested_and_accepted(api: Gateway) -> None:
    correct(api, RIGHT)
    assert suggested(api) == {"Danielle": "Daniel", "Danfoss": "Dunfos"}
    (first, _) = ask(api, "GET").json()["suggestions"]
    assert (first["message_id"], first["at"][:2]) == ("SM1", "20")
    accepted = ask(api, "PUT", {"words": ["Danfoss", "Elm\n Street"]})
    assert accepted.status == 200, accepted.body
    assert accepted.json()["words"] == ["Danfoss", "Elm Street"]
    assert [one["word"] for one in accepted.json()["suggestions"]] == ["Danielle"]
    assert ask(api, "GET").json() == accepted.json()
    assert ask(api, "PUT", {"words": []}).json()["words"] == []
    assert suggested(api) == {"Danielle": "Daniel", "Danfoss": "Dunfos"}


def test_the_same_correction_again_suggests_nothing_more(account: Account, api: Gateway) -> None:
    for _ in range(2):
        correct(api, RIGHT)
    assert len(account.ledger.places(Glossary.partition("acme"))) == 2


def test_a_name_that_two_notes_suggest_is_shown_once(account: Account, api: Gateway) -> None:
    file_voice(account, "SM2", DANIEL)
    for sid in ("SM1", "SM2"):
        correct(api, RIGHT, sid)
    shown = ask(api, "GET").json()["suggestions"]
    assert sorted(one["word"] for one in shown) == ["Danfoss", "Danielle"]
    assert {one["message_id"] for one in shown} == {"SM2"}


def test_suggestions_are_erased_with_their_note_and_accepted_words_stay(account: Account, api: Gateway) -> None:
    file_voice(account, "SM2", DANIEL)
    correct(api, RIGHT)
    correct(api, "Daniella should order the valve. Tell Daniel's boss at Dunfos.", "SM2")
    ask(api, "PUT", {"words": ["Danfoss"]})
    assert ask_note(api, "DELETE", sid="SM1").status == 200
    assert suggested(api) == {"Daniella": "Daniel"}
    assert ask(api, "GET").json()["words"] == ["Danfoss"]
    assert [one["message_id"] for one in ask(api, "GET").json()["suggestions"]] == ["SM2"]


def test_a_suggestion_is_gone_after_its_time_although_dynamodb_deletes_late(
    api: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(api, RIGHT)
    monkeypatch.setattr(module, "now", lambda: now() + KEPT + timedelta(seconds=2))
    assert suggested(api) == {}


@pytest.mark.parametrize("late", [False, True])
def test_of_a_note_that_is_erased_meanwhile_no_suggestion_stays(
    account: Account, api: Gateway, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """The erasure begins and ends before the suggestion is there, or right behind the look whether it has begun."""
    usual = Ledger.put_new if not late else Checkpoints.is_erased

    def erased_first(*what: Any) -> Any:
        monkeypatch.setattr(Ledger, "put_new", put)
        monkeypatch.setattr(Checkpoints, "is_erased", look)
        seen = usual(*what) if late else None
        assert ask_note(api, "DELETE", sid="SM1").status == 200
        return seen if late else usual(*what)

    put, look = Ledger.put_new, Checkpoints.is_erased
    monkeypatch.setattr(Checkpoints if late else Ledger, "is_erased" if late else "put_new", erased_first)
    assert ask_note(api, "PATCH", {"full_text": RIGHT}, sid="SM1").status == 404
    monkeypatch.setattr(module, "now", lambda: now() + timedelta(seconds=31))
    assert suggested(api) == {}
    left = [item["expires_at"] for item in account.ledger.partition(Glossary.partition("acme"))]
    assert all(int(str(one)) < (now() + timedelta(minutes=1)).timestamp() for one in left)
    assert bool(left) is not late


def test_a_dismissed_word_is_suggested_by_no_note_until_somebody_takes_that_back(
    account: Account, api: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(api, RIGHT)
    answer = ask(api, "PUT", {"word": "danielle"}, "/dismissed")
    assert (answer.status, [one["word"] for one in answer.json()["suggestions"]]) == (200, ["Danfoss"])
    assert answer.headers["etag"] == ask(api, "GET").headers["etag"]
    file_voice(account, "SM2", DANIEL)
    correct(api, RIGHT, "SM2")
    assert suggested(api) == {"Danfoss": "Dunfos"}
    kept = list(account.ledger.partition(Glossary.partition("acme"), "DISMISSED#"))
    assert "danielle" not in str(kept).casefold()  # the note may be erased
    assert ask(Gateway(api.handle, "bolt"), "PUT", {"word": "Danfoss"}, "/dismissed").status == 200
    assert suggested(api) == {"Danfoss": "Dunfos"}
    assert ask(api, "PUT", {"word": "Danielle", "dismissed": False}, "/dismissed").status == 200
    assert suggested(api) == {"Danielle": "Daniel", "Danfoss": "Dunfos"}
    ask(api, "PUT", {"word": "Danielle"}, "/dismissed")
    monkeypatch.setattr(module, "now", lambda: now() + DISMISSED_FOR + timedelta(seconds=2))
    correct(api, "Daniella should order the valve. Tell Daniella's boss at Danfoss.")
    correct(api, RIGHT)
    assert "Danielle" in suggested(api)


def test_another_company_sees_none_of_it(api: Gateway) -> None:
    correct(api, RIGHT)
    ask(api, "PUT", {"words": ["Danfoss"]})
    other = Gateway(api.handle, "bolt")
    assert ask(other, "GET").json() == {"words": [], "suggestions": []}
    assert ask(other, "PUT", {"words": ["Bolt"]}).json() == {"words": ["Bolt"], "suggestions": []}
    assert ask(api, "GET").json()["words"] == ["Danfoss"]


def test_of_two_who_change_the_same_words_the_second_is_told(api: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = ask(api, "GET").headers["etag"]
    first = ask(api, "PUT", {"words": ["Danfoss"]}, if_match=seen)
    assert first.status == 200
    assert ask(api, "PUT", {"words": ["Danielle"]}, if_match=seen).status == 412
    assert ask(api, "PUT", {"words": ["Danfoss", "Danielle"]}, if_match=first.headers["etag"]).status == 200
    assert ask(api, "GET").json()["words"] == ["Danfoss", "Danielle"]
    read = Glossary.accepted

    def changed_meanwhile(glossary: Glossary, company_id: str) -> tuple[str, ...]:
        words = read(glossary, company_id)
        glossary.accept(company_id, ["Else"])
        return words

    monkeypatch.setattr(Glossary, "accepted", changed_meanwhile)
    assert ask(api, "PUT", {"words": ["Mine"]}, if_match="*").status == 412


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "words"),
        ({"words": ["x"] * (MOST_WORDS + 1)}, "words"),
        ({"words": ["x" * (LONGEST_WORD + 1)]}, "words.0"),
        ({"words": ["Danfoss", " \u200b"]}, "words.1"),
        ({"words": ["Danfoss", "DANFOSS"]}, "words"),
        ({"words": [], "company_id": "bolt"}, "company_id"),
    ],
)
def test_what_can_not_be_accepted_is_refused_by_name(api: Gateway, body: object, field: str) -> None:
    answer = ask(api, "PUT", body)
    assert (answer.status, {one["field"] for one in answer.json()["errors"]}) == (422, {field})


def test_the_examples_are_true() -> None:
    assert glossary_models.CompanyGlossary.model_validate(glossary_models.EXAMPLE)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Ask Daniel now", "Ask Danielle now", [("Daniel", "Danielle")]),
        ("ask daniel, please", "ask Danielle, please", [("daniel", "Danielle")]),
        ("the own cell pump", "the Ohnsell pump", [("own cell", "Ohnsell")]),
        ("order AB-1041/7.", "order AB-1042/7.", [("AB-1041/7", "AB-1042/7")]),
        ("two valves", "two pumps", []),
        ("two valves", "three valves", []),
        ("It is there", "He was there", []),
        ("for Maria", "for Xu", []),
        ("elm street", "Elm Street", []),
        ("order a valve", "order the big red valve of Danfoss today", []),
        ("Ask Daniel. Ask Daniel.", "Ask Danielle. Ask Danielle.", [("Daniel", "Danielle")]),
        ("Frag Jürgen", "Frag Jörgen", [("Jürgen", "Jörgen")]),
        ("спросите Данила", "спросите Даниила", [("Данила", "Даниила")]),
    ],
)
def test_what_sounds_alike_and_looks_like_a_name_is_one(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert names.names([Segment(0, 1, before)], [Segment(0, 1, after)]) == expected


def test_a_new_text_suggests_little_and_costs_little() -> None:
    old, new = (" ".join(f"{name}{number}" for number in range(100_000)) for name in ("Alma", "Elma"))
    assert names.names([Segment(0, 1, old)], [Segment(0, 1, new)]) == []
    many = [Segment(0, 1, f"Alma{number} said") for number in range(1_000)]
    assert len(names.names(many, [Segment(0, 1, one.text.replace("Alma", "Elma")) for one in many])) == 20
    assert names.names(BOILER, BOILER[:1]) == []


def test_a_text_note_suggests_names_too(account: Account, api: Gateway) -> None:
    file_text(account, "SM3", "Ask Daniel\n\nThanks")
    correct(api, "Ask Danielle\n\nThanks", "SM3")
    assert suggested(api) == {"Danielle": "Daniel"}


def test_one_who_may_only_read_accepts_nothing(api: Gateway) -> None:
    reader: Any = Gateway(api.handle, scopes="read")
    assert (ask(reader, "GET").status, ask(reader, "PUT", {"words": []}).status) == (200, 403)
    assert ask(reader, "PUT", {"word": "Danfoss"}, "/dismissed").status == 403
