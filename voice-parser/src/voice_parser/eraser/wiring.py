"""The only place where the eraser's real clients are made.

Apart from wiring.py, since what that imports to decode and understand would cost the eraser a second of cold start.
"""

from datetime import timedelta

import httpx

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.receipts import Receipts
from ai_voice_shared.records.replies import Replies
from voice_parser.dead_letters import DeadLetters
from voice_parser.eraser.company_erasing import CompanyErasing
from voice_parser.eraser.data_request_runs import LEASE, DataRequestRuns
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.export_notes import ExportNotes
from voice_parser.eraser.person_erasing import PersonErasing
from voice_parser.eraser.person_export import PersonExport
from voice_parser.eraser.retention import Retention
from voice_parser.settings import EraserSettings
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.copies import TwilioCopies

_HTTP_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
"""Seconds; an erasure that somebody waits for has to fit into 25."""


def build(settings: EraserSettings) -> Retention:
    """The retention, and the eraser in it, with everything real."""
    eraser = _eraser(settings)
    return Retention(eraser.ledger, eraser, _customers(settings).retentions)


def _eraser(settings: EraserSettings) -> Eraser:
    ledger = Ledger(aws.dynamodb(), settings.table)
    sqs = aws.sqs()
    return Eraser(
        ledger=ledger,
        receipts=Receipts(ledger),
        notes=Notes(ledger),
        replies=Replies(ledger),
        store=ObjectStore(aws.s3(), settings.bucket),
        twilio=_twilio(settings),
        index_queue=Queue(sqs, settings.index_queue_url),
        parked=DeadLetters("notes", Queue(sqs, settings.queue_url), Queue(sqs, settings.dead_letter_queue_url)),
    )


def _customers(settings: EraserSettings) -> CustomerLookup:
    return CustomerLookup(aws.lambda_(), settings.customer_lookup_function)


def build_requests(settings: EraserSettings) -> DataRequestRuns:
    """What works on requests to export or erase, with everything real."""
    settles = timedelta(seconds=settings.company_settles_seconds)
    return request_runs(_eraser(settings), _customers(settings), settles)


def request_runs(
    eraser: Eraser, customers: CustomerLookup, settles: timedelta, lease: timedelta = LEASE
) -> DataRequestRuns:
    """What works on requests, around an eraser."""
    requests = DataRequests(eraser.ledger)
    exports = PersonExport(eraser.store, eraser.notes, ExportNotes(eraser.store, eraser.replies))
    return DataRequestRuns(
        requests=requests,
        exporting=exports,
        erasing=PersonErasing(eraser, requests, exports, lease),
        companies=CompanyErasing(eraser, requests, exports, customers, lease, settles),
        lease=lease,
    )


def build_copies(settings: EraserSettings) -> TwilioCopies:
    """What deletes Twilio's copies, with everything real."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    return TwilioCopies(
        twilio=_twilio(settings),
        ledger=ledger,
        receipts=Receipts(ledger),
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
