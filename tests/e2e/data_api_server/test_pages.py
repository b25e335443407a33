"""What a client and a browser get without a key."""

import gzip

import httpx
from support.deployed import Deployed
from support.waiting import eventually


def test_health_is_public(deployed: Deployed) -> None:
    assert deployed.api.get("/health")["status"] == "ok"


def test_the_documentation_works_behind_a_stage(deployed: Deployed) -> None:
    page = httpx.get(f"{deployed.api.url}/docs")
    assert page.status_code == 200
    schema = httpx.get(str(httpx.URL(f"{deployed.api.url}/docs").join("openapi.json"))).json()
    assert "/v1/notes" in schema["paths"]


def test_head_answers_as_get_without_the_body(deployed: Deployed) -> None:
    key = {"x-api-key": deployed.platform.api_key}
    for path in ("/health", "/docs", "/openapi.json", "/v1/notes", "/v1/search?q=valve", "/v1/notes/SM404"):
        got, head = (httpx.request(method, deployed.api.url + path, headers=key) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (got.status_code, b""), path
    assert httpx.head(f"{deployed.api.url}/v1/notes").status_code == 401
    assert httpx.head(f"{deployed.api.url}/v1/notes", headers={"x-api-key": "avt_wrong"}).status_code == 403


def test_a_body_that_cannot_be_read_is_told_why(deployed: Deployed) -> None:
    key = {"x-api-key": deployed.platform.api_key, "content-type": "application/json"}
    compressed = key | {"content-encoding": "gzip"}
    for headers, body, status, told in (
        (key, b'{"question": ', 400, "Is not JSON"),
        (key, b"", 400, "There is no body"),
        (key | {"content-type": "text/plain"}, b'{"question": "x"}', 415, "Should be JSON"),
        (compressed, gzip.compress(b'{"question": "x"}'), 415, "Is compressed"),
    ):
        answer = httpx.post(f"{deployed.api.url}/v1/ask", headers=headers, content=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, "body")
        assert answer.json()["errors"][0]["problem"].startswith(told)


def test_a_plus_before_a_time_zone_may_be_written_as_it_is(deployed: Deployed) -> None:
    url = f"{deployed.api.url}/v1/notes?since=2026-11-20T10:12:00+01:00"
    assert httpx.get(url, headers={"x-api-key": deployed.platform.api_key}).status_code == 200


def test_what_changed_is_listed_and_what_is_found_is_paged(deployed: Deployed) -> None:
    since = deployed.settled(deployed.text("Please count the keys in box 9102 today.").sid)["updated_at"]
    sid = deployed.settled(deployed.text("Please count the keys in box 9103 today.").sid)["message_id"]
    changed = deployed.api.get("/v1/notes", updated_since=since, status="filed", kind="text")["notes"]
    assert sid in [note["message_id"] for note in changed]
    assert eventually(lambda: len(deployed.api.get("/v1/search", q="count the keys in box")["passages"]) > 1)
    first = deployed.api.get("/v1/search", q="count the keys in box", limit=1)
    second = deployed.api.get("/v1/search", q="count the keys in box", limit=1, cursor=first["next"])
    assert first["passages"][0]["message_id"] != second["passages"][0]["message_id"]


def test_a_presigned_url_of_a_changed_key_is_refused(deployed: Deployed) -> None:
    note = deployed.settled(deployed.text("Please count the keys in box 9101 today.").sid)
    url = note["artifacts"][0]["url"]
    assert httpx.get(url).status_code == 200
    assert httpx.get(url.replace("acme-heating", "nordic-lifts")).status_code in {403, 404}
