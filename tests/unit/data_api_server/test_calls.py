"""Calls over HTTP: a company's own, the newest first, with what was said, what is missing, and what was noticed."""

from dataclasses import replace

import pytest
from support.account import Account
from support.calls import CALL_ID, CountingListener, live_job, said, started, stopped
from unit.data_api_server.gateway import ACME, Gateway

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import Company
from voice_parser.live.consoles import Consoles
from voice_parser.live.listening import Listening
from voice_parser.live.session import LiveSession

CALL = Call(CALL_ID, ACME, "2026-11-29T08:59:50.000Z", customer="+15550100001", agent="+15550100021", language="en")


def talk(account: Account, *events: dict[str, str | list[str]]) -> None:
    """What the function for live calls makes of these events."""
    Calls(account.ledger).begin(CALL)
    session = LiveSession(
        calls=Calls(account.ledger),
        records=LiveRecords(account.ledger),
        company=lambda company_id: Company(company_id, company_id),
        is_erased=lambda _call_id: False,
        listening=Listening((CountingListener(),)),
        consoles=Consoles(lambda _company_id, _messages: None),
        notes_queue=account.queue,
    )
    for event in events:
        session.take(live_job(event, company_id=ACME), 1)


def test_a_live_call_is_read_while_it_lasts(account: Account, acme: Gateway) -> None:
    talk(account, started(), said(2, "I want the manager."), said(4, "One moment.", "outbound_track"))

    call = acme.get(f"/v1/calls/{CALL_ID}").json()

    assert (call["status"], call["transcribing"], call["note_id"], call["ended_at"]) == ("live", True, None, None)
    assert [(one["speaker"], one["text"]) for one in call["sentences"]] == [
        ("customer", "I want the manager."),
        ("agent", "One moment."),
    ]
    assert [(gap["after"], gap["events"]) for gap in call["gaps"]] == [(2, 1)]
    assert [hint["content"]["cause"] for hint in call["escalations"]] == ["manager"]
    assert call["talk_seconds"]["customer"] > 0


def test_a_call_that_has_ended_says_so(account: Account, acme: Gateway) -> None:
    talk(account, started(), stopped(2))

    call = acme.get(f"/v1/calls/{CALL_ID}").json()

    assert (call["status"], call["transcribing"]) == ("ended", False)


def test_calls_are_listed_page_by_page(account: Account, acme: Gateway) -> None:
    for minute in range(3):
        Calls(account.ledger).begin(replace(CALL, call_id=f"CA{minute}", started_at=f"2026-11-29T09:0{minute}:00.000Z"))

    first = acme.get("/v1/calls", limit=2).json()
    second = acme.get("/v1/calls", limit=2, cursor=first["next"]).json()

    assert [call["call_id"] for call in first["calls"] + second["calls"]] == ["CA2", "CA1", "CA0"]
    assert second["next"] is None


def test_another_companys_call_does_not_exist(account: Account, acme: Gateway) -> None:
    Calls(account.ledger).begin(replace(CALL, company_id="rival"))

    assert acme.get(f"/v1/calls/{CALL_ID}").status == 404
    assert acme.get("/v1/calls").json()["calls"] == []


@pytest.mark.parametrize("cursor", ["x", "eA", "Iw"])
def test_what_is_no_cursor_is_refused(acme: Gateway, cursor: str) -> None:
    assert acme.get("/v1/calls", cursor=cursor).status == 422
