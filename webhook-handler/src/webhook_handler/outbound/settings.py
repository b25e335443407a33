"""Which environment variables the sender reads."""

from dataclasses import dataclass

from ai_voice_shared.environment import optional, required


@dataclass(frozen=True)
class Settings:
    """The sender's settings.

    Attributes:
        own_urls: blank-separated URLs of this platform; nothing is sent to their hosts.
        loopback: whether addresses of this machine are allowed: only in the local run.
    """

    webhooks_queue_url: str
    table: str
    own_urls: str
    loopback: bool


def load() -> Settings:
    """The sender's settings from the environment; raises Misconfigured, which names the first missing one."""
    return Settings(
        webhooks_queue_url=required("WEBHOOKS_QUEUE_URL"),
        table=required("TABLE"),
        own_urls=optional("OWN_URLS"),
        loopback=optional("LOOPBACK") == "allowed",
    )
