"""Which real clients the message webhook works with."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from webhook_handler.endpoint import Endpoint
from webhook_handler.message.settings import Settings
from webhook_handler.message.webhook import EVENT, PATH, MessageWebhook
from webhook_handler.signature import Signature


def build(settings: Settings) -> Endpoint:
    """The endpoint for messages on AWS."""
    webhook = MessageWebhook(
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        queue=Queue(aws.sqs(), settings.queue_url),
        our_numbers=settings.our_numbers,
    )
    signature = Signature(Secrets(aws.secretsmanager()), settings.twilio_secret)
    return Endpoint({PATH: webhook.handle}, EVENT, signature, settings.public_url)
