"""The proxy before a model server: it passes on, keeps streams streamed, and answers 429 while its switch is on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from support.openai_server import OpenAiServer, running, serving

from ai_voice_local.simulator.model_proxy import ModelProxy
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.api import OpenAi

NOTE = {"intent": "other", "title": "Valves", "tag": "valves", "summary": "Two."}


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with serving(OpenAiServer("Two valves, please.", NOTE)) as behind:
        yield behind


@pytest.fixture
def proxy(server: OpenAiServer) -> Iterator[ModelProxy]:
    with ModelProxy(server.url) as before:
        yield before


def test_the_platform_asks_the_server_through_it(server: OpenAiServer, proxy: ModelProxy) -> None:
    openai = OpenAi("sk-local", proxy.base_url, "responses")
    heard = openai.transcribe(b"OggS", model="m")
    assert heard.text == "Two valves, please."
    assert len(openai.embed(["valve", "boiler"], model="m").vectors) == 2
    assert server.asked == {"/v1/audio/transcriptions": 1, "/v1/embeddings": 1}
    assert server.uploads == ["note.ogg"]


def test_while_its_switch_is_on_nobody_reaches_the_server_and_each_call_is_tried_again_later(
    server: OpenAiServer, proxy: ModelProxy
) -> None:
    openai = OpenAi("sk-local", proxy.base_url, "responses")
    proxy.limit(True)  # noqa: FBT003 - as a switch calls it
    with pytest.raises(RetryLater, match="429"):
        openai.embed(["valve"], model="m")
    assert not server.asked
    proxy.limit(False)  # noqa: FBT003
    assert openai.embed(["valve"], model="m").vectors


def test_without_the_secret_of_the_run_it_passes_on_nothing(server: OpenAiServer, proxy: ModelProxy) -> None:
    origin, _, secret = proxy.base_url.rpartition("/")
    for path in ("/v1/embeddings", "/embeddings", f"/{secret[:-1]}/embeddings", "/"):
        assert httpx.post(f"{origin}{path}", json={}, trust_env=False).status_code == 403
    page = {"Origin": "https://elsewhere.test"}
    assert httpx.post(f"{proxy.base_url}/embeddings", json={}, headers=page, trust_env=False).status_code == 403
    assert not server.asked


def test_a_streamed_answer_comes_piece_by_piece() -> None:
    """The server sends the second piece only once the first has come through."""
    seen = threading.Event()

    class Streaming(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"data: one\n\n")
            seen.wait()
            self.wfile.write(b"data: two\n\n")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
            pass

    behind = ThreadingHTTPServer(("127.0.0.1", 0), Streaming)
    with running(behind), ModelProxy(f"http://127.0.0.1:{behind.server_port}") as proxy:
        with httpx.stream("POST", f"{proxy.base_url}/responses", json={}, trust_env=False) as answer:
            pieces = answer.iter_text()
            assert next(pieces) == "data: one\n\n"
            seen.set()
            assert "".join(pieces) == "data: two\n\n"
        assert answer.headers["content-type"] == "text/event-stream"


def test_a_server_that_is_gone_is_gone_for_who_asks_through_it() -> None:
    with ModelProxy("http://127.0.0.1:9") as proxy, pytest.raises(httpx.RemoteProtocolError):
        httpx.post(f"{proxy.base_url}/embeddings", json={}, trust_env=False)
