"""The only place where the voice-parser's real clients are made."""

import functools
import importlib
from collections.abc import Callable
from typing import Any

import httpx

from ai_voice_shared import aws
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore
from ai_voice_shared.openai_api import OpenAi
from ai_voice_shared.queues import Queue
from ai_voice_shared.receipts import Receipts
from ai_voice_shared.secrets import Secrets, field
from voice_parser.pipeline import NotePipeline
from voice_parser.settings import Settings
from voice_parser.twilio_api import TwilioApi
from voice_parser.worker import Worker

_HTTP_TIMEOUT = httpx.Timeout(15.0, connect=5.0)


def build(settings: Settings) -> Worker:
    """The worker with everything real; raises Misconfigured for an engine that does not exist."""
    secrets = Secrets(aws.secretsmanager())
    ledger = Ledger(aws.dynamodb(), settings.table)
    connect = _openai(settings, secrets)
    sqs = aws.sqs()
    pipeline = NotePipeline(
        store=ObjectStore(aws.s3(), settings.bucket),
        receipts=Receipts(ledger),
        notes=Notes(ledger),
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        twilio=TwilioApi(
            http=httpx.Client(timeout=_HTTP_TIMEOUT, follow_redirects=False),
            secrets=secrets,
            secret_name=settings.twilio_secret,
            url=settings.twilio_api_url,
            media_origins=tuple(settings.twilio_media_origins.split()),
        ),
        transcriber=engine("transcribers", settings.transcriber)(settings.transcription_model, connect),
        understander=engine("understanders", settings.understander)(settings.language_model, connect),
        longest_recording=settings.longest_recording_seconds,
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


def _openai(settings: Settings, secrets: Secrets) -> Callable[[], OpenAi]:
    """Connects with the secret's present key; the connection is kept while the key stays the same."""

    @functools.lru_cache(maxsize=1)
    def connection(api_key: str) -> OpenAi:
        return OpenAi(api_key, settings.openai_base_url or None, settings.openai_dialect)

    return lambda: connection(field(secrets.get(settings.openai_secret), "api_key", settings.openai_secret))
