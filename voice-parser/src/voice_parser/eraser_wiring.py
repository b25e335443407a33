"""The only place where the eraser's real clients are made.

Apart from wiring.py, since what that imports to decode and understand would cost the eraser a second of cold start.
"""

from datetime import timedelta

import httpx

from ai_voice_shared import aws
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore
from ai_voice_shared.queues import Queue
from ai_voice_shared.receipts import Receipts
from ai_voice_shared.replies import Replies
from ai_voice_shared.secrets import Secrets
from voice_parser.dead_letters import DeadLetters
from voice_parser.eraser import Eraser
from voice_parser.retention import Retention
from voice_parser.settings import EraserSettings
from voice_parser.twilio_api import TwilioApi
from voice_parser.twilio_copies import TwilioCopies

_HTTP_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
"""Seconds; an erasure that somebody waits for has to fit into 25."""


def build(settings: EraserSettings) -> Retention:
    """The retention, and the eraser in it, with everything real."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    sqs = aws.sqs()
    eraser = Eraser(
        ledger=ledger,
        receipts=Receipts(ledger),
        notes=Notes(ledger),
        replies=Replies(ledger),
        store=ObjectStore(aws.s3(), settings.bucket),
        twilio=_twilio(settings),
        index_queue=Queue(sqs, settings.index_queue_url),
        parked=DeadLetters("notes", Queue(sqs, settings.queue_url), Queue(sqs, settings.dead_letter_queue_url)),
    )
    customers = CustomerLookup(aws.lambda_(), settings.customer_lookup_function)
    return Retention(ledger, eraser, customers.retentions)


def build_copies(settings: EraserSettings) -> TwilioCopies:
    """What deletes Twilio's copies, with everything real."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    return TwilioCopies(
        twilio=_twilio(settings),
        ledger=ledger,
        receipts=Receipts(ledger),
        notes=Notes(ledger),
        replies=Replies(ledger),
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
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
