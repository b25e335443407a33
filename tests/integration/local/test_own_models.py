"""The platform with a server of your own, of every kind: a note is understood and a question answered at each."""

from collections.abc import Iterator

import httpx
import pytest
from support.compatible_servers import CompatibleServer, serving
from support.deployed import Deployed
from support.server_manners import SERVERS, Manners
from support.waiting import HANGS, eventually

from ai_voice_local.platform import platform

_BUSY = {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
LOADING = Manners("llama.cpp's server while it loads its model (its README).", refuse=lambda _asked: (503, _BUSY))


@pytest.fixture(scope="module")
def server() -> Iterator[CompatibleServer]:
    with serving("ollama") as running:
        yield running


@pytest.fixture(scope="module")
def deployed(server: CompatibleServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    own = {"OpenAiBaseUrl": server.url, "LanguageModel": "a-model", "Embedder": "none"}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_API_KEY", "sk-local")
        overrides = {"voice-parser": own | {"BackoffSeconds": "1"}, "data-api-server": own, "realtime": own}
        with platform(tmp_path_factory.mktemp("own"), overrides=overrides) as running:
            yield Deployed(running)


@pytest.mark.parametrize("name", SERVERS)
def test_a_note_and_a_question_go_all_the_way(deployed: Deployed, server: CompatibleServer, name: str) -> None:
    server.manners = SERVERS[name]
    text = f"The pump of hall {name} runs at fifty two degrees."
    sid = deployed.text(text).sid
    note = deployed.settled(sid)
    usable = name != "rubbish"
    assert (note["intent"], note["problem"]) == ("knowledge-document", None if usable else "not_understood")
    assert (deployed.replies_with("simple rules understood this note") == 0) == usable
    assert eventually(lambda: "searchable" in (deployed.api.note(sid) or {"steps": {}})["steps"])
    headers = {"x-api-key": deployed.platform.api_key}
    body = {"question": f"How warm is the pump of hall {name}?", "notes": [sid]}
    answer = httpx.post(f"{deployed.api.url}/v1/ask", json=body, headers=headers, timeout=HANGS).json()
    assert [statement["text"] for statement in answer["statements"]] == [text]
    assert answer["engine"].startswith("openai a-model" if usable else "extracts, because openai a-model gave")


def test_a_server_that_still_loads_its_model_takes_no_note_away(deployed: Deployed, server: CompatibleServer) -> None:
    server.manners = LOADING
    before = len(server.asked)
    sid = deployed.text("The roof of hall nine leaks since Monday evening.").sid
    assert eventually(lambda: len(server.asked) > before + 1)
    server.manners = SERVERS["odd"]
    note = deployed.settled(sid)
    assert (note["intent"], note["problem"]) == ("knowledge-document", None)
