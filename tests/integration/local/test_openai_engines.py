"""The platform with OpenAI's engines and vectors, deployed, with a server that speaks OpenAI's API and lies."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from support import deployed
from support.deployed import SAMPLES, Deployed
from support.openai_server import OpenAiServer, serving
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY, platform
from ai_voice_operations.__main__ import main

TRUTH = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))["knowledge.ogg"]
NOTE = {
    "intent": "knowledge-document",
    "title": "Pump in building seven",
    "tag": "pump-building-seven",
    "summary": "It runs at fifty two degrees.",
    "key_points": ["Switch it off first."],
}


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAiServer]:
    with serving(OpenAiServer(TRUTH["text"], NOTE)) as running:
        yield running


@pytest.fixture(scope="module")
def with_openai(server: OpenAiServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with deployed.with_openai(tmp_path_factory.mktemp("openai"), server.url) as running:
        yield running


@pytest.fixture(scope="module")
def message_id(with_openai: Deployed) -> str:
    sid = with_openai.voice("knowledge.ogg").sid
    with_openai.settled(sid)
    assert eventually(lambda: "searchable" in (with_openai.api.note(sid) or {"steps": {}})["steps"])
    return sid


def test_a_transcript_without_times_gets_ours_within_a_second_and_a_half(
    with_openai: Deployed, server: OpenAiServer, message_id: str
) -> None:
    note = with_openai.api.note(message_id)
    assert note is not None
    assert (note["intent"], note["title"]) == ("knowledge-document", "Pump in building seven")
    assert [segment["text"] for segment in note["segments"]] == [one["text"] for one in TRUTH["sentences"]]
    for segment, sentence in zip(note["segments"], TRUTH["sentences"], strict=True):
        assert abs(segment["start"] - sentence["start"]) < 1.5
        assert abs(segment["end"] - sentence["end"]) < 1.5
    assert server.uploads == ["note.ogg"]


def test_an_answer_keeps_the_truth_and_drops_the_lies(with_openai: Deployed, message_id: str) -> None:
    headers = {"x-api-key": with_openai.platform.api_key}
    body = {"question": "When was the repair measured?"}
    answer = httpx.post(f"{with_openai.api.url}/v1/ask", json=body, headers=headers, timeout=HANGS).json()
    assert answer["engine"].startswith("openai ")
    assert [statement["text"] for statement in answer["statements"]] == ["It was measured on Tuesday."]
    (citation,) = answer["statements"][0]["citations"]
    assert citation["message_id"] == message_id
    assert citation["quote"] == "measured this on Tuesday"
    assert citation["quote"] in TRUTH["text"]


def test_an_analysis_keeps_the_truth_drops_the_lies_and_follows_an_erasure(with_openai: Deployed) -> None:
    """On the deployed platform, with its roles; the note is one of its own, since it is erased at the end."""
    sid = with_openai.voice("knowledge.ogg").sid
    with_openai.settled(sid)
    url, headers = f"{with_openai.api.url}/v1", {"x-api-key": with_openai.platform.api_key}
    body = {"template_id": "summary", "note_ids": [sid]}
    asked = httpx.post(f"{url}/analyses", json=body, headers=headers, timeout=HANGS)
    assert asked.status_code == 202, asked.text
    address = f"{url}/analyses/{asked.json()['analysis_id']}"

    def read() -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(address, headers=headers, timeout=HANGS).json()
        return found

    assert eventually(lambda: read()["status"] == "ready")
    analysis = read()
    assert (analysis["left_out"], [one["message_id"] for one in analysis["sources"]]) == (2, [sid])
    (statement,) = analysis["sections"][0]["statements"]
    assert (statement["text"], statement["citations"][0]["quote"]) == (
        "It was measured on Tuesday.",
        "measured this on Tuesday",
    )
    assert "#t=" in statement["citations"][0]["audio_url"]
    written = httpx.get(f"{address}/markdown", headers=headers, timeout=HANGS)
    assert "[^1]: " in written.text
    erased = httpx.delete(f"{url}/notes/{sid}", headers=headers, timeout=HANGS)
    assert erased.status_code == 200, erased.text
    assert (read()["erased_notes"], read()["sections"][0]["statements"]) == (1, [])
    assert httpx.delete(address, headers=headers, timeout=HANGS).status_code == 204


def test_the_index_has_vectors_and_searches_with_them(
    with_openai: Deployed, server: OpenAiServer, message_id: str
) -> None:
    before = server.asked["/v1/embeddings"]
    assert before
    found = with_openai.api.get("/v1/search", q="degrees of the pump")["passages"]
    assert found[0]["message_id"] == message_id
    assert server.asked["/v1/embeddings"] == before + 1


def test_an_equal_question_is_not_paid_for_again(with_openai: Deployed, server: OpenAiServer, message_id: str) -> None:
    headers = {"x-api-key": with_openai.platform.api_key}
    body = {"question": "When was the repair measured, exactly?", "notes": [message_id]}
    url = f"{with_openai.api.url}/v1/ask"
    first = httpx.post(url, json=body, headers=headers, timeout=HANGS).json()
    paid = server.asked["/v1/responses"]
    again = httpx.post(url, json=body, headers=headers, timeout=HANGS).json()
    assert [one["text"] for one in again["statements"]] == [one["text"] for one in first["statements"]]
    assert server.asked["/v1/responses"] == paid


def test_a_rebuild_makes_the_vectors_that_the_functions_compare(
    with_openai: Deployed, server: OpenAiServer, message_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["index-rebuild", "--environment", "local", "--company", COMPANY]
    assert main([*command, "--embedder", "none"]) == 0
    main(["doctor", "--environment", "local"])
    assert f"searched by words alone … make index-rebuild COMPANY={COMPANY} ENV=local" in capsys.readouterr().out
    before = server.asked["/v1/embeddings"]
    assert main(command) == 0
    assert server.asked["/v1/embeddings"] == before + 1
    main(["doctor", "--environment", "local"])
    assert "search indexes with vectors of text-embedding-3-small: 1 of the 1 looked at" in capsys.readouterr().out
    asked = server.asked["/v1/embeddings"]
    assert eventually(lambda: with_openai.found(message_id, "degrees of the pump"))
    assert eventually(lambda: with_openai.found(message_id, "degrees") and server.asked["/v1/embeddings"] > asked)


def test_a_key_of_an_earlier_run_is_not_for_a_server_of_your_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    for key, url in (("sk-of-openai", ""), ("", "http://127.0.0.1:9/v1")):
        monkeypatch.setenv("OPENAI_API_KEY", key)
        with platform(tmp_path, keep=True, overrides={"voice-parser": {"OpenAiBaseUrl": url}}) as running:
            secret = boto3.client("secretsmanager").get_secret_value(SecretId=running.outputs.openai_secret)
            kept.append(json.loads(secret["SecretString"])["api_key"])
    assert kept == ["sk-of-openai", "none"]
