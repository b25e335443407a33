"""Which engines the platform runs with here, and with which models of which server, as the environment says.

Those of local.json; with OPENAI_BASE_URL, a server's of your own for what a model is named; with OPENAI_API_KEY alone,
OpenAI's for everything; and those that a variable names.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from ai_voice_local.deployment import DeploymentError
from ai_voice_local.ports import LOOPBACK
from ai_voice_operations import templates
from ai_voice_operations.doctor import model_server
from ai_voice_shared.environment import normalized_url

type Choice = dict[str, dict[str, str]]
"""Parameters of stacks, by folder."""

_USES = {
    "Transcriber": "TranscriptionModel",
    "Analyzer": "LanguageModel",
    "Answerer": "LanguageModel",
    "Embedder": "EmbeddingModel",
    "Sentiment": "SentimentModel",
}
"""Which model an engine asks, if it speaks OpenAI's API."""

_MODELS = {
    "LanguageModel": "LANGUAGE_MODEL",
    "EmbeddingModel": "EMBEDDING_MODEL",
    "SentimentModel": "SENTIMENT_MODEL",
    "TranscriptionModel": "TRANSCRIPTION_MODEL",
    "WhisperModel": "WHISPER_MODEL",
}
"""The parameters that name a model, and the variables that set them here."""

_DOES = {
    "Transcriber": "hears",
    "Analyzer": "understands",
    "Answerer": "answers",
    "Embedder": "compares meanings",
    "Sentiment": "scores moods",
}

_ENGLISH_ONLY = " (English only; WHISPER_MODEL=base hears other languages)"

_EXAMPLE = "http://localhost:11434/v1"
_HOW_TO_CHOOSE = (
    "LANGUAGE_MODEL (understands and answers), EMBEDDING_MODEL (compares meanings), TRANSCRIPTION_MODEL (hears)"
)
_ANSWER_SECONDS = 10.0
_SHOWN = 12
"""Models in a sentence; some servers list hundreds."""


def everywhere(engines: Mapping[str, str]) -> Choice:
    """The parameters, for each stack that declares them."""
    declared = {folder: templates.read(folder)["Parameters"] for folder in templates.STACKS}
    chosen = {folder: {name: engines[name] for name in engines if name in declared[folder]} for folder in declared}
    return {folder: parameters for folder, parameters in chosen.items() if parameters}


def named(
    variables: Mapping[str, str],
    warn: Callable[[str], None] = lambda _sentence: None,
    transport: httpx.BaseTransport | None = None,
) -> Choice:
    """What the variables name; a server of your own is asked which models it has.

    Raises DeploymentError for an engine that does not exist, and for a server that cannot be used. `warn` gets what may
    be on purpose; `transport` is for tests.
    """
    engines = _engines(variables)
    models = {name: model for name, variable in _MODELS.items() if (model := _value(variables, variable))}
    if base_url := _base_url(variables):
        engines = {engine: "openai" if _USES[engine] in models else _usual(engine) for engine in _USES} | engines
        listed = _listed(base_url, _value(variables, "OPENAI_API_KEY"), transport)
        _check_models(base_url, listed, engines, models, warn)
        return everywhere({"OpenAiBaseUrl": base_url, **engines, **models})
    unused = [_MODELS[name] for name in sorted(set(_USES.values()) & models.keys())]
    if unused and not _value(variables, "OPENAI_API_KEY"):
        warn(f"Not used: {', '.join(unused)}. Neither OPENAI_BASE_URL nor OPENAI_API_KEY is set.")
    return everywhere(engines | models)


def told(parameters: Mapping[str, str]) -> list[str]:
    """What the engines of the voice-parser's parameters do, with their models and servers, as lines for people."""
    declared = templates.read("voice-parser")["Parameters"]
    values = {name: str(one.get("Default", "")) for name, one in declared.items()} | dict(parameters)
    does: dict[str, list[str]] = {}
    for engine, verb in _DOES.items():
        if values[engine] != "none":
            does.setdefault(_in_words(engine, values), []).append(verb)
    return [f"{' and '.join(verbs)}: {by}" for by, verbs in does.items()]


def _engines(variables: Mapping[str, str]) -> dict[str, str]:
    """The engines that `TRANSCRIBER` and its like name."""
    found = {name: engine for name in templates.ENGINES if (engine := _value(variables, name.upper()))}
    for name, engine in found.items():
        if problem := templates.refusal({"Type": "String", "AllowedValues": templates.engines(name)}, engine):
            raise DeploymentError(f'{name.upper()} is "{engine}", but it has to be {problem}.')
    return found


