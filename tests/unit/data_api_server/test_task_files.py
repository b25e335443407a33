"""Tasks as files that no program takes for more than texts, and the address at which calendars read them."""

import csv
import io
import json

import pytest
from support.account import Account
from support.api import quotas, served, services
from unit.data_api_server.gateway import Answer, Gateway
from unit.data_api_server.test_tasks import ask

from ai_voice_shared.tasks.feeds import Feeds
from data_api_server.tasks.plain import cell

HOSTILE = '=HYPERLINK("//evil.test","x") \u202etxt.exe\u202c <img src=x> [press](javascript:1)'


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API of a company in Madrid."""
    return Gateway(served(services(account, quotas=quotas(account, time_zone="Europe/Madrid"))))


def add(api: Gateway, text: str, due: str | None = None, owner: str | None = None) -> None:
    assert ask(api, "POST", body={"text": text, "due": due, "owner": owner}).status == 200


def export(api: Gateway, kind: str) -> str:
    answer = ask(api, "GET", "/export", format=kind)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-disposition"] == f'attachment; filename="tasks.{kind}"'
    return answer.body


def feed(api: Gateway, address: str) -> Answer:
    """What a calendar gets, which has no key."""
    return Gateway(api.handle, None).ask("GET", f"/{address}")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\u202e=1", "\uff1d1+1", "\x00=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text)[0] in "' "
    assert cell("Order = 2") == "Order = 2"


def test_a_spreadsheet_reads_back_what_was_said(api: Gateway) -> None:
    add(api, HOSTILE, owner="@Ben")
    add(api, 'Say "Prüfbuch, 1.º B"', "2026-11-20T16:00")
    body = export(api, "csv")
    assert body.startswith("\ufeff")
    first, second = csv.DictReader(io.StringIO(body.removeprefix("\ufeff")))
    assert (first["text"], first["due"]) == ('Say "Prüfbuch, 1.º B"', "2026-11-20T16:00")
    assert second["text"].startswith("'=HYPERLINK")
    assert "\u202e" not in body
    assert second["owner"] == "'@Ben"


def test_a_program_and_a_document_read_every_task(api: Gateway) -> None:
    assert json.loads(export(api, "json")) == {"tasks": []}
    add(api, HOSTILE, "2026-11-20", "Ben")
    add(api, "Call")
    assert [task["text"] for task in json.loads(export(api, "json"))["tasks"]] == [HOSTILE, "Call"]
    lines = export(api, "md").splitlines()
    assert lines[-1] == "- [ ] Call"
    assert "](javascript" not in lines[2]
    assert lines[2].endswith(r" — Ben · 2026\-11\-20")


def test_a_calendar_has_the_right_times_and_rings(api: Gateway) -> None:
    add(api, "Order; 2 valves, 18 l", "2026-07-01T09:30", "Ben")
    add(api, "Prüfbuch " * 20, "2026-12-24")
    add(api, "No date")
    body = export(api, "ics")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    lines = body.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("BEGIN:VALARM") == lines.count("END:VEVENT") == 2
    assert {"DTSTART:20260701T073000Z", "DURATION:PT30M", "TRIGGER:-PT30M"} <= set(lines)  # summer in Madrid
    assert {"DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261225", "TRIGGER:PT9H"} <= set(lines)
    assert "SUMMARY:Order\\; 2 valves\\, 18 l (Ben)" in lines
    assert "No date" not in body


def test_a_text_cannot_end_its_line_in_a_calendar(api: Gateway, account: Account) -> None:
    add(api, "Call", "2026-12-24")
    (item,) = account.ledger.partition("TASKS#acme")
    account.ledger.update("TASKS#acme", str(item["sk"]), {"text": "Call\r\nEND:VEVENT\u2028X\x85Y"})
    assert export(api, "ics").split("\r\n").count("END:VEVENT") == 1


def test_a_calendar_reads_an_address_until_it_is_replaced_or_revoked(api: Gateway, account: Account) -> None:
    add(api, "Call", "2026-12-24")
    assert ask(api, "GET", "/feed").status == 404
    first = ask(api, "POST", "/feed").json()["address"]
    assert ask(api, "GET", "/feed").json()["read_at"] is None
    answer = feed(api, first)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Call" in answer.body
    assert ask(api, "GET", "/feed").json()["read_at"]
    second = ask(api, "POST", "/feed").json()["address"]
    assert (feed(api, first).status, feed(api, second).status) == (404, 200)
    assert ask(api, "DELETE", "/feed").status == 200
    assert feed(api, second).status == ask(api, "DELETE", "/feed").status == 404
    token = second.removeprefix("feeds/tasks/").removesuffix(".ics")
    assert token not in str(account.ledger.client.scan(TableName=account.ledger.table))


@pytest.mark.parametrize("name", ["x.ics", f"{'a' * 43}", f"{'a' * 43}.ics", "acme.ics", "..ics"])
def test_a_made_up_address_is_nobodys(api: Gateway, name: str) -> None:
    assert ask(api, "POST", "/feed").status == 200
    assert feed(api, f"feeds/tasks/{name}").status == 404


def test_an_address_shows_its_own_company_alone_and_ends_with_it(api: Gateway, account: Account) -> None:
    add(api, "Call", "2026-12-24")
    other = Gateway(api.handle, "bolt")
    address = ask(other, "POST", "/feed").json()["address"]
    assert "SUMMARY" not in feed(api, address).body
    held = Feeds(account.ledger).of_company("bolt")
    assert held.counts == {"feeds": 1}
    held.erase()
    assert feed(api, address).status == 404
    assert Feeds(account.ledger).get("bolt") is None
