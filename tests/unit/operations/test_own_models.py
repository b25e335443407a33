"""How the run here finds a server of your own, and which of its models do what."""

import httpx
import pytest

from ai_voice_local import engines
from ai_voice_local.deployment import DeploymentError
from ai_voice_operations import templates

URL = "http://localhost:11434/v1"
HERE = {"OPENAI_BASE_URL": URL}
MODELS = ("llama3.2:latest", "nomic-embed-text:latest")


def server(*models: str, path: str = "/v1", key: str = "") -> httpx.MockTransport:
    """A server that lists its models below the path."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != f"{path}/models":
            return httpx.Response(404, text="404 page not found")
        if key and request.headers.get("authorization") != f"Bearer {key}":
            return httpx.Response(401, json={"error": {"message": "no"}})
        return httpx.Response(200, json={"object": "list", "data": [{"id": model} for model in models]})

    return httpx.MockTransport(answer)


OLLAMA = server(*MODELS)


def parameters(**variables: str) -> dict[str, str]:
    """What the voice-parser gets with these variables and a server of your own."""
    return engines.named(HERE | variables, transport=OLLAMA)["voice-parser"]


def refusal(variables: dict[str, str], transport: httpx.BaseTransport = OLLAMA) -> str:
    with pytest.raises(DeploymentError) as refused:
        engines.named(variables, transport=transport)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def test_a_named_model_does_what_it_can_and_the_rest_stays_as_it_is_here() -> None:
    usual = engines.told(templates.parameters("voice-parser", "local"))
    chosen = parameters(LANGUAGE_MODEL="llama3.2")
    assert chosen["OpenAiBaseUrl"] == URL
    assert (chosen["LanguageModel"], chosen["Analyzer"], chosen["Answerer"]) == ("llama3.2", "openai", "openai")
    assert chosen["Embedder"] == "none"
    assert usual[0].startswith(f"hears: {chosen['Transcriber']}")
    assert "EmbeddingModel" not in chosen


def test_every_stack_that_asks_the_server_knows_it() -> None:
    chosen = engines.named(
        HERE | {"LANGUAGE_MODEL": "llama3.2", "EMBEDDING_MODEL": "nomic-embed-text"}, transport=OLLAMA
    )
    for folder in ("voice-parser", "realtime", "data-api-server"):
        assert chosen[folder]["OpenAiBaseUrl"] == URL
        assert (chosen[folder]["Answerer"], chosen[folder]["LanguageModel"]) == ("openai", "llama3.2")
        assert (chosen[folder]["Embedder"], chosen[folder]["EmbeddingModel"]) == ("openai", "nomic-embed-text")


def test_an_engine_that_is_named_counts_more() -> None:
    chosen = parameters(LANGUAGE_MODEL="llama3.2", ANALYZER="rules")
    assert (chosen["Analyzer"], chosen["Answerer"]) == ("rules", "openai")


def test_a_transcription_model_hears() -> None:
    assert parameters(TRANSCRIPTION_MODEL="whisper")["Transcriber"] == "openai"


def test_with_a_key_alone_the_models_are_openais() -> None:
    key = {"OPENAI_API_KEY": "sk-1"}
    chosen = engines.named(key | {"LANGUAGE_MODEL": "gpt-7", "OPENAI_BASE_URL": "https://api.openai.com/v1/"})
    assert chosen["voice-parser"] == {"LanguageModel": "gpt-7"}


def test_a_model_without_a_server_is_said_not_to_be_used() -> None:
    told: list[str] = []
    engines.named({"LANGUAGE_MODEL": "llama3.2", "WHISPER_MODEL": "small"}, told.append)
    assert told == ["Not used: LANGUAGE_MODEL. Neither OPENAI_BASE_URL nor OPENAI_API_KEY is set."]


@pytest.mark.parametrize("model", ["llama3.2", "llama3.2:latest"])
def test_a_model_in_the_list_is_no_news(model: str) -> None:
    told: list[str] = []
    engines.named(HERE | {"LANGUAGE_MODEL": model}, told.append, OLLAMA)
    assert told == []


def test_a_model_that_is_not_in_the_list_is_warned_of() -> None:
    told: list[str] = []
    engines.named(HERE | {"LANGUAGE_MODEL": "lama"}, told.append, OLLAMA)
    assert told == [f"LANGUAGE_MODEL=lama may be misspelt: {URL} has the models llama3.2, nomic-embed-text."]


def test_a_server_that_lists_no_models_is_used_as_named() -> None:
    told: list[str] = []
    engines.named(HERE | {"LANGUAGE_MODEL": "lama"}, told.append, httpx.MockTransport(lambda _: httpx.Response(501)))
    assert told == []


def test_without_a_model_the_servers_models_are_told_and_how_to_choose() -> None:
    sentence = refusal(HERE)
    assert sentence.startswith(f"{URL} has the models llama3.2, nomic-embed-text. Name what to use")
    assert all(name in sentence for name in ("LANGUAGE_MODEL", "EMBEDDING_MODEL", "TRANSCRIPTION_MODEL"))
    assert "m11 and 8 more. Name" in refusal(HERE, server(*(f"m{number}" for number in range(20))))


def test_an_engine_without_its_model_is_refused() -> None:
    variables = HERE | {"LANGUAGE_MODEL": "llama3.2", "EMBEDDER": "openai"}
    assert refusal(variables).endswith("Name the one that compares meanings: EMBEDDING_MODEL=….")


@pytest.mark.parametrize("url", ["localhost:11434/v1", "ftp://localhost/v1", "http://localhost:port/v1", "11434"])
def test_what_is_no_url_is_refused(url: str) -> None:
    assert f'OPENAI_BASE_URL is "{url}", but it has to be a URL like' in refusal({"OPENAI_BASE_URL": url})


@pytest.mark.parametrize("url", ["http://8.8.8.8/v1", "http://[2001:4860:4860::8888]/v1"])
def test_what_people_say_does_not_leave_the_network_unencrypted(url: str) -> None:
    assert "unencrypted" in refusal({"OPENAI_BASE_URL": url, "LANGUAGE_MODEL": "m"})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/v1",
        "http://192.168.1.7:1/v1",
        "http://100.64.0.7:1/v1",
        "http://[::1]:1/v1",
        "https://8.8.8.8/v1",
    ],
)
def test_a_server_in_the_own_network_may_be_asked_without_encryption(url: str) -> None:
    chosen = engines.named({"OPENAI_BASE_URL": f"{url}/", "LANGUAGE_MODEL": "llama3.2"}, transport=OLLAMA)
    assert chosen["voice-parser"]["OpenAiBaseUrl"] == url


def test_a_user_name_in_the_url_is_refused_and_not_repeated() -> None:
    sentence = refusal({"OPENAI_BASE_URL": "http://ben:secret@localhost/v1", "LANGUAGE_MODEL": "m"})
    assert "secret" not in sentence


def test_a_server_that_does_not_answer_is_said() -> None:
    def gone(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert f"Nothing answers at {URL}" in refusal(HERE, httpx.MockTransport(gone))


def test_a_server_whose_api_is_elsewhere_is_pointed_at() -> None:
    given = "http://localhost:11434"
    assert refusal({"OPENAI_BASE_URL": given, "LANGUAGE_MODEL": "m"}).endswith(f"set OPENAI_BASE_URL={given}/v1.")


@pytest.mark.parametrize(
    ("given", "said"), [("", "wants a key: set OPENAI_API_KEY"), ("bad", "does not accept OPENAI")]
)
def test_a_server_that_wants_a_key_is_said(given: str, said: str) -> None:
    asks = server("m", key="good")
    variables = HERE | {"LANGUAGE_MODEL": "m", "OPENAI_API_KEY": given}
    assert said in refusal(variables, asks)
    assert engines.named(variables | {"OPENAI_API_KEY": "good"}, transport=asks)


def test_what_runs_here_is_told_with_models_and_server() -> None:
    chosen = parameters(
        LANGUAGE_MODEL="llama3.2", EMBEDDING_MODEL="nomic-embed-text", TRANSCRIBER="openai", TRANSCRIPTION_MODEL="w"
    )
    told = engines.told(templates.parameters("voice-parser", "local") | chosen)
    assert told == [
        f"hears: w at {URL}",
        f"understands and answers: llama3.2 at {URL}",
        f"compares meanings: nomic-embed-text at {URL}",
        "scores moods: own",
    ]
    openai = engines.told(dict.fromkeys(templates.ENGINES, "openai"))
    assert openai[0] == "hears: gpt-transcribe at OpenAI"
    assert len(openai) == 3


def test_a_model_that_hears_english_alone_is_told_with_the_way_out() -> None:
    def told(model: str) -> list[str]:
        return engines.told({"Transcriber": "whisper", "WhisperModel": model})

    assert told("tiny.en")[0] == "hears: whisper tiny.en (English only; WHISPER_MODEL=base hears other languages)"
    assert told("base")[0] == "hears: whisper base"
