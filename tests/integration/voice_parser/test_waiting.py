"""A model's rate limit, on the deployed platform: the note waits in the queue, and no attempt is counted for it."""

import json
from collections.abc import Iterator

import pytest
from support.deployed import SAMPLES, Deployed, with_openai
from support.openai_server import USED, OpenAiServer, serving
from support.waiting import eventually

TRUTH = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))["knowledge.ogg"]
NOTE = {
    "intent": "knowledge-document",
    "title": "Pump in building seven",
    "tag": "pump-building-seven",
    "summary": "It runs at fifty two degrees.",
    "key_points": ["Switch it off first."],
}
MAX_ATTEMPTS = 2


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAiServer]:
    with serving(OpenAiServer(TRUTH["text"], NOTE)) as running:
        yield running


@pytest.fixture(scope="module")
def few_attempts(server: OpenAiServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("waiting")
    with with_openai(folder, server.url, MaxAttempts=str(MAX_ATTEMPTS), BackoffSeconds="1") as running:
        yield running


def metrics(deployed: Deployed, name: str) -> list[dict[str, object]]:
    """The log lines of the worker that count under this name."""
    lines = (line for line in deployed.logged("voice-parser").splitlines() if line.startswith("{"))
    return [found for found in map(json.loads, lines) if name in found]


def test_a_rate_limit_is_waited_for_as_often_as_it_takes_and_nothing_is_paid_twice(
    few_attempts: Deployed, server: OpenAiServer
) -> None:
    hear, think = "/v1/audio/transcriptions", "/v1/responses"
    server.refusals[hear] = [(429, {"Retry-After": "2"})]
    server.refusals[think] = [(429, {"Retry-After": "1"})] * MAX_ATTEMPTS
    sid = few_attempts.voice("knowledge.ogg").sid
    assert eventually(lambda: (few_attempts.api.note(sid) or {"status": ""})["status"] == "waiting")
    note = few_attempts.settled(sid)
    assert (note["status"], note["title"], note["problem"]) == ("filed", "Pump in building seven", None)
    assert eventually(lambda: few_attempts.api.get("/v1/usage")["messages_sent"] == 1)
    waits = metrics(few_attempts, "NoteWaits")
    assert [(wait["message_id"], wait["seconds"]) for wait in waits] == [(sid, 2), (sid, 1), (sid, 1)]
    assert metrics(few_attempts, "AttemptFailed") == metrics(few_attempts, "MessageParked") == []
    assert (server.asked[hear], server.asked[think]) == (1, 1)
    assert len(few_attempts.platform.twilio.sent) == 1
    used = few_attempts.api.get("/v1/usage")
    assert (used["input_tokens"], used["output_tokens"]) == USED
    assert used["audio_seconds"] == note["duration"]
