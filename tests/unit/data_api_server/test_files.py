"""The files over HTTP."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from support.account import Account
from unit.data_api_server.gateway import ACME, SID, Gateway, key, put


def test_files_are_listed_with_the_parts_of_their_keys(account: Account, acme: Gateway) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    put(account, key(ACME, "audio.ogg"), b"OggS")
    (listed,) = acme.get("/v1/files").json()["files"]
    assert before <= datetime.fromisoformat(listed.pop("modified")) <= datetime.now(UTC)
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
    [
        ("full_text.txt", "text/plain; charset=utf-8"),
        ("segments.json", "application/json"),
        ("audio.amr", "audio/amr"),
        ("audio.m4a", "audio/mp4"),
        ("audio.webm", "audio/webm"),
        ("audio-2.3gp", "audio/3gpp"),
        ("video.webm", "video/webm"),
        ("video-2.3gp", "video/3gpp"),
        ("audio.oga", "audio/ogg"),
        ("image.jpeg", "image/jpeg"),
        ("contact.vcf", "text/vcard"),
        ("document.bin", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_what_it_is(account: Account, acme: Gateway, name: str, expected: str) -> None:
    at = put(account, key(ACME, name))
    assert acme.get("/v1/files/url", key=at).json()["content_type"] == expected


@pytest.mark.parametrize("extension", ["html", "htm", "svg", "xml", "xhtml", "js", "mjs"])
def test_what_a_browser_would_run_is_saved_and_never_shown(account: Account, acme: Gateway, extension: str) -> None:
    at = put(account, key(ACME, f"document.{extension}"), b"<script>")
    answer = acme.get("/v1/files/url", key=at).json()
    parameters = parse_qs(urlsplit(answer["url"]).query)
    assert parameters["response-content-type"] == [answer["content_type"]] == ["application/octet-stream"]
    assert parameters["response-content-disposition"] == [f'attachment; filename="boiler_{SID}_document.{extension}"']


@pytest.mark.parametrize("name", ["contact.vcf", "document.docx", "document.csv", "document.zip", "document.bin"])
def test_what_a_browser_need_not_show_is_saved(account: Account, acme: Gateway, name: str) -> None:
    url = urlsplit(acme.get("/v1/files/url", key=put(account, key(ACME, name))).json()["url"])
    assert parse_qs(url.query)["response-content-disposition"][0].startswith("attachment;")


@pytest.mark.parametrize("name", ["audio.m4a", "video.mp4", "image.png", "document.pdf", "full_text.txt"])
def test_what_a_browser_plays_and_shows_stays_in_it(account: Account, acme: Gateway, name: str) -> None:
    url = urlsplit(acme.get("/v1/files/url", key=put(account, key(ACME, name))).json()["url"])
    assert parse_qs(url.query)["response-content-disposition"][0].startswith("inline;")
