"""Which environment variables the status webhook reads."""

from dataclasses import dataclass

from ai_voice_shared.environment import optional, required, url


@dataclass(frozen=True)
class Settings:
    """The status webhook's settings.

    Attributes:
        template: sid of the template for senders whom free text no longer reaches; empty for none.
    """

    queue_url: str
    table: str
    twilio_secret: str
    public_url: str
    template: str


def load() -> Settings:
    """The status webhook's settings from the environment; raises Misconfigured, which names the first missing one."""
    return Settings(
        queue_url=required("QUEUE_URL"),
        table=required("TABLE"),
        twilio_secret=required("TWILIO_SECRET"),
        public_url=url("PUBLIC_URL"),
        template=optional("FOLLOW_UP_TEMPLATE_SID"),
    )
