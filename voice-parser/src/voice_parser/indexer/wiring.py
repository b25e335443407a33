"""The only place where the indexer's real clients are made.

It is not in the worker's wiring, whose imports for decoding and understanding would make the indexer's cold start a
second longer.
"""

from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.live import news
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.indexer.indexer import Indexer
from voice_parser.indexer.metering import IndexMeter
from voice_parser.settings import IndexerSettings


def build(settings: IndexerSettings) -> Indexer:
    """The indexer with its real clients."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    notes = Notes(ledger, news.subscribers(ledger, settings.realtime_function))
    store = ObjectStore(aws.s3(), settings.bucket)
    sqs = aws.sqs()
    secrets = Secrets(aws.late(aws.secretsmanager))  # vectors alone need one
    connect = openai_connection(settings, secrets)
    return Indexer(
        meter=IndexMeter(notes, Usage(ledger)),
        stored=StoredNotes(notes, store),
        indexes=answering_wiring.indexes(settings, store, connect),
        queue=Queue(sqs, settings.index_queue_url),
        dead_letters=Queue(sqs, settings.index_dead_letter_queue_url),
        max_attempts=settings.max_attempts,
        backoff_seconds=settings.backoff_seconds,
    )
