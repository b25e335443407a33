"""Which environment variables the message webhook reads."""

from dataclasses import dataclass

from ai_voice_shared.environment import required, url


@dataclass(frozen=True)
class Settings:
    """The webhook's settings.

    Attributes:
        twilio_secret: name or ARN of the secret `{account_sid, auth_token, auth_token_secondary?}`.
        public_url: what comes before `/twilio/message` in the URL that Twilio calls; empty if that is the API's own
            domain.
        our_numbers: the numbers that WhatsApp messages come to, as Twilio writes them (`whatsapp:+15550100000`).
    """

    queue_url: str
    twilio_secret: str
    customer_lookup_function: str
    public_url: str
    our_numbers: frozenset[str]


def load() -> Settings:
    """The settings from the environment; raises Misconfigured, which names the first missing variable."""
    return Settings(
        queue_url=required("QUEUE_URL"),
        twilio_secret=required("TWILIO_SECRET"),
        customer_lookup_function=required("CUSTOMER_LOOKUP_FUNCTION"),
        public_url=url("PUBLIC_URL"),
        our_numbers=frozenset(required("OUR_NUMBERS").split()),
    )
