"""Which real clients the status webhook works with."""

from ai_voice_shared import aws
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.queues import Queue
from ai_voice_shared.replies import Replies
from ai_voice_shared.secrets import Secrets
from webhook_handler.settings import StatusSettings
from webhook_handler.signature import Signature
from webhook_handler.status import StatusWebhook


def build(settings: StatusSettings) -> StatusWebhook:
    """The status webhook on AWS."""
    return StatusWebhook(
        signature=Signature(Secrets(aws.secretsmanager()), settings.twilio_secret),
        replies=Replies(Ledger(aws.dynamodb(), settings.table)),
        queue=Queue(aws.sqs(), settings.queue_url),
        public_url=settings.public_url,
        template=settings.template,
    )
