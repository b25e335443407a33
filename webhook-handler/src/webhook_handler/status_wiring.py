"""Which real clients the status webhook works with."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.records.replies import Replies
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
