"""The only place where the eraser's real clients are made.

It is not in the worker's wiring, whose imports for decoding and understanding would make the eraser's cold start a
second longer.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import httpx

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.erasable import ErasableAnalyses
from ai_voice_shared.analyses.exporting import exported
from ai_voice_shared.analyses.templates import Templates
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.erasable import ErasableCalls
from ai_voice_shared.calls.exporting import exported as exported_calls
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.rules import ErasableRules, Rules
from ai_voice_shared.live import news
from ai_voice_shared.people import sender_records
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.tasks.feeds import Feeds
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.uploading.begun import BegunUploads
from ai_voice_shared.uploading.erasable import ErasableUploads
from ai_voice_shared.webhooks.deliveries import Deliveries
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.webhooks.wanted import WantedEvents
from voice_parser.calling.erasable import ErasableAskedCalls
from voice_parser.commands.sources import Sources
from voice_parser.dead_letters import DeadLetters
from voice_parser.eraser.company_erasing import CompanyErasing
from voice_parser.eraser.data_request_runs import LEASE, DataRequestRuns
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.export_notes import ExportNotes
from voice_parser.eraser.exporting import ExportFiles, Exporting
from voice_parser.eraser.note_objects import NoteObjects
from voice_parser.eraser.parked_calls import ParkedCalls
from voice_parser.eraser.parked_messages import ParkedMessages
from voice_parser.eraser.person_erasing import PersonErasing
from voice_parser.eraser.registry import ErasableRecord
from voice_parser.eraser.retention import Retention
from voice_parser.escalating.erasable import ErasableEscalations
from voice_parser.evening.erasable import ErasableEvenings
from voice_parser.indexer.removal import IndexRemoval
from voice_parser.settings import EraserSettings
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.copies import TwilioCopies
from voice_parser.twilio.erasable import MessagesAtTwilio

_HTTP_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
"""Seconds; an erasure for which somebody waits has to fit into 25."""


def build(settings: EraserSettings) -> Retention:
    """The retention and its eraser, with their real clients."""
    ledger, store = _kept(settings)
    return Retention(ledger, _eraser(settings, ledger, store), _customers(settings).retentions)


def _kept(settings: EraserSettings) -> tuple[Ledger, ObjectStore]:
    return Ledger(aws.dynamodb(), settings.table), ObjectStore(aws.s3(), settings.bucket)


def _eraser(settings: EraserSettings, ledger: Ledger, store: ObjectStore) -> Eraser:
    sqs = aws.sqs()
    index = IndexRemoval(Queue(sqs, settings.index_queue_url), store)
    parked = DeadLetters("notes", Queue(sqs, settings.queue_url), Queue(sqs, settings.dead_letter_queue_url))
    notes = Notes(ledger, news.subscribers(ledger, settings.realtime_function))
    webhooks = Publisher(Queue(sqs, settings.webhooks_queue_url), WantedEvents(Endpoints(ledger)))
    parked_calls = Queue(sqs, settings.calls_dead_letter_queue_url)
    eraser = eraser_of(
        ledger,
        store,
        _twilio(settings),
        index,
        parked,
        DeadLetters("calls", Queue(sqs, settings.calls_queue_url), parked_calls),
    )
    return replace(eraser, notes=notes, announce=webhooks.note_erased)


def eraser_of(
    ledger: Ledger,
    store: ObjectStore,
    twilio: TwilioApi,
    index: IndexRemoval,
    parked: DeadLetters,
    parked_calls: DeadLetters | None = None,
) -> Eraser:
    """The eraser with all kinds of records, in the order in which they are erased.

    Add a new kind to the first part. Records that tell where others are come last: replies know the messages at
    Twilio, and steps know the folders in the bucket.
    """
    checkpoints, replies = Checkpoints(ledger), Replies(ledger)
    records: tuple[ErasableRecord, ...] = (
        MessagesAtTwilio(twilio),
        NoteObjects(store),
        ExportFiles(store),
        index,  # after the objects: a correction meanwhile may have had its words indexed again
        AnswerCache(ledger).erasable(),
        Conversations(ledger).erasable(),
        Sources(ledger).erasable(),
        Glossary(ledger).erasable(),
        Tasks(ledger).erasable(),
        Feeds(ledger),
        ErasableAnalyses(Analyses(ledger)),
        Templates(ledger).erasable(),
        ErasableRules(Rules(ledger, CompiledRules(store))),
        Usage(ledger).erasable(),
        Paces(ledger).erasable(),
        ErasableEvenings(ledger, twilio),  # before the records of senders, which name them
        sender_records.erasable(ledger),
        ErasableAskedCalls(ledger, twilio),
        Pins(ledger).erasable(),
        *DataRequests(ledger).erasable(),
        Endpoints(ledger).erasable(),  # before the deliveries: without endpoints no more are written
        Endpoints(ledger).erasable_secrets(),
        Deliveries(ledger).erasable(),
        ErasableUploads(BegunUploads(ledger, store)),
        ErasableEscalations(ledger, twilio),  # before the calls, which name them
        ErasableCalls(ledger),
        ParkedMessages(parked),
        *((ParkedCalls(parked_calls),) if parked_calls else ()),
    )
    late: tuple[ErasableRecord, ...] = (replies.erasable(), checkpoints.erasable())
    return Eraser(checkpoints, Notes(ledger), replies, index, (*records, *late))


def _customers(settings: EraserSettings) -> CustomerLookup:
    return CustomerLookup(aws.lambda_(), settings.customer_lookup_function)


def build_requests(settings: EraserSettings) -> DataRequestRuns:
    """What works on requests to export or erase, with its real clients."""
    settles = timedelta(seconds=settings.company_settles_seconds)
    ledger, store = _kept(settings)
    return request_runs(_eraser(settings, ledger, store), store, _customers(settings), settles)


def request_runs(
    eraser: Eraser, store: ObjectStore, customers: CustomerLookup, settles: timedelta, lease: timedelta = LEASE
) -> DataRequestRuns:
    """What works on requests, with this eraser."""
    ledger = eraser.notes.ledger
    requests = DataRequests(ledger)
    about: dict[str, Callable[[str], Any]] = {
        "glossary.json": Glossary(ledger).exported,
        "usage.json": Usage(ledger).exported,
        "tasks.json": Tasks(ledger).exported,
        "calendar-address.json": Feeds(ledger).exported,
        "webhooks.json": Endpoints(ledger).exported,
        "keys.json": ApiKeys(ledger).exported,
        "templates.json": Templates(ledger).exported,
        "analyses.json": partial(exported, Analyses(ledger)),
        "calls.json": partial(exported_calls, Calls(ledger)),
        "rules.json": Rules(ledger, CompiledRules(store)).exported,
    }
    exports = Exporting(store, eraser.notes, ExportNotes(store, eraser.replies, Tasks(ledger)), about)
    return DataRequestRuns(
        requests=requests,
        exporting=exports,
        erasing=PersonErasing(eraser, requests, exports, lease),
        companies=CompanyErasing(eraser, requests, exports, customers, lease, settles),
        lease=lease,
    )


def build_copies(settings: EraserSettings) -> TwilioCopies:
    """What deletes Twilio's copies, with its real clients."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    return TwilioCopies(
        twilio=_twilio(settings),
        ledger=ledger,
        checkpoints=Checkpoints(ledger),
        notes=Notes(ledger),
        replies=Replies(ledger),
        customers=_customers(settings),
        numbers=tuple(settings.our_numbers.split()),
        kept_for=timedelta(days=settings.twilio_retention_days),
    )


def _twilio(settings: EraserSettings) -> TwilioApi:
    return TwilioApi(
        http=httpx.Client(timeout=_HTTP_TIMEOUT, follow_redirects=False),
        secrets=Secrets(aws.secretsmanager()),
        secret_name=settings.twilio_secret,
        url=settings.twilio_api_url,
        media_origins=(),  # the worker fetches
    )