def _usual(engine: str) -> str:
    """The engine that runs here if nothing is named."""
    default = templates.read("voice-parser")["Parameters"][engine]["Default"]
    return templates.parameters("voice-parser", "local").get(engine, str(default))


def _base_url(variables: Mapping[str, str]) -> str:
    """The server's URL; empty for none, and for OpenAI's own. What people say leaves the network only encrypted."""
    given = _value(variables, "OPENAI_BASE_URL")
    try:
        url = normalized_url(given)
        parts = urlsplit(url)
    except ValueError:
        raise DeploymentError(f'OPENAI_BASE_URL is "{given}", but it has to be a URL like {_EXAMPLE}.') from None
    if parts.username is not None:
        raise DeploymentError("OPENAI_BASE_URL holds a user name. Set only the URL, and a key as OPENAI_API_KEY.")
    if parts.scheme == "http" and not _is_near(parts.hostname or ""):
        raise DeploymentError(
            f"What people say would go to {url} unencrypted: use https, or a server on this machine or in its network."
        )
    return "" if url == model_server.OPENAI else url


def _is_near(host: str) -> bool:
    """Whether all addresses of the host are of this machine, or of networks that the internet does not reach.

    Raises DeploymentError if nobody here knows the host: a proxy may know it, and would send on what it gets.
    """
    if host == "localhost":
        return True
    with suppress(ValueError):
        return not ip_address(host).is_global
    try:
        found = {str(one[4][0]).partition("%")[0] for one in socket.getaddrinfo(host, None)}
    except OSError:
        raise DeploymentError(f"OPENAI_BASE_URL: the host {host} is not known here.") from None
    return not any(ip_address(address).is_global for address in found)


def _check_models(
    base_url: str, listed: list[str], engines: Mapping[str, str], models: Mapping[str, str], warn: Callable[[str], None]
) -> None:
    """Raises DeploymentError if nothing asks the server, or if an engine that asks it has no model."""
    asking = [engine for engine, chosen in engines.items() if chosen == "openai"]
    there = f"{base_url} has {_some(listed)}" if listed else f"{base_url} does not say which models it has"
    if not asking:
        raise DeploymentError(f"{there}. Name what to use, or unset OPENAI_BASE_URL: {_HOW_TO_CHOOSE}.")
    for engine in asking:
        if _USES[engine] not in models:
            raise DeploymentError(f"{there}. Name the one that {_DOES[engine]}: {_MODELS[_USES[engine]]}=….")
    for name in sorted({_USES[engine] for engine in asking}):
        if listed and model_server.plain(models[name]) not in listed:
            warn(f"{_MODELS[name]}={models[name]} may be misspelt: {there}.")


def _listed(base_url: str, key: str, transport: httpx.BaseTransport | None) -> list[str]:
    """The server's models; empty if it does not list them. Raises DeploymentError if it cannot be asked."""
    past_proxies = urlsplit(base_url).hostname in {LOOPBACK, "localhost"}  # as the functions ask it
    try:
        with httpx.Client(timeout=_ANSWER_SECONDS, trust_env=not past_proxies, transport=transport) as http:
            answer = model_server.models(base_url, key, http)
            if answer.status_code == httpx.codes.NOT_FOUND or model_server.from_elsewhere(answer):
                _suggest(base_url, model_server.models(f"{base_url}/v1", key, http))
    except httpx.HTTPError as error:
        raise DeploymentError(
            f"Nothing answers at {base_url} ({type(error).__name__}). Start the server, or correct OPENAI_BASE_URL."
        ) from None
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        wants = "does not accept OPENAI_API_KEY" if key else "wants a key: set OPENAI_API_KEY"
        raise DeploymentError(f"{base_url} {wants} (it answered {answer.status_code}).")
    return list(model_server.listed(answer)) if model_server.is_usable(answer) else []


def _suggest(base_url: str, answer: httpx.Response) -> None:
    """Raises DeploymentError if the server's API is below `/v1`."""
    if model_server.is_usable(answer) and model_server.listed(answer):
        raise DeploymentError(f"The server's API is at another path: set OPENAI_BASE_URL={base_url}/v1.")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ("the models " if len(names) > 1 else "the model ") + ", ".join(names[:_SHOWN]) + more


def _in_words(engine: str, values: Mapping[str, str]) -> str:
    match values[engine]:
        case "openai":
            return f"{values[_USES[engine]]} at {values['OpenAiBaseUrl'] or 'OpenAI'}"
        case "whisper" if "WhisperModel" in values:
            more = _ENGLISH_ONLY if values["WhisperModel"].endswith(".en") else ""
            return f"whisper {values['WhisperModel']}{more}"
        case name:
            return name


def _value(variables: Mapping[str, str], name: str) -> str:
    return variables.get(name, "").strip()
