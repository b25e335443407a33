"""Which real clients the status webhook works with."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.records.replies import Replies
from webhook_handler.endpoint import Endpoint
from webhook_handler.signature import Signature
from webhook_handler.status.settings import Settings
from webhook_handler.status.webhook import EVENT, PATH, StatusWebhook


def build(settings: Settings) -> Endpoint:
    """The endpoint for status callbacks on AWS."""
    webhook = StatusWebhook(
        replies=Replies(Ledger(aws.dynamodb(), settings.table)),
        queue=Queue(aws.sqs(), settings.queue_url),
        template=settings.template,
    )
    signature = Signature(Secrets(aws.secretsmanager()), settings.twilio_secret)
    return Endpoint({PATH: webhook.handle}, EVENT, signature, settings.public_url)
