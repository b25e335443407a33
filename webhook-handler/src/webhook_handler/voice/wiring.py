"""Which real clients the webhook for calls works with, and which path does what."""

from collections.abc import Mapping

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.calls.asking import AskedCalls
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.live.watchers import Watchers
from webhook_handler.endpoint import Endpoint, Handle
from webhook_handler.line.bridging import LiveLines
from webhook_handler.line.events import Recordings, TranscriptionEvents
from webhook_handler.signature import Signature
from webhook_handler.voice.asking.ending import Ending
from webhook_handler.voice.asking.incoming import IncomingCalls
from webhook_handler.voice.asking.noting import Noting
from webhook_handler.voice.asking.proving import Proving
from webhook_handler.voice.asking.turns import Turns
from webhook_handler.voice.asking.waiting import Waiting
from webhook_handler.voice.failing import refuse
from webhook_handler.voice.lines import PlainLines
from webhook_handler.voice.place import PREFIX
from webhook_handler.voice.session import Sessions
from webhook_handler.voice.settings import Settings

EVENT = "voice webhook"


def build(settings: Settings) -> Endpoint:
    """The endpoint for calls on AWS."""
    customers = CustomerLookup(aws.lambda_(), settings.customer_lookup_function)
    ledger, sqs = Ledger(aws.dynamodb(), settings.table), aws.sqs()
    queues = Queue(sqs, settings.queue_url), Queue(sqs, settings.calls_queue_url)
    signature = Signature(Secrets(aws.secretsmanager()), settings.twilio_secret)
    return Endpoint(routes(customers, ledger, *queues), EVENT, signature, settings.public_url, refuse)


def routes(customers: CustomerLookup, ledger: Ledger, queue: Queue, calls_queue: Queue) -> Mapping[str, Handle]:
    """What each path does. `template.yaml` has a route for each."""
    calls, pins = AskedCalls(ledger), Pins(ledger)
    lines = LiveLines(customers, Calls(ledger), Watchers(ledger), calls_queue, queue, PlainLines())
    sessions = Sessions(customers, calls)
    return {
        PREFIX: IncomingCalls(customers, calls, pins, lines).handle,
        f"{PREFIX}/turn": Turns(sessions, calls, queue).handle,
        f"{PREFIX}/wait": Waiting(sessions, calls, queue).handle,
        f"{PREFIX}/pin": Proving(sessions, calls, pins, queue).handle,
        f"{PREFIX}/note": Noting(sessions, queue).handle,
        f"{PREFIX}/status": Ending(sessions, calls, queue, lines).handle,
        f"{PREFIX}/transcription": TranscriptionEvents(calls_queue).handle,
        f"{PREFIX}/recording": Recordings(queue).handle,
    }
