"""The demo with models of your own, as the README names them, at two kinds of servers; what the doctor says of all."""

import os
import re
import subprocess
import sys

import httpx
import pytest
from support.compatible_servers import DIMENSIONS, serving
from support.server_manners import SERVERS
from support.waiting import HANGS

from ai_voice_operations.doctor import abilities
from ai_voice_operations.templates import INFRASTRUCTURE

SETTING = "voice-parser LanguageModel"
SAID = {
    "ollama": "keeps to a schema, and writes more around it: only the answer is read",
    "llama.cpp": "keeps to no schema, but has JSON mode",
    "vllm": "keeps to a schema, and writes more around it",
    "lm-studio": "keeps to a schema: its answers are used as soon as they are checked",
    "litellm": "has neither schema nor JSON mode, but writes JSON when told to",
    "bedrock": "keeps to a schema, and writes more around it",
    "strict": "keeps to no schema, but has JSON mode",
    "plain": "has neither schema nor JSON mode, but writes JSON when told to",
    "wilful": "writes what is asked for only the second time",
    "odd": "keeps to a schema: its answers are used as soon as they are checked",
    "astray": "keeps to a schema: its answers are used as soon as they are checked",
    "rubbish": "does not write the JSON that it is asked for",
}


def example() -> dict[str, str]:
    """The variables of the README's example."""
    readme = (INFRASTRUCTURE.parent / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^(OPENAI_BASE_URL=.*) make up$", readme, flags=re.MULTILINE)
    return dict(re.findall(r"(\w+)=(\S+)", line))


@pytest.mark.parametrize("kind", ["ollama", "strict"])
def test_the_demo_runs_with_a_server_of_your_own_and_without_a_key(kind: str) -> None:
    given = example()
    language, embedding = given["LANGUAGE_MODEL"], given["EMBEDDING_MODEL"]
    with serving(kind) as server:
        variables = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"} | given
        done = subprocess.run(
            [sys.executable, "-m", "ai_voice_local", "demo"],
            env=variables | {"OPENAI_BASE_URL": server.url},
            capture_output=True,
            text=True,
            check=False,
            timeout=HANGS,
        )
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert f"understands and answers: {language} at {server.url}" in lines
    assert f"compares meanings: {embedding} at {server.url}" in lines
    assert "✅ Job filed" in done.stdout
    assert "Kept as it is" not in done.stdout
    assert '▶ Send "play 1" to hear source 1.' in done.stdout
    assert "its words in a search                              nothing" in done.stdout
    assert {model["model"] for _, model in server.asked} == {language, embedding}
    assert server.answered["/chat/completions"] >= 5  # three notes, and two questions
    assert server.answered["/embeddings"] >= 5


@pytest.mark.parametrize("kind", SERVERS)
def test_the_doctor_finds_out_what_each_kind_of_server_can_do(kind: str) -> None:
    with serving(kind) as running, httpx.Client() as http:
        server = abilities.Server(running.url, "none", http)
        answers, form, streams, long = abilities.of_language_model(server, "llama3.2", SETTING, "auto")
        (vectors,) = abilities.of_embedding_model(server, "nomic", "voice-parser EmbeddingModel")
    assert answers.what.startswith("llama3.2 answers over Chat Completions")
    assert form.what.startswith(f"llama3.2 {SAID[kind]}")
    assert (form.level == "FAIL") is (kind == "rubbish")
    assert (streams.level, vectors.level) == ("ok", "ok")
    assert "does not know the beginning of a long prompt" in long.what  # as nobody does who has no model
    assert f"vectors of {DIMENSIONS} numbers" in vectors.what
