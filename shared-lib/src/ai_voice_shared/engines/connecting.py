"""How an engine reaches OpenAI, or another server that speaks its API. It imports neither, before one is asked."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from ai_voice_shared.answering.settings import OpenAiSettings
from ai_voice_shared.aws.secrets import Secrets, field

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi


def openai_connection(settings: OpenAiSettings, secrets: Secrets) -> "Callable[[], OpenAi]":
    """Connects with the secret's present key; the connection is kept while the key stays the same."""

    @functools.lru_cache(maxsize=1)
    def connection(api_key: str) -> "OpenAi":
        from ai_voice_shared.openai.api import OpenAi  # noqa: PLC0415 - 0.4 s of cold start, only for services with a model

        return OpenAi(api_key, settings.openai_base_url or None, settings.openai_dialect)

    return lambda: connection(field(secrets.get(settings.openai_secret), "api_key", settings.openai_secret))
