"""The stand-ins for compatible servers: each answers in its own way, and none of them needs a model."""

import json
from typing import Any

import httpx2
import pytest
from support.compatible_servers import DIMENSIONS, serving
from support.server_manners import SERVERS

SCHEMA = {
    "type": "object",
    "properties": {"language": {"type": "string"}, "title": {"type": "string"}},
    "required": ["language", "title"],
}
NOTE = "<note>\nThe pump in building seven runs at fifty two degrees.\n</note>"
TITLE = "The pump in building seven runs at fifty"


def completion(url: str, **more: Any) -> httpx2.Response:
    told = f"Answer in this JSON schema:\n{json.dumps(SCHEMA)}"
    messages = [{"role": "user", "content": f"{told}\n\n{NOTE}"}]
    return httpx2.post(f"{url}/chat/completions", json={"model": "m", "messages": messages, **more})


def _text(delta: dict[str, Any]) -> str:
    return str(delta.get("content") or delta.get("reasoning_content") or "")


@pytest.mark.parametrize("name", sorted(set(SERVERS) - {"wilful", "rubbish"}))
def test_a_server_tells_a_title_in_an_answer_and_in_a_stream(name: str) -> None:
    with serving(name) as server:
        message = completion(server.url).json()["choices"][0]["message"]
        assert json.dumps(TITLE) in (message["content"] or message["reasoning_content"])
        lines = completion(server.url, stream=True).text.splitlines()
        events = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
        deltas = [choice["delta"] for event in events for choice in event["choices"]]
        assert json.dumps(TITLE) in "".join(_text(delta) for delta in deltas)


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_makes_vectors_of_one_length_and_says_what_it_lacks(name: str) -> None:
    with serving(name) as server:
        answer = httpx2.post(f"{server.url}/embeddings", json={"model": "m", "input": ["a pump", "a pump", "a roof"]})
        one, same, other = [row["embedding"] for row in answer.json()["data"]]
        assert one == same != other
        assert len(one) == DIMENSIONS
        assert httpx2.get(f"{server.url}/models").json()["data"]
        unknown = httpx2.post(f"{server.url}/nothing", json={})
        assert unknown.status_code == 404 or "error" in unknown.json()
