"""The files over HTTP."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from support.account import Account
from unit.data_api_server.gateway import ACME, SID, Gateway, key, put


def test_files_are_listed_with_the_parts_of_their_keys(account: Account, acme: Gateway) -> None:
    put(account, key(ACME, "audio.ogg"), b"OggS")
    (listed,) = acme.get("/v1/files").json()["files"]
    modified = datetime.fromisoformat(listed.pop("modified"))
    assert datetime.now(UTC) - modified < timedelta(minutes=5)
    assert listed == {
        "key": key(ACME, "audio.ogg"),
        "intent": "job-to-be-done",
        "tag": "boiler",
        "message_id": SID,
        "file_type": "audio",
        "size": 4,
    }


def test_files_of_one_intent_are_listed_alone(account: Account, acme: Gateway) -> None:
    put(account, key(ACME, "audio.ogg"))
    wanted = put(account, key(ACME, "audio.ogg", intent="other"))
    files = acme.get("/v1/files", intent="other").json()["files"]
    assert [one["key"] for one in files] == [wanted]


def test_objects_of_another_shape_are_skipped_and_do_not_end_the_list(account: Account, acme: Gateway) -> None:
    keys = sorted(put(account, key(ACME, "audio.ogg", tag=tag)) for tag in ("a", "c", "e"))
    for name in ("b", "d", "ü f.txt"):
        put(account, f"{ACME}/job-to-be-done/{name}")
    seen: list[str] = []
    parameters: dict[str, object] = {"limit": 1}
    while True:
        page = acme.get("/v1/files", **parameters).json()
        seen += [one["key"] for one in page["files"]]
        if page["next"] is None:
            break
        parameters["cursor"] = page["next"]
    assert seen == keys


def test_the_last_full_page_has_no_next(account: Account, acme: Gateway) -> None:
    put(account, key(ACME, "audio.ogg"))
    assert acme.get("/v1/files", limit=1).json()["next"] is None


def test_a_file_url_is_signed_for_a_while_and_for_players(account: Account, acme: Gateway) -> None:
    at = put(account, key(ACME, "audio.ogg"))
    before = datetime.now(UTC)
    answer = acme.get("/v1/files/url", key=at).json()
    url = urlsplit(answer["url"])
    parameters = parse_qs(url.query)
    assert url.scheme == "https"
    assert url.path.endswith(at)
    assert parameters["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert parameters["X-Amz-Expires"] == ["900"]
    assert parameters["response-content-type"] == [answer["content_type"]] == ["audio/ogg"]
    assert parameters["response-content-disposition"] == [f'inline; filename="boiler_{SID}_audio.ogg"']
    assert timedelta(0) <= datetime.fromisoformat(answer["expires_at"]) - before - timedelta(seconds=900)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("full_text.txt", "text/plain; charset=utf-8"), ("segments.json", "application/json"), ("audio.amr", "audio/amr")],
)
def test_a_file_is_served_as_what_it_is(account: Account, acme: Gateway, name: str, expected: str) -> None:
    at = put(account, key(ACME, name))
    assert acme.get("/v1/files/url", key=at).json()["content_type"] == expected


def test_a_web_page_somebody_sent_is_never_shown_as_one(account: Account, acme: Gateway) -> None:
    at = put(account, key(ACME, "document.html"), b"<script>")
    assert acme.get("/v1/files/url", key=at).json()["content_type"] == "application/octet-stream"
