"""Which real clients the sender works with."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.webhooks.addresses import Addresses, hosts
from ai_voice_shared.webhooks.deliveries import Deliveries, Sendings
from ai_voice_shared.webhooks.endpoints import Endpoints
from webhook_handler.outbound.posting import Poster
from webhook_handler.outbound.sender import Sender
from webhook_handler.outbound.settings import Settings


def build(settings: Settings) -> Sender:
    """The sender on AWS."""
    ledger, queue = Ledger(aws.dynamodb(), settings.table), Queue(aws.sqs(), settings.webhooks_queue_url)
    addresses = Addresses(hosts(settings.own_urls), settings.loopback)
    return Sender(Endpoints(ledger), Deliveries(ledger), Sendings(queue), queue, Poster(addresses))
