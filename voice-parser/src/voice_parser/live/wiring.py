"""The only place where the real clients of the function for live calls are made, and its listeners are listed.

It is not in the worker's wiring, whose imports for decoding and understanding would delay the first hint by a second.
"""

from pathlib import Path

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.calls.model import Listener
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company
from ai_voice_shared.engines import choosing
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.live import news
from ai_voice_shared.mood.metering import ScoreMeter
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.live.consoles import Consoles
from voice_parser.live.keyword_listener import KeywordListener
from voice_parser.live.listening import Listening
from voice_parser.live.mood_listener import MoodListener
from voice_parser.live.promises import Promises
from voice_parser.live.session import LiveSession
from voice_parser.live.worker import LiveWorker
from voice_parser.settings import SENTIMENTS, LiveSettings


def build(settings: LiveSettings) -> LiveWorker:
    """What takes the events of live calls, with its real clients."""
    sqs = aws.sqs()
    ledger = Ledger(aws.dynamodb(), settings.table)
    customers = CustomerLookup(aws.lambda_(), settings.customer_lookup_function)
    session = session_of(
        ledger,
        Queue(sqs, settings.queue_url),
        customers,
        Consoles(news.of_calls(ledger, settings.realtime_function)),
        listeners(settings, ledger),
    )
    return LiveWorker(
        session=session,
        queue=Queue(sqs, settings.calls_queue_url),
        dead_letters=Queue(sqs, settings.calls_dead_letter_queue_url),
        max_attempts=settings.max_attempts,
        backoff_seconds=settings.backoff_seconds,
    )


def session_of(
    ledger: Ledger, notes_queue: Queue, customers: CustomerLookup, consoles: Consoles, heard_by: tuple[Listener, ...]
) -> LiveSession:
    """The session with these collaborators."""

    def company(company_id: str) -> Company:
        return customers.company(company_id) or Company(company_id, company_id)

    return LiveSession(
        calls=Calls(ledger),
        records=LiveRecords(ledger),
        company=company,
        is_erased=Checkpoints(ledger).is_erased,
        listening=Listening(heard_by),
        consoles=consoles,
        notes_queue=notes_queue,
    )


def listeners(settings: LiveSettings, ledger: Ledger) -> tuple[Listener, ...]:
    """Who hears the sentences of a call, in this order."""
    connect = openai_connection(settings, Secrets(aws.secretsmanager()))
    scorer = choosing.build(SENTIMENTS, settings.sentiment)(settings.sentiment_model, connect)
    store = ObjectStore(aws.s3(), settings.bucket)
    mood = MoodListener(scorer, ScoreMeter(Usage(ledger)))
    return keywords(ledger, store, settings.index_folder), mood


def keywords(ledger: Ledger, store: ObjectStore, folder: Path) -> KeywordListener:
    """What listens for a company's rules; searches by words alone, since a vector would take too long."""
    stored = StoredNotes(Notes(ledger), store)
    return KeywordListener(CompiledRules(store), Promises(SegmentIndexes(store, folder), stored), Calls(ledger).get)
