"""Which vendors an environment's parameters choose, and whether OpenAI's key and models work."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx

from ai_voice_operations import templates
from ai_voice_operations.doctor import model_server
from ai_voice_operations.doctor.environment import CONFIG, Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn
from ai_voice_operations.doctor.models import lifetime
from ai_voice_operations.twilio.api import API
from ai_voice_shared.aws.secrets import Secrets, field
from ai_voice_shared.vendor_failures import REFUSALS, passing

_ENGINES = tuple(templates.ENGINES)
_CHOSEN_BY = {
    "TranscriptionModel": ("Transcriber",),
    "LanguageModel": ("Analyzer", "Answerer"),
    "EmbeddingModel": ("Embedder",),
}
"""A model that none of these engines uses is not asked for; of any other parameter `…Model`, every value is."""


def talks_to_twilio(environment: Environment) -> bool:
    """Whether Twilio itself answers senders, not a replacement for it."""
    return environment.value("voice-parser", "TwilioApiUrl") == API


def needs_openai(environment: Environment) -> bool:
    """Whether any stack chooses an engine that uses OpenAI, or a server that speaks its API."""
    return any(_chooses(environment, folder, _ENGINES) for folder in templates.STACKS)


def talks_to_openai(environment: Environment) -> bool:
    """Whether they use OpenAI itself."""
    return all(_base_url(environment, folder) == model_server.OPENAI for folder in templates.STACKS)


def openai(environment: Environment, http: httpx.Client, today: date) -> Iterator[Finding]:
    """Whether the key works, and each configured model exists and lives long enough."""
    if not needs_openai(environment):
        yield ok("OpenAI is not used")
        return
    name = environment.output("secrets", "OpenAiSecretName")
    key = field(Secrets(environment.session.client("secretsmanager", config=CONFIG)).get(name), "api_key", name)
    for base_url, models in sorted(_models(environment).items()):
        answer = model_server.models(base_url, key, http)
        if model_server.is_usable(answer):
            yield ok(f"the key works at {base_url}")
            listed = model_server.listed(answer)
            for model, setting in sorted(models.items()):
                yield from _model(model, setting, listed, today, strict=base_url == model_server.OPENAI)
        else:
            yield fail(f"{base_url} answers {answer.status_code} to the key of {name}", _remedy(answer))
            yield from (lifetime(model, setting, today) for model, setting in sorted(models.items()))


def _model(model: str, setting: str, listed: dict[str, Any], today: date, *, strict: bool) -> Iterator[Finding]:
    if (name := model_server.plain(model)) in listed:
        yield lifetime(model, setting, today, listed[name])
    elif strict:
        yield fail(
            f"model {model} ({setting}) is not there for this key", f"correct {setting}, or allow the project it"
        )
    else:
        yield warn(f"model {model} ({setting}) is not in this server's list", f"see whether {setting} is spelt right")


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
