"""Which real clients the customer lookup uses."""

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from customer_lookup_server.directory import Directory
from customer_lookup_server.settings import Settings
from customer_lookup_server.strangers import Strangers


def build(settings: Settings) -> Directory:
    """The directory of customers on S3."""
    return Directory(ObjectStore(aws.s3(), settings.bucket), settings.customers_key)


def build_strangers(settings: Settings) -> Strangers:
    """The ledger's memory of strangers; made only once one writes."""
    return Strangers(Ledger(aws.dynamodb_at_once(), settings.table))
