"""The only place where the voice-parser's real clients are made."""

import importlib
from collections.abc import Callable
from typing import Any

import httpx

from ai_voice_shared import erasing
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.records.glossary import Glossary, KnownGlossaries
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.receipts import Receipts
from ai_voice_shared.stored.stored_notes import StoredNotes
from voice_parser.settings import Settings
from voice_parser.twilio.api import TwilioApi
from voice_parser.worker.pipeline import NotePipeline
from voice_parser.worker.worker import Worker

_HTTP_TIMEOUT = httpx.Timeout(15.0, connect=5.0)

_ANSWER_SECONDS = 60.0


def build(settings: Settings) -> Worker:
    """The worker with everything real; raises Misconfigured for an engine that does not exist."""
    secrets = Secrets(aws.secretsmanager())
    ledger = Ledger(aws.dynamodb(), settings.table)
    connect = answering_wiring.openai_connection(settings, secrets)
    sqs = aws.sqs()
    store = ObjectStore(aws.s3(), settings.bucket)
    notes = Notes(ledger)
    pipeline = NotePipeline(
        store=store,
        receipts=Receipts(ledger),
        notes=notes,
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        twilio=TwilioApi(
            http=httpx.Client(timeout=_HTTP_TIMEOUT, follow_redirects=False),
            secrets=secrets,
            secret_name=settings.twilio_secret,
            url=settings.twilio_api_url,
            media_origins=tuple(settings.twilio_media_origins.split()),
            status_url=settings.status_callback_url,
        ),
        transcriber=engine("speech.transcribers", settings.transcriber)(settings.transcription_model, connect),
        understander=engine("understanding.understanders", settings.understander)(settings.language_model, connect),
        index_queue=Queue(sqs, settings.index_queue_url),
        erasing=erasing.connect(settings.eraser_function),
        template=settings.follow_up_template_sid,
        glossaries=KnownGlossaries(Glossary(ledger)),
        longest_recording=settings.longest_recording_seconds,
        answering=answering_wiring.answering(
            settings,
            ledger=ledger,
            stored=StoredNotes(notes, store),
            segment_indexes=answering_wiring.indexes(settings, store, connect),
            connect=connect,
            seconds=_ANSWER_SECONDS,
        ),
    )
    return Worker(
        pipeline=pipeline,
        queue=Queue(sqs, settings.queue_url),
        dead_letters=Queue(sqs, settings.dead_letter_queue_url),
        max_attempts=settings.max_attempts,
        backoff_seconds=settings.backoff_seconds,
    )


def engine(package: str, name: str) -> Callable[..., Any]:
    """The `build` of an engine's module, imported only when it is chosen; a new engine is one new file."""
    try:
        module = importlib.import_module(f"voice_parser.{package}.{name}")
    except ModuleNotFoundError:
        raise Misconfigured(f"There is no engine {name!r} in voice_parser.{package}: choose another.") from None
    build_engine: Callable[..., Any] = module.build
    return build_engine
