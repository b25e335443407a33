"""Nobody sees another company's notes."""

import base64

import pytest
from support.account import Account
from unit.data_api_server.gateway import ACME, BOLT, SID, Gateway, file, key, put, receive

from data_api_server.models.cursors import encode


def test_lists_show_only_the_callers_own(account: Account, acme: Gateway, bolt: Gateway) -> None:
    file(account, ACME)
    assert len(acme.get("/v1/notes").json()["notes"]) == 1
    assert bolt.get("/v1/notes").json() == {"notes": [], "next": None}
    assert bolt.get("/v1/notes", sender="ana", intent="job-to-be-done").json() == {"notes": [], "next": None}
    assert bolt.get("/v1/files").json() == {"files": [], "next": None}


def test_a_company_whose_name_begins_alike_is_another(account: Account, acme: Gateway) -> None:
    put(account, key("acme-two", "audio.ogg"))
    put(account, key("acmetwo", "audio.ogg"))
    assert acme.get("/v1/files").json()["files"] == []


def test_anothers_note_answers_as_one_that_does_not_exist(account: Account, bolt: Gateway) -> None:
    file(account, ACME)
    foreign, unknown = bolt.get(f"/v1/notes/{SID}"), bolt.get("/v1/notes/SM999")
    assert foreign == unknown
    assert foreign.status == 404


def test_anothers_file_answers_as_one_that_does_not_exist(account: Account, bolt: Gateway) -> None:
    at = file(account, ACME)[0]
    unknown = bolt.get("/v1/files/url", key=key(BOLT, "audio.ogg"))
    assert unknown.status == 404
    for other in (at, f"bolt/../{at}", f"{at}\n", "", "customers.json", "_receipts/SM1", "a" * 5000):
        assert bolt.get("/v1/files/url", key=other) == unknown, other


def test_anothers_cursor_is_only_a_position_in_the_callers_own_list(
    account: Account, acme: Gateway, bolt: Gateway
) -> None:
    for number in range(4):
        receive(account, ACME, f"SM{number}", f"2026-11-0{number + 1}T08:00:00.000Z")
        put(account, key(ACME, "audio.ogg", sid=f"SM{number}"))
    receive(account, BOLT, "SM9", "2026-11-01T07:00:00.000Z")
    own = put(account, key(BOLT, "audio.ogg", sid="SM9"))
    cursor = acme.get("/v1/notes", limit=2).json()["next"]
    assert [note["message_id"] for note in bolt.get("/v1/notes", cursor=cursor).json()["notes"]] == ["SM9"]
    cursor = acme.get("/v1/files", limit=2).json()["next"]
    assert [one["key"] for one in bolt.get("/v1/files", cursor=cursor).json()["files"]] == [own]


@pytest.mark.parametrize("position", ["acme/", "../acme/", "/", "0", "acme/job-to-be-done/a"])
def test_a_forged_position_stays_in_the_callers_folder(account: Account, bolt: Gateway, position: str) -> None:
    file(account, ACME)
    own = put(account, key(BOLT, "audio.ogg"))
    for parameters in ({}, {"intent": "job-to-be-done"}):
        files = bolt.get("/v1/files", cursor=encode(position), **parameters).json()["files"]
        assert {one["key"] for one in files} <= {own}


@pytest.mark.parametrize(
    "position", ["", "acme", "2026-11-01T08:00:00.000Z#", "2026-11-01#../SM1", "#SM1", "x" * 900, "2026-11-01\0#SM1"]
)
def test_a_forged_position_in_the_notes_is_refused(acme: Gateway, position: str) -> None:
    answer = acme.get("/v1/notes", cursor=encode(position))
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("cursor", ["", "!", "a", "====", "é", base64.urlsafe_b64encode(b"\xff\xfe").decode()])
def test_garbage_for_a_cursor_is_refused(acme: Gateway, cursor: str) -> None:
    for path in ("/v1/notes", "/v1/files"):
        answer = acme.get(path, cursor=cursor)
        assert answer.status == 422
        assert answer.is_problem


def test_a_cursor_of_a_list_with_other_times_is_refused(account: Account, acme: Gateway) -> None:
    for number in range(2):
        receive(account, ACME, f"SM{number}", f"2026-11-0{number + 1}T08:00:00.000Z")
    cursor = acme.get("/v1/notes", limit=1).json()["next"]
    assert acme.get("/v1/notes", cursor=cursor, until="2026-11-01T09:00:00Z").status == 422
    assert acme.get("/v1/notes", cursor=cursor, since="2026-11-03").status == 422
    assert acme.get("/v1/notes", cursor=cursor, since="2026-11-01").status == 200


@pytest.mark.parametrize("path", ["/v1/notes", f"/v1/notes/{SID}", "/v1/files", "/v1/files/url"])
def test_a_request_nobody_authorized_is_refused(stranger: Gateway, path: str) -> None:
    answer = stranger.get(path, key="acme/other/a_b_c.d") if path.endswith("url") else stranger.get(path)
    assert answer.status == 401
    assert answer.is_problem


@pytest.mark.parametrize("company_id", ["", "ACME", "acme/", "_receipts", "acme\n", "a" * 64])
def test_what_can_be_no_company_is_no_company(acme: Gateway, company_id: str) -> None:
    assert Gateway(acme.handle, company_id).get("/v1/notes").status == 401


@pytest.mark.parametrize("name", ["company_id", "company", "X-Company-Id"])
def test_no_parameter_names_a_company(account: Account, bolt: Gateway, name: str) -> None:
    file(account, ACME)
    for path in ("/v1/notes", "/v1/files"):
        assert bolt.get(path, **{name: ACME}).status == 422
    event = bolt.event("GET", "/v1/notes")
    event["headers"] |= {name: ACME}
    assert '"notes":[]' in bolt.handle(event, None)["body"]


def test_no_cache_may_keep_an_answer(acme: Gateway, stranger: Gateway) -> None:
    for answer in (acme.get("/v1/notes"), acme.get("/v1/nothing"), stranger.get("/v1/notes")):
        assert answer.headers["cache-control"] == "no-store"
