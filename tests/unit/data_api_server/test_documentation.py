"""The documentation is public, works behind a stage, and is true."""

import base64
import hashlib
import re
import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.intents import NAMES, AnyIntent, JobToBeDone
from data_api_server import examples, models, person_examples, person_models

PUBLIC = ("/health", "/docs", "/openapi.json")


def _routes(gateway: Gateway) -> dict[tuple[str, str], Any]:
    """The documented routes by method and path."""
    paths = gateway.get("/openapi.json").json()["paths"]
    return {(method.upper(), path): route for path, methods in paths.items() for method, route in methods.items()}


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("stage", ["$default", "dev"])
def test_public_pages_ask_for_no_key_and_work_behind_a_stage(stranger: Gateway, path: str, stage: str) -> None:
    assert Gateway(stranger.handle, None, stage).get(path).status == 200


def test_every_route_works_behind_a_stage(acme: Gateway) -> None:
    assert Gateway(acme.handle, stage="dev").get("/v1/notes").status == 200
    assert Gateway(acme.handle, stage="v1").get("/v1/notes").status == 200
    assert Gateway(acme.handle, stage="dev").get("/v1/nothing").status == 404


def test_the_page_finds_its_schema_wherever_it_is(stranger: Gateway) -> None:
    assert 'fetch("openapi.json")' in stranger.get("/docs").body
    assert Gateway(stranger.handle, None, "dev").get("/openapi.json").json()["servers"] == [{"url": "."}]


def _hashes(page: str, tag: str) -> list[str]:
    """As a browser makes them of each inline block."""
    blocks = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, flags=re.DOTALL)
    digests = [hashlib.sha256(block.encode()).digest() for block in blocks]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def test_the_page_runs_nothing_but_its_own_script_and_asks_nobody_else(stranger: Gateway) -> None:
    answer = stranger.get("/docs")
    policy = dict(one.strip().split(" ", 1) for one in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert [policy["script-src"]] == _hashes(answer.body, "script")
    assert [policy["style-src"]] == _hashes(answer.body, "style")
    assert (policy["connect-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'self'", "'none'", "'none'")
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert re.findall(r"https?:|//[a-z]|innerHTML|\ssrc=|\son\w+=|\sstyle=|@import|url\(", answer.body) == []


@pytest.mark.parametrize("path", ["/health", "/openapi.json", "/v1/notes", "/v1/nothing"])
def test_a_browser_runs_and_frames_nothing_else(acme: Gateway, path: str) -> None:
    headers = acme.get(path).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_is_read_when_it_is_asked_for_and_not_at_a_cold_start() -> None:
    program = "import data_api_server.docs as docs; import data_api_server.app; print(docs._page.cache_info().currsize)"
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "0\n"


def test_health_says_ok(stranger: Gateway) -> None:
    assert stranger.get("/health").json() == {"status": "ok"}


def test_every_route_shows_an_example_and_documents_its_problems(acme: Gateway) -> None:
    for (_, path), route in _routes(acme).items():
        responses = route["responses"]
        assert "example" in responses.pop("202" if "202" in responses else "200")["content"]["application/json"], path
        assert responses.keys() >= ({"401", "422", "500", "503"} if path.startswith("/v1") else set()), path
        for response in responses.values():
            assert list(response["content"]) == ["application/problem+json"]


def test_every_route_but_health_needs_a_key_and_refuses_who_has_none(acme: Gateway, stranger: Gateway) -> None:
    routes = _routes(acme)
    assert routes.pop(("GET", "/health")).get("security") is None
    assert {"/v1/notes", "/v1/notes/{message_id}", "/v1/files", "/v1/search"} <= {path for _, path in routes}
    for (method, path), route in routes.items():
        assert route["security"] == [{"ApiKey": []}]
        assert stranger.ask(method, path).status == 401
    schemes = acme.get("/openapi.json").json()["components"]["securitySchemes"]
    assert (schemes["ApiKey"]["in"], schemes["ApiKey"]["name"]) == ("header", "x-api-key")


def test_the_documented_intents_are_those_there_are(acme: Gateway) -> None:
    (intent,) = (one for one in _routes(acme)["GET", "/v1/notes"]["parameters"] if one["name"] == "intent")
    assert intent["schema"]["anyOf"][0]["enum"] == list(NAMES)


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (models.Health, examples.HEALTH),
        (models.NotesPage, examples.NOTES_PAGE),
        (models.NoteDetail, examples.NOTE_DETAIL),
        (models.SearchPage, examples.SEARCH_PAGE),
        (models.FilesPage, examples.FILES_PAGE),
        (models.FileUrl, examples.FILE_URL),
        (person_models.PersonRequest, person_examples.REQUEST),
        (person_models.PersonRequestDetail, person_examples.DETAIL),
        (person_models.PersonRequests, person_examples.REQUESTS),
    ],
)
def test_examples_are_true(model: type[BaseModel], example: dict[str, Any]) -> None:
    assert model.model_validate(example, strict=False)


def test_the_examples_structure_is_one_that_is_filed() -> None:
    structure: AnyIntent = JobToBeDone.model_validate(examples.NOTE_DETAIL["structure"])
    assert structure.intent in NAMES
