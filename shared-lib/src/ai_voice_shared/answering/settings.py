"""The settings of answering from the environment. They are not in its wiring, whose imports are slow."""

import tempfile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from ai_voice_shared.engines import choosing
from ai_voice_shared.settings import ServiceSettings

ANSWERERS = "ai_voice_shared.engines.answerers"
EMBEDDERS = "ai_voice_shared.engines.embedders"
"""The packages of the engines."""


class OpenAiSettings(ServiceSettings):
    """The settings for asking OpenAI.

    Attributes:
        openai_base_url: another server that speaks OpenAI's API; empty for OpenAI.
    """

    openai_secret: str
    openai_base_url: str = ""
    openai_dialect: Literal["auto", "responses", "chat-completions"] = "auto"


class SearchSettings(OpenAiSettings):
    """The settings for reading and writing the segment indexes.

    Attributes:
        embedder: a module of `ai_voice_shared.engines.embedders`; `none` searches words alone.
        index_folder: for working copies of the companies' indexes; what is in it may be lost at any time. By default
            /tmp/segment-index on Lambda; elsewhere it follows TMPDIR.
    """

    embedder: Annotated[str, AfterValidator(choosing.of(EMBEDDERS))] = "none"
    embedding_model: str = "text-embedding-3-small"
    index_folder: Path = Path(tempfile.gettempdir()) / "segment-index"


class AnsweringSettings(SearchSettings):
    """The other settings of answering.

    Attributes:
        answerer: a module of `ai_voice_shared.engines.answerers`; `extracts` for no model at all.
        unproven_statements: what becomes of statements that say more than their sources: `drop`, or `tell` them as
            said, but not proven.
    """

    language_model: str = "gpt-6-luna"
    answerer: Annotated[str, AfterValidator(choosing.of(ANSWERERS))] = "openai"
    unproven_statements: Literal["drop", "tell"] = "drop"
