"""The message list, its pages and days; media lists; what is deleted is gone; what a run keeps the next one knows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from support.bots import KIM, SAM, TO_SAM, Boxed

from twilio_in_a_box.account.messages import ACCOUNT_SID, API, OUR_NUMBER
from twilio_in_a_box.box import TwilioInABox


def listed(there: Boxed, **query: Any) -> list[dict[str, Any]]:
    """All messages that a query finds, over all its pages."""
    found, path = [], f"{API}.json"
    while path:
        page = there.api("GET", path, params=query or None).json()
        found += page["messages"]
        path, query = page["next_page_uri"], {}
    return found


def test_pages_hold_each_message_once_the_newest_first(there: Boxed) -> None:
    sids = [there.box.receive(SAM, f"note {number}")["MessageSid"] for number in range(7)]
    found = [one["sid"] for one in listed(there, PageSize=3, To=OUR_NUMBER)]
    assert found[:7] == sids[::-1]
    assert len(found) == 8


def test_a_page_is_never_larger_than_the_account_allows(there: Boxed) -> None:
    there.box.largest_page = 2
    there.box.receive(SAM, "a")
    there.box.receive(SAM, "b")
    assert len(there.api("GET", f"{API}.json", params={"PageSize": 1000}).json()["messages"]) == 2
    assert len(there.api("GET", f"{API}.json", params={"PageSize": 0}).json()["messages"]) == 1


@pytest.mark.parametrize("query", [{"Page": "x"}, {"PageSize": "-1"}, {"Page": "1" * 5000}, {"PageSize": "٣"}])
def test_a_page_that_is_no_number_is_refused(there: Boxed, query: dict[str, str]) -> None:
    assert there.api("GET", f"{API}.json", params=query).json()["code"] == 20001


def test_a_list_is_of_a_number_and_of_days(there: Boxed) -> None:
    there.box.receive(KIM, "from Kim")
    old = datetime.now(UTC) - timedelta(days=3)
    there.box.received[0] = replace(there.box.received[0], at=old.isoformat())
    today = datetime.now(UTC).date()
    assert [one["body"] for one in listed(there, From=f"whatsapp:{KIM}")] == ["from Kim"]
    assert [one["body"] for one in listed(there, **{"DateSent>": today.isoformat()})] == ["from Kim"]
    assert [one["body"] for one in listed(there, **{"DateSent<": (today - timedelta(days=2)).isoformat()})] == ["hello"]
    assert [one["body"] for one in listed(there, DateSent=old.date().isoformat())] == ["hello"]


def test_both_directions_are_listed_with_their_states(there: Boxed) -> None:
    there.fate(Body="answer")
    found = {one["body"]: (one["direction"], one["status"], one["from"]) for one in listed(there)}
    assert found == {
        "hello": ("inbound", "received", TO_SAM),
        "answer": ("outbound-api", "delivered", OUR_NUMBER),
    }


def test_a_file_of_a_message_is_listed_until_it_is_deleted(there: Boxed) -> None:
    sid = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MessageSid"]
    (file,) = there.api("GET", f"{API}/{sid}/Media.json").json()["media_list"]
    assert (file["content_type"], file["parent_sid"]) == ("audio/ogg", sid)
    assert there.api("GET", file["uri"]).json() == file
    assert there.api("DELETE", file["uri"]).status_code == 204
    assert there.api("DELETE", file["uri"]).json()["code"] == 20404
    assert there.api("GET", f"{API}/{sid}/Media.json").json()["media_list"] == []
    assert there.api("GET", file["uri"].removesuffix(".json")).json()["code"] == 20404


def test_a_file_is_found_under_its_own_message_alone(there: Boxed) -> None:
    file = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MediaUrl0"].rpartition("/")[2]
    other = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MessageSid"]
    assert there.api("GET", f"{API}/{other}/Media/{file}").json()["code"] == 20404
    assert there.api("DELETE", f"{API}/{other}/Media/{file}").json()["code"] == 20404


@pytest.mark.parametrize("name", ["..", "../port", "port", "sent.jsonl", "ME/../x", "%2e%2e%2fsent.jsonl"])
def test_only_files_of_messages_are_served(there: Boxed, name: str) -> None:
    signature = there.box.signature(name).decode()
    assert httpx.get(f"{there.box.cdn_url}/media/{name}", params={"signature": signature}).status_code in {403, 404}
    assert there.control("GET", f"/media/{name}").status_code == 404


def test_a_file_that_is_a_page_runs_nothing(there: Boxed) -> None:
    there.box.receive(SAM, "", b"<script>fetch('/box/state')</script>", "text/html")
    (shown,) = there.bubbles()[-1]["media"]
    answer = there.control("GET", shown["url"].removeprefix("/box"))
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("content_type", ["audio/ogg\r\nX-Evil: 1", "Größe", "x", "audio/ogg; é=1", "a/b; c=\x00"])
def test_a_type_that_is_none_does_not_get_into_the_headers(there: Boxed, content_type: str) -> None:
    media_sid = there.box.receive(SAM, "", b"OggS", content_type)["MediaUrl0"].rpartition("/")[2]
    answer = there.control("GET", f"/media/{media_sid}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/octet-stream")


def test_a_deleted_message_is_gone_with_its_files_and_stays_on_the_phone(there: Boxed) -> None:
    parameters = there.box.receive(SAM, "listen", b"OggS", "audio/ogg")
    sid = parameters["MessageSid"]
    assert there.api("DELETE", f"{API}/{sid}.json").status_code == 204
    assert there.api("DELETE", f"{API}/{sid}.json").json()["code"] == 20404
    assert there.api("GET", f"{API}/{sid}.json").json()["code"] == 20404
    url, known = parameters["MediaUrl0"], (ACCOUNT_SID, there.box.auth_token)
    assert httpx.get(url, auth=known).status_code == 404
    assert sid not in {one["sid"] for one in listed(there)}
    assert there.bubbles()[-1]["text"] == "listen"


def test_what_a_run_keeps_the_next_one_knows(there: Boxed) -> None:
    there.fate(Body="answer")
    there.box.add_phone(KIM, "Kim", "known")
    there.control("DELETE", f"/phones/{KIM}/messages")
    with TwilioInABox(there.box.folder) as again:
        assert again.received == there.box.received
        assert again.sent == there.box.sent
        assert again.log.statuses == there.box.log.statuses
        assert again.shown_phones() == there.box.shown_phones()
        assert again.auth_token != there.box.auth_token


def test_what_many_phones_write_at_once_is_kept_whole(there: Boxed) -> None:
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda number: there.box.deliver(SAM, text=f"{number} " + "ä" * 4000), range(200)))
        sent = list(threads.map(lambda number: there.send(Body=f"answer {number}").status_code, range(200)))
    assert sent == [201] * 200
    with TwilioInABox(there.box.folder) as again:
        assert {one.sid for one in again.received} == {one.sid for one in there.box.received}
        assert len(again.received) == 201
        assert {one.body for one in again.sent} == {f"answer {number}" for number in range(200)}


def test_nobody_else_on_the_machine_can_read_the_folder(there: Boxed) -> None:
    assert there.box.folder.stat().st_mode & 0o077 == 0
