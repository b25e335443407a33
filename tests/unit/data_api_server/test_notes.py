"""The notes over HTTP."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from support.account import Account
from support.api import quotas, served, services
from unit.data_api_server.gateway import ACME, RECEIVED, SID, Gateway, file, key, put, receive

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies, Reply


def _listed(gateway: Gateway, **parameters: object) -> list[str]:
    return [note["message_id"] for note in gateway.get("/v1/notes", **parameters).json()["notes"]]


def _three(account: Account) -> None:
    receive(account, ACME, "SM1", "2026-11-01T08:00:00.000Z", title="Valve", customer_id="ana")
    receive(account, ACME, "SM2", "2026-11-02T08:00:00.000Z", intent="other", title="Thanks", customer_id="ben")
    receive(account, ACME, "SM3", "2026-11-03T08:00:00.000Z", summary="the VALVE again", customer_id="ben")


def test_notes_are_listed_newest_first(account: Account, acme: Gateway) -> None:
    _three(account)
    answer = acme.get("/v1/notes")
    assert answer.status == 200
    assert [note["message_id"] for note in answer.json()["notes"]] == ["SM3", "SM2", "SM1"]
    assert answer.json()["next"] is None


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"intent": "job-to-be-done"}, ["SM3", "SM1"]),
        ({"sender": "ben"}, ["SM3", "SM2"]),
        ({"sender": "ben", "intent": "other"}, ["SM2"]),
        ({"text": "valve"}, ["SM3", "SM1"]),
        ({"since": "2026-11-02T08:00:00Z"}, ["SM3", "SM2"]),
        ({"until": "2026-11-02T08:00:00Z"}, ["SM1"]),
        ({"since": "2026-11-02", "until": "2026-11-02T10:00:01+02:00"}, ["SM2"]),
        ({"sender": "nobody"}, []),
    ],
)
def test_filters_restrict_the_list(
    account: Account, acme: Gateway, parameters: dict[str, object], expected: list[str]
) -> None:
    _three(account)
    assert _listed(acme, **parameters) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"since": "2026-09-27"}, ["SM3", "SM2"]),
        ({"until": "2026-09-27"}, ["SM1"]),
        ({"since": "2026-09-27", "until": "2026-09-28"}, ["SM2"]),  # clocks go forward: the day has 23 hours
        ({"since": "2026-09-28"}, ["SM3"]),
        ({"since": "2026-09-26T12:00:00Z"}, ["SM3", "SM2"]),
        ({"since": "2026-09-27", "until": "2026-09-26T11:00:00Z"}, []),
        ({"since": "2026-09-27T00:00:00+13:00", "until": "2026-09-28"}, ["SM2", "SM1"]),
        ({"since": "0001-01-01", "until": "9999-12-31"}, ["SM3", "SM2", "SM1"]),
    ],
)
def test_a_day_is_one_of_the_companys_time_zone(
    account: Account, parameters: dict[str, object], expected: list[str]
) -> None:
    api = Gateway(served(services(account, quotas=quotas(account, time_zone="Pacific/Auckland"))))
    receive(account, ACME, "SM1", "2026-09-26T11:59:59.999Z")
    receive(account, ACME, "SM2", "2026-09-26T12:00:00.000Z")
    receive(account, ACME, "SM3", "2026-09-27T11:00:00.000Z")
    assert _listed(api, **parameters) == expected


def test_a_page_of_days_goes_on_in_the_companys_time_zone(account: Account) -> None:
    api = Gateway(served(services(account, quotas=quotas(account, time_zone="Pacific/Auckland"))))
    receive(account, ACME, "SM1", "2026-09-26T12:00:00.000Z")
    receive(account, ACME, "SM2", "2026-09-26T23:30:00.000Z")
    cursor = api.get("/v1/notes", limit=1, since="2026-09-27").json()["next"]
    assert _listed(api, limit=1, since="2026-09-27", cursor=cursor) == ["SM1"]
    answer = api.get("/v1/notes", since="2026-09-28", cursor=cursor)
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "query")


def test_days_are_not_guessed_while_nobody_can_tell_the_zone(account: Account) -> None:
    allowed = quotas(account)
    api = Gateway(served(services(account, quotas=replace(allowed, customers=cast("Any", Unreachable())))))
    receive(account, ACME, "SM1", "2026-09-26T12:00:00.000Z")
    assert api.get("/v1/notes", since="2026-09-26").status == 503
    assert _listed(api, since="2026-09-26T00:00:00Z") == ["SM1"]


class Unreachable:
    """A customer lookup that does not answer."""

    def company(self, _company_id: str) -> None:
        raise RetryLater("the customer lookup did not answer")


def test_states_and_kinds_may_be_repeated_and_the_oldest_may_come_first(account: Account, acme: Gateway) -> None:
    for number, status in enumerate(("filed", "parked", "waiting"), 1):
        receive(account, ACME, f"SM{number}", f"2026-11-0{number}T08:00:00.000Z", status=status)

    def listed(query: str) -> list[str]:
        return [note["message_id"] for note in acme.ask("GET", "/v1/notes", query).json()["notes"]]

    assert listed("status=parked&status=waiting") == ["SM3", "SM2"]
    assert listed("status=parked&status=waiting&sort=received_at&kind=voice") == ["SM2", "SM3"]
    assert listed("kind=text&kind=image") == []
    first = acme.ask("GET", "/v1/notes", "sort=received_at&limit=2").json()
    assert [note["message_id"] for note in first["notes"]] == ["SM1", "SM2"]
    assert listed(f"sort=received_at&limit=2&cursor={first['next']}") == ["SM3"]


def test_a_note_shows_its_stage_and_its_reason_and_stages_may_be_asked_for(account: Account, acme: Gateway) -> None:
    receive(account, ACME, "SM1", "2026-11-01T08:00:00.000Z", status="filed", step_note="2026-11-01T08:00:01.000Z")
    problem = {"status": "parked", "problem": "OpenAI answered 500", "title": ""}
    receive(account, ACME, "SM2", "2026-11-02T08:00:00.000Z", **problem)
    parked, filed = acme.get("/v1/notes").json()["notes"]
    assert (filed["stage"], filed["reason"]) == ("filed", None)
    told = "OpenAI did not answer in any try. Nothing is lost. Try again."
    assert (parked["stage"], parked["problem"]) == ("parked", "OpenAI answered 500")
    assert parked["reason"] == {"code": "parked_unreachable", "values": {"service": "OpenAI"}, "text": told}
    assert acme.get("/v1/notes/SM2").json()["reason"] == parked["reason"]
    assert _listed(acme, stage="parked") == ["SM2"]
    both = acme.ask("GET", "/v1/notes", "stage=parked&stage=filed&status=filed").json()["notes"]
    assert [note["message_id"] for note in both] == ["SM1"]
    assert _listed(acme, stage="heard") == []


def test_what_changed_is_listed_since_a_time_and_goes_on_by_its_cursor(account: Account, acme: Gateway) -> None:
    _three(account)  # each changed by being filed, in this order
    whole = acme.get("/v1/notes", updated_since="2026-11-04").json()
    assert [note["message_id"] for note in whole["notes"]] == ["SM1", "SM2", "SM3"]
    changes = [note["updated_at"] for note in whole["notes"]]
    assert changes == sorted(changes)
    first = acme.get("/v1/notes", sort="updated_at", limit=2).json()
    assert [note["message_id"] for note in first["notes"]] == ["SM1", "SM2"]
    assert _listed(acme, sort="updated_at", limit=2, cursor=first["next"]) == ["SM3"]
    assert _listed(acme, updated_since="2026-11-04", limit=2, cursor=first["next"]) == ["SM3"]
    assert _listed(acme, updated_since=changes[1]) == ["SM2", "SM3"]
    assert _listed(acme, updated_since=changes[1], sender="ben", intent="other") == ["SM2"]
    assert _listed(acme, updated_since="2999-01-01") == []


def test_a_list_by_change_has_no_other_order_and_no_others_cursor(account: Account, acme: Gateway) -> None:
    _three(account)
    answer = acme.get("/v1/notes", updated_since="2026-11-04", sort="received_at")
    assert (answer.status, "leave out `sort`" in answer.json()["detail"]) == (422, True)
    received = acme.get("/v1/notes", limit=1).json()["next"]
    refused = acme.get("/v1/notes", updated_since="2026-11-04", cursor=received)
    assert (refused.status, "`updated_since`" in refused.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "query", ["status=lost", "kind=fax", "sort=title", "status=", "stage=retrying", "kind=voice&kind="]
)
def test_a_state_kind_or_order_that_there_is_not_is_refused_by_name(acme: Gateway, query: str) -> None:
    answer = acme.ask("GET", "/v1/notes", query)
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"].startswith(query.partition("=")[0])


def test_pages_show_every_note_once(account: Account, acme: Gateway) -> None:
    expected = [f"SM{number}" for number in range(7)]
    for number, sid in enumerate(expected):
        receive(account, ACME, sid, f"2026-11-0{9 - number}T08:00:00.000Z")
    seen: list[str] = []
    parameters: dict[str, object] = {"limit": 3, "since": "2026-11-01"}
    for _ in range(3):
        page = acme.get("/v1/notes", **parameters).json()
        seen += [note["message_id"] for note in page["notes"]]
        parameters["cursor"] = page["next"]
    assert seen == expected
    assert page["next"] is None


def test_a_note_just_received_shows_null_for_what_is_not_understood_yet(account: Account, acme: Gateway) -> None:
    receive(account, ACME)
    note = acme.get(f"/v1/notes/{SID}").json()
    assert note["status"] == "received"
    assert note["received_at"] == RECEIVED
    unknown = ("intent", "tag", "title", "summary", "language", "structure", "full_text", "problem")
    assert [note[name] for name in unknown] == [None] * len(unknown)
    assert note["segments"] == note["artifacts"] == []


def test_a_note_under_way_shows_the_steps_that_are_done(account: Account, acme: Gateway) -> None:
    Notes(account.ledger).open(Note(ACME, SID, "sam", RECEIVED))
    checkpoint = Checkpoints(account.ledger).claim(SID, ACME, timedelta(minutes=1))
    checkpoint.once("transcript", lambda: "Spoken.", str)
    checkpoint.once("turn", lambda: "now", str)
    replies = Replies(account.ledger)
    replies.begin(SID, ACME, "waits-1", "It takes a while.")
    replies.begin(SID, ACME, "feedback-1", "Filed.")
    assert replies.claim(Reply(SID, ACME, "waits-1", ""), "SM00000000000000000000000000000009")
    assert acme.get(f"/v1/notes/{SID}").json()["steps"].keys() == {"transcript", "waits-1"}


def test_a_filed_note_shows_all_it_holds(account: Account, acme: Gateway) -> None:
    keys = file(account, ACME)
    Notes(account.ledger).update(ACME, SID, {"step_transcript": "2026-11-20T09:12:11.000Z"})
    note = acme.get(f"/v1/notes/{SID}").json()
    assert note["duration"] == 21.4
    assert note["steps"] == {"transcript": "2026-11-20T09:12:11.000Z"}
    assert note["structure"]["title"] == "Boiler"
    assert note["full_text"] == "Spoken at acme."
    said = {"start": 1.2, "end": 4.9, "text": "Spoken at acme.", "speaker": None}
    assert note["segments"] == [said | {"written": False, "uncertain": False, "goes_on": False}]
    assert [artifact["key"] for artifact in note["artifacts"]] == keys
    audio = note["artifacts"][0]
    assert (audio["file_type"], audio["size"], audio["content_type"]) == ("audio", 4, "audio/ogg")
    assert "X-Amz-Signature=" in audio["url"]


@pytest.mark.parametrize(
    ("kept", "shown"), [("AP8H", [0, 255, 7]), ("", []), ("*", []), (3, []), (None, []), ([1], [])]
)
def test_a_note_shows_how_loud_its_recording_is(
    account: Account, acme: Gateway, kept: object, shown: list[int]
) -> None:
    file(account, ACME)
    said = [{"start": 1.2, "end": 4.9, "text": "Spoken."}]
    put(account, key(ACME, "segments.json"), json.dumps({"segments": said, "peaks": kept}).encode())
    note = acme.get(f"/v1/notes/{SID}").json()
    assert note["peaks"] == shown
    assert [one["text"] for one in note["segments"]] == ["Spoken."]


@pytest.mark.parametrize("body", [{"segments": [{"index": 0, "text": "Pipe."}]}, {"full_text": "Pipe. Bath."}])
def test_words_that_somebody_has_corrected_are_not_uncertain(
    account: Account, acme: Gateway, body: dict[str, object]
) -> None:
    file(account, ACME)
    said = [{"start": at, "end": at + 1, "text": text, "uncertain": True} for at, text in ((0, "Pie."), (2, "Bath."))]
    put(account, key(ACME, "segments.json"), json.dumps({"times": "words", "segments": said}).encode())
    headers = {"content-type": "application/json"}
    note = acme.send("PATCH", f"/v1/notes/{SID}", json.dumps(body), headers).json()
    assert [(one["text"], one["uncertain"]) for one in note["segments"]] == [("Pipe.", False), ("Bath.", True)]


def test_peaks_stay_when_words_are_corrected(account: Account, acme: Gateway) -> None:
    file(account, ACME)
    said = [{"start": 1.2, "end": 4.9, "text": "Spoken."}]
    put(account, key(ACME, "segments.json"), json.dumps({"segments": said, "peaks": "AP8H"}).encode())
    body = json.dumps({"segments": [{"index": 0, "text": "Written."}]})
    answer = acme.send("PATCH", f"/v1/notes/{SID}", body, {"content-type": "application/json"})
    corrected = answer.json()
    assert (corrected["peaks"], corrected["segments"][0]["text"]) == ([0, 255, 7], "Written.")
    assert (corrected["segments"][0]["start"], corrected["segments"][0]["end"]) == (1.2, 4.9)


@pytest.mark.parametrize("content", [b"not JSON", b"[]", b'{"segments": [{}], "structure": 3}', b"\xff"])
def test_an_artifact_that_can_not_be_understood_hides_nothing_else(
    account: Account, acme: Gateway, content: bytes
) -> None:
    file(account, ACME)
    put(account, key(ACME, "analysis.json"), content)
    put(account, key(ACME, "segments.json"), content)
    note = acme.get(f"/v1/notes/{SID}").json()
    assert (note["structure"], note["segments"]) == (None, [])
    assert note["full_text"] == "Spoken at acme."


def test_an_artifact_that_is_gone_is_shown_without_size(account: Account, acme: Gateway) -> None:
    for at in file(account, ACME):
        account.store.delete(at)
    note = acme.get(f"/v1/notes/{SID}").json()
    assert [artifact["size"] for artifact in note["artifacts"]] == [None] * 4
    assert (note["structure"], note["full_text"], note["segments"]) == (None, None, [])


def test_a_note_shows_how_far_the_replies_to_it_have_come_and_what_to_do(account: Account, acme: Gateway) -> None:
    receive(account, ACME)
    replies = Replies(account.ledger)
    for step, state, code in (("feedback-1", "delivered", ""), ("feedback-2", "failed", "63016")):
        replies.begin(SID, ACME, step)
        replies.move(SID, step, state, code)  # type: ignore[arg-type]
    replies.begin(SID, ACME, "template-1")
    first, second, third = acme.get(f"/v1/notes/{SID}").json()["replies"]
    assert (first["step"], first["state"], first["problem"], first["remedy"]) == (
        "feedback-1",
        "delivered",
        None,
        None,
    )
    assert second["problem"].startswith("63016: More than 24 hours")
    assert "FollowUpTemplateSid" in second["remedy"]
    assert (third["step"], third["state"]) == ("template-1", "begun")


def test_a_note_shows_no_reply_to_another_companys_message(account: Account, acme: Gateway, bolt: Gateway) -> None:
    for company_id in (ACME, "bolt"):
        receive(account, company_id)
    Replies(account.ledger).begin(SID, ACME, "feedback-1")
    assert len(acme.get(f"/v1/notes/{SID}").json()["replies"]) == 1
    assert bolt.get(f"/v1/notes/{SID}").json()["replies"] == []


def test_a_failure_without_a_code_is_told_all_the_same(account: Account, acme: Gateway) -> None:
    receive(account, ACME)
    Replies(account.ledger).begin(SID, ACME, "feedback-1")
    Replies(account.ledger).move(SID, "feedback-1", "undelivered")
    (reply,) = acme.get(f"/v1/notes/{SID}").json()["replies"]
    assert reply["problem"] == "Twilio could not deliver the reply."
