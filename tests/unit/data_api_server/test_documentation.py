"""The documentation is public, works under an API stage, and is true."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.domain import Limits
from ai_voice_shared.intents import NAMES, AnyIntent, JobToBeDone
from data_api_server.gateway.problem_texts import LARGEST_BODY
from data_api_server.models import corrections, examples, models, person_examples
from data_api_server.models import persons as person_models

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
    program = (
        "import data_api_server.gateway.docs as docs; import data_api_server.app; "
        "print(docs._page.cache_info().currsize)"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "0\n"


def test_health_says_ok(stranger: Gateway) -> None:
    assert stranger.get("/health").json() == {"status": "ok"}


def test_every_route_shows_an_example_and_documents_its_problems(acme: Gateway) -> None:
    for (_, path), route in _routes(acme).items():
        responses = route["responses"]
        done = next(status for status in ("200", "201", "202", "204") if status in responses)
        shown = responses.pop(done).get("content", {})
        assert (done == "204") == (not shown), path
        assert shown == {} or any("example" in content for content in shown.values()), path
        assert responses.keys() >= ({"401", "403", "503"} if path.startswith("/v1") else set()), path
        assert responses.keys() >= {"413", "422", "429", "500", "503"}
        assert ("404" in responses) >= ("{" in path), path
        assert (responses.keys() >= {"400", "415"}) == ("requestBody" in route), path
        for status, response in responses.items():
            assert response["description"]
            assert ("content" in response) == (status != "304")
            assert response.get("content", {}).keys() <= {"application/problem+json", "application/json"}
            for content in response.get("content", {}).values():
                assert set(content) == {"schema", "example"}


def test_what_api_gateway_itself_answers_is_documented(acme: Gateway) -> None:
    for (_, path), route in _routes(acme).items():
        own = {status for status, one in route["responses"].items() if _says_message(one)}
        assert own == {"413", "429", "500", "503"} | ({"401", "403"} if path.startswith("/v1") else set())
    told = acme.get("/openapi.json").json()["info"]["description"]
    assert "404 for a path or a method that no route has" in " ".join(told.split())


def _says_message(response: dict[str, Any]) -> bool:
    content = response.get("content", {}).get("application/json", {})
    return bool(content.get("schema") == {"$ref": "#/components/schemas/GatewayMessage"})


def test_every_reference_leads_somewhere(acme: Gateway) -> None:
    document = acme.get("/openapi.json").json()
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named <= document["components"]["schemas"].keys()
    assert {"Problem", "GatewayMessage"} <= named


def test_the_limits_are_documented_as_they_are(acme: Gateway) -> None:
    told = acme.get("/openapi.json").json()["info"]["description"]
    limits = Limits()
    for number in (limits.key_requests, limits.questions, limits.connections, LARGEST_BODY):
        assert f"{number:,}" in told


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
        (corrections.Correction, examples.CORRECTION),
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
