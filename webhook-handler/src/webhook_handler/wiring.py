"""Which real clients the webhook works with."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from webhook_handler.settings import Settings
from webhook_handler.signature import Signature
from webhook_handler.webhook import Webhook


def build(settings: Settings) -> Webhook:
    """The webhook on AWS."""
    return Webhook(
        signature=Signature(Secrets(aws.secretsmanager()), settings.twilio_secret),
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        queue=Queue(aws.sqs(), settings.queue_url),
        public_url=settings.public_url,
        our_numbers=settings.our_numbers,
    )
