"""Which environment variables the webhook for calls reads."""

from dataclasses import dataclass

from ai_voice_shared.environment import required, url


@dataclass(frozen=True)
class Settings:
    """The settings of the webhook for calls.

    Attributes:
        calls_queue_url: of events of live calls.
        public_url: what comes before `/twilio/voice` in the URL that Twilio calls; empty if that is the API's own
            domain.
    """

    queue_url: str
    calls_queue_url: str
    table: str
    twilio_secret: str
    customer_lookup_function: str
    public_url: str


def load() -> Settings:
    """The settings from the environment; raises Misconfigured, which names the first missing variable."""
    return Settings(
        queue_url=required("QUEUE_URL"),
        calls_queue_url=required("CALLS_QUEUE_URL"),
        table=required("TABLE"),
        twilio_secret=required("TWILIO_SECRET"),
        customer_lookup_function=required("CUSTOMER_LOOKUP_FUNCTION"),
        public_url=url("PUBLIC_URL"),
    )
