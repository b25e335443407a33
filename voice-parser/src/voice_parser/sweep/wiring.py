"""The only place where the sweep's real clients are made.

It is not in the worker's wiring, whose imports for decoding and understanding would make the sweep's cold start a
second longer.
"""

from datetime import timedelta

import httpx

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.waiting import WaitingNotes
from voice_parser.settings import SweepSettings
from voice_parser.sweep.bringing_back import BringingBack
from voice_parser.sweep.due_evenings import DueEvenings
from voice_parser.sweep.sweep import Sweep
from voice_parser.twilio.api import TwilioApi

_HTTP_TIMEOUT = httpx.Timeout(30.0, connect=5.0)


def build(settings: SweepSettings) -> tuple[BringingBack, DueEvenings, Sweep]:
    """What brings waiting notes back, what sends evening messages, and the sweep, with their real clients."""
    ledger = Ledger(aws.dynamodb(), settings.table)
    queue = Queue(aws.sqs(), settings.queue_url)
    sweep = Sweep(
        twilio=TwilioApi(
            http=httpx.Client(timeout=_HTTP_TIMEOUT, follow_redirects=False),
            secrets=Secrets(aws.secretsmanager()),
            secret_name=settings.twilio_secret,
            url=settings.twilio_api_url,
            media_origins=(),  # the worker fetches
        ),
        checkpoints=Checkpoints(ledger),
        ledger=ledger,
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        queue=queue,
        numbers=tuple(settings.our_numbers.split()),
        grace=timedelta(seconds=settings.grace_seconds),
    )
    return BringingBack(WaitingNotes(ledger), queue), DueEvenings(Evenings(ledger), queue), sweep
