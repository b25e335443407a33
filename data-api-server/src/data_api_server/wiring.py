"""Which real clients the API and the keys command work with."""

from ai_voice_shared import erasing
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.live import news
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.addresses import Addresses, hosts
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.webhooks.wanted import WantedEvents
from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.settings import realtime_url
from data_api_server.realtime.tickets import Tickets
from data_api_server.services import Services
from data_api_server.settings import Settings

_ANSWER_SECONDS = 18.0
"""Seconds for the answer. Together with the search before it, it has to fit into the HTTP API's 30 s."""


def build(settings: Settings) -> Services:
    """The API's collaborators on AWS."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    # Asking a model, correcting and asking for a company: each is what few requests do.
    secretsmanager, sqs, functions = aws.late(aws.secretsmanager), aws.late(aws.sqs), aws.late(aws.lambda_)
    webhooks_queue = Queue(sqs, settings.webhooks_queue_url)
    webhooks = Publisher(webhooks_queue, WantedEvents(Endpoints(ledger)))
    consoles = news.subscribers(ledger, settings.realtime_function)
    notes = Notes(ledger, consoles, must_hear=(webhooks.note_changed,))
    tasks = Tasks(ledger, (webhooks.task_changed,), tuple(one.task_changed for one in consoles))
    store = ObjectStore(aws.s3(), settings.bucket)
    stored = StoredNotes(notes, store)
    connect = openai_connection(settings, Secrets(secretsmanager))
    indexes = answering_wiring.indexes(settings, store, connect)
    return Services(
        notes=notes,
        tasks=tasks,
        store=store,
        stored=stored,
        indexes=indexes,
        index_queue=Queue(sqs, settings.index_queue_url),
        notes_queue=Queue(sqs, settings.queue_url),
        url_seconds=settings.url_seconds,
        answering=answering_wiring.answering(
            settings,
            ledger=ledger,
            stored=stored,
            segment_indexes=indexes,
            connect=connect,
            seconds=_ANSWER_SECONDS,
        ),
        prices=settings.prices,
        connection_tickets=_connection_tickets(ledger),
        erasing=erasing.connect(settings.eraser_function),
        data_requests=DataRequests(ledger),
        webhooks_queue=webhooks_queue,
        addresses=Addresses(hosts(settings.own_urls), settings.loopback == "allowed"),
        quotas=Quotas(Usage(ledger), CustomerLookup(functions, settings.customer_lookup_function), Paces(ledger)),
        largest_upload=settings.largest_upload_megabytes * 1_000_000,
    )


def _connection_tickets(ledger: Ledger) -> ConnectionTickets | None:
    url = realtime_url()
    return ConnectionTickets(Tickets(ledger), url) if url else None
