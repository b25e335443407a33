"""Which models a server that speaks OpenAI's API lists."""

from typing import Any

import httpx

from ai_voice_shared.vendor_failures import is_page

OPENAI = "https://api.openai.com/v1"

_USUAL_TAG = ":latest"
"""Ollama lists `llama3.2:latest`, and also answers to `llama3.2`."""


def models(base_url: str, key: str, http: httpx.Client) -> httpx.Response:
    """The server's answer to the question which models it has; raises httpx.HTTPError if there is none."""
    return http.get(f"{base_url}/models", headers={"authorization": f"Bearer {key}"} if key else {})


def listed(answer: httpx.Response) -> dict[str, Any]:
    """The models' shutdown dates by their names, as `plain` writes them; empty if the answer is no list."""
    try:
        return {plain(str(model["id"])): model.get("shutdown_date") for model in answer.json()["data"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def plain(model: str) -> str:
    """The name without the tag that may be left out."""
    return model.removesuffix(_USUAL_TAG)


def is_usable(answer: httpx.Response) -> bool:
    """Whether the server answered by itself, and did not refuse."""
    return answer.is_success and not from_elsewhere(answer)


def from_elsewhere(answer: httpx.Response) -> bool:
    """Whether it is a page: something in between answered, or a server of another kind."""
    return is_page(answer.headers.get("content-type", ""), answer.content)
