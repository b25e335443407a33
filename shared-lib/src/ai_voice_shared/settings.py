"""How a service with pydantic on board reads its environment: every problem becomes one sentence."""

from typing import Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ai_voice_shared.environment import missing
from ai_voice_shared.errors import Misconfigured


class ServiceSettings(BaseSettings):
    """Base of each service's settings; a field `queue_url` is read from `QUEUE_URL`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    @classmethod
    def load(cls) -> Self:
        """The settings from the environment; raises Misconfigured naming the first bad variable."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            name = "_".join(str(part) for part in first["loc"]).upper()
            if first["type"] == "missing":
                raise Misconfigured(missing(name)) from None
            raise Misconfigured(f"{name} is not usable: {first['msg']}.") from None
