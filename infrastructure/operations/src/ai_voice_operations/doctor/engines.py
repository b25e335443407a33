"""Which vendors an environment's parameters choose, and whether OpenAI's key and models work."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx

from ai_voice_operations import templates
from ai_voice_operations.doctor import abilities, model_server
from ai_voice_operations.doctor.abilities import Server
from ai_voice_operations.doctor.environment import CONFIG, Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn
from ai_voice_operations.doctor.models import lifetime
from ai_voice_operations.twilio.api import API
from ai_voice_shared.aws.secrets import Secrets, field
from ai_voice_shared.vendor_failures import REFUSALS, passing

_ENGINES = tuple(templates.ENGINES)
_CHOSEN_BY = {
    "TranscriptionModel": ("Transcriber",),
    "WhisperModel": (),  # it runs here
    "LanguageModel": ("Analyzer", "Answerer"),
    "EmbeddingModel": ("Embedder",),
    "SentimentModel": ("Sentiment",),
}
"""A model that none of these engines uses is not asked for; of any other parameter `…Model`, every value is."""

_START = "start the server there, or correct OpenAiBaseUrl"


def talks_to_twilio(environment: Environment) -> bool:
    """Whether Twilio itself answers senders, not a replacement for it."""
    return environment.value("voice-parser", "TwilioApiUrl") == API


def needs_openai(environment: Environment) -> bool:
    """Whether any stack chooses an engine that uses OpenAI, or a server that speaks its API."""
    return any(_chooses(environment, folder, _ENGINES) for folder in templates.STACKS)


def talks_to_openai(environment: Environment) -> bool:
    """Whether they use OpenAI itself."""
    return all(_base_url(environment, folder) == model_server.OPENAI for folder in templates.STACKS)


def openai(environment: Environment, http: httpx.Client, today: date, *, asks: bool = False) -> Iterator[Finding]:
    """Whether the key works, and each configured model exists, lives long enough, and can do what is needed.

    What models can do is found out by asking them. OpenAI takes money for it, so its models are asked only with `asks`.
    """
    if not needs_openai(environment):
        yield ok("OpenAI is not used")
        return
    name = environment.output("secrets", "OpenAiSecretName")
    key = field(Secrets(environment.session.client("secretsmanager", config=CONFIG)).get(name), "api_key", name)
    dialect = environment.value("voice-parser", "OpenAiDialect")
    for base_url, models in sorted(_models(environment).items()):
        server = Server(base_url, key, http)
        if base_url == model_server.OPENAI:
            yield from _openai_itself(server, models, name, today)
            if asks:
                yield from _abilities(server, models, dialect)
            else:
                yield ok("what OpenAI's models can do was not asked, because that costs a cent: ASK=1 asks")
        else:
            yield from _own(environment, server, models, dialect)


def _openai_itself(server: Server, models: dict[str, str], secret: str, today: date) -> Iterator[Finding]:
    answer = model_server.models(server.base_url, server.key, server.http)
    if not model_server.is_usable(answer):
        yield fail(f"{server.base_url} answers {answer.status_code} to the key of {secret}", _remedy(answer))
        yield from (lifetime(model, setting, today) for model, setting in sorted(models.items()))
        return
    yield ok(f"the key works at {server.base_url}")
    listed = model_server.listed(answer)
    for model, setting in sorted(models.items()):
        if model in listed:
            yield lifetime(model, setting, today, listed[model])
        else:
            yield fail(
                f"model {model} ({setting}) is not there for this key", f"correct {setting}, or allow the project it"
            )


def _own(environment: Environment, server: Server, models: dict[str, str], dialect: str) -> Iterator[Finding]:
    """Whether a server of your own answers and lists the models, and what they can do."""
    if server.base_url.startswith("http:") and environment.name != "local":
        yield fail(f"what people say goes to {server.base_url} unencrypted", "set OpenAiBaseUrl to a URL with https")
    try:
        answer = model_server.models(server.base_url, server.key, server.http)
    except httpx.HTTPError as error:
        yield fail(f"nothing answers at {server.base_url} ({type(error).__name__})", _START)
        return
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        yield fail(f"{server.base_url} answers {answer.status_code} to our key", _remedy(answer))
        return
    yield from _listing(server, models, model_server.listed(answer) if model_server.is_usable(answer) else {})
    yield from _abilities(server, models, dialect)


def _listing(server: Server, models: dict[str, str], listed: dict[str, Any]) -> Iterator[Finding]:
    if not listed:
        yield warn(f"{server.base_url} does not list its models", "see yourself whether their names are spelt right")
        return
    yield ok(f"{server.base_url} lists {len(listed)} model{'s' if len(listed) > 1 else ''}")
    for model, setting in sorted(models.items()):
        if model_server.plain(model) not in listed:
            yield warn(f"{model} ({setting}) is not in this server's list", f"see whether {setting} is spelt right")


def _asked_over(server: Server, dialect: str) -> str:
    """The API that the functions use (`ai_voice_shared.openai.api.Dialect`)."""
    if dialect != "auto":
        return dialect
    return "responses" if server.base_url == model_server.OPENAI else "chat-completions"


def _abilities(server: Server, models: dict[str, str], dialect: str) -> Iterator[Finding]:
    """What the models can do."""
    for model, setting in sorted(models.items()):
        try:
            if "LanguageModel" in setting:
                yield from abilities.of_language_model(server, model, setting, _asked_over(server, dialect))
            if "EmbeddingModel" in setting:
                yield from abilities.of_embedding_model(server, model, setting)
        except httpx.TimeoutException:
            yield fail(f"{model} has not answered a small question in {abilities.SECONDS:g} s", "name a smaller model")
        except httpx.HTTPError as error:
            yield fail(f"{model} was not asked what it can do ({type(error).__name__})", _START)
            return


def _remedy(answer: httpx.Response) -> str:
    if passing("OpenAI", answer.status_code, answer.headers, own=not model_server.from_elsewhere(answer)):
        return "ask again later"
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return "put a key that works"
    if answer.status_code == httpx.codes.FORBIDDEN:
        return "allow the key to list models"
    return f"correct OpenAiBaseUrl, or the server there: {REFUSALS[answer.status_code]}"


def _models(environment: Environment) -> dict[str, dict[str, str]]:
    """For each server, the models that are used, with the parameters that name them."""
    found: dict[str, dict[str, list[str]]] = {}
    for folder in templates.STACKS:
        for name in environment.declared(folder):
            model = environment.value(folder, name)
            if name.endswith("Model") and model and _chooses(environment, folder, _CHOSEN_BY.get(name, _ENGINES)):
                used = found.setdefault(_base_url(environment, folder), {})
                used.setdefault(model, []).append(f"{folder} {name}")
    return {url: {model: ", ".join(settings) for model, settings in used.items()} for url, used in found.items()}


def _chooses(environment: Environment, folder: str, engines: tuple[str, ...]) -> bool:
    return any(environment.value(folder, engine) == "openai" for engine in engines)


def _base_url(environment: Environment, folder: str) -> str:
    return (environment.value(folder, "OpenAiBaseUrl") or model_server.OPENAI).rstrip("/")
