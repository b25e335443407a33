"""What lies outside of the worker: AWS, Twilio, the engines; and the real ones, as the settings name them."""

from dataclasses import dataclass, field

import httpx

from ai_voice_shared import erasing
from ai_voice_shared.analyses.analyses import Hears
from ai_voice_shared.analyses.writing import AnalysisModel, Writing
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.correcting.quick_replies import QuickReplies
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.engines import choosing
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.live import news
from ai_voice_shared.records.glossary import Glossary, KnownGlossaries
from ai_voice_shared.records.notes import Notes, Subscriber
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.changes import Subscriber as TaskSubscriber
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.webhooks.wanted import WantedEvents
from voice_parser.live.consoles import Tell
from voice_parser.settings import ANALYZERS, TRANSCRIBERS, Settings
from voice_parser.speech.transcription import Transcriber
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.typing_marks import TypingMarks
from voice_parser.understanding.understanding import Analyzer

_HTTP_TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_ANSWER_SECONDS = 60.0


@dataclass(frozen=True)
class Outside:
    """What lies outside of the worker; a test fills the fields with fakes.

    Attributes:
        longest_recording: seconds; a longer one is kept, but not transcribed.
        template: sid of the template for senders whom free text no longer reaches; empty for none.
        answering: None if nothing can be asked; a question is then a note like any other.
        glossaries: None where companies have no words but those of the customers file.
        subscribers: they hear of each change of a note.
        task_subscribers: they hear of each task that its sender closes.
        webhooks: tells companies' own systems of their notes; None where there are no webhooks.
        writing: writes analyses; None without a language model.
        hears: hears of each change of an analysis.
        calls_told: tells consoles of live calls.
        evening_template: sid of the template of evening messages; empty for none.
        escalation_template: sid of the template that tells supervisors of escalations; empty for none.
        our_number: from which supervisors and people who call are written to, as `whatsapp:+…`; empty for none.
        typing_marks: None where senders do not see that their recordings are worked on.
        quick_replies: the buttons that replies can have; where there are none, they have a line of text.
    """

    store: ObjectStore
    ledger: Ledger
    customers: CustomerLookup
    twilio: TwilioApi
    transcriber: Transcriber
    analyzer: Analyzer
    index_queue: Queue
    notes_queue: Queue
    erasing: Erasing
    longest_recording: float
    template: str = ""
    answering: Answering | None = None
    glossaries: KnownGlossaries | None = None
    subscribers: tuple[Subscriber, ...] = ()
    task_subscribers: tuple[TaskSubscriber, ...] = ()
    webhooks: Publisher | None = None
    writing: Writing | None = None
    hears: Hears = lambda _analysis: None
    typing_marks: TypingMarks | None = None
    quick_replies: QuickReplies = field(default_factory=QuickReplies)
    evening_template: str = ""
    calls_told: Tell = lambda _company_id, _messages: None
    escalation_template: str = ""
    our_number: str = ""


def real_outside(settings: Settings) -> Outside:
    """The real clients and engines; raises Misconfigured for an engine that does not exist."""
    secrets = Secrets(aws.secretsmanager())
    ledger = Ledger(aws.dynamodb(), settings.table)
    store = ObjectStore(aws.s3(), settings.bucket)
    connect = openai_connection(settings, secrets)
    answering = answering_wiring.answering(
        settings,
        ledger=ledger,
        stored=StoredNotes(Notes(ledger), store),
        segment_indexes=answering_wiring.indexes(settings, store, connect),
        connect=connect,
        seconds=_ANSWER_SECONDS,
    )
    twilio = TwilioApi(
        http=httpx.Client(timeout=_HTTP_TIMEOUT, follow_redirects=False),
        secrets=secrets,
        secret_name=settings.twilio_secret,
        url=settings.twilio_api_url,
        media_origins=tuple(settings.twilio_media_origins.split()),
        status_url=settings.status_callback_url,
    )
    consoles = news.subscribers(ledger, settings.realtime_function)
    writing = Writing(AnalysisModel(settings.language_model, connect), answering.tells_unproven)
    return Outside(
        store=store,
        ledger=ledger,
        customers=CustomerLookup(aws.lambda_(), settings.customer_lookup_function),
        twilio=twilio,
        transcriber=choosing.build(TRANSCRIBERS, settings.transcriber)(settings.model, connect),
        analyzer=choosing.build(ANALYZERS, settings.analyzer)(settings.language_model, connect),
        index_queue=Queue(aws.sqs(), settings.index_queue_url),
        notes_queue=Queue(aws.sqs(), settings.queue_url),
        erasing=erasing.connect(settings.eraser_function),
        longest_recording=settings.longest_recording_seconds,
        template=settings.follow_up_template_sid,
        answering=answering,
        glossaries=KnownGlossaries(Glossary(ledger)),
        subscribers=consoles,
        task_subscribers=tuple(one.task_changed for one in consoles),
        webhooks=Publisher(Queue(aws.sqs(), settings.webhooks_queue_url), WantedEvents(Endpoints(ledger))),
        writing=writing if answering.model else None,
        hears=news.of_analyses(ledger, settings.realtime_function),
        calls_told=news.of_calls(ledger, settings.realtime_function),
        evening_template=settings.evening_template_sid,
        escalation_template=settings.escalation_template_sid,
        our_number=next(iter(settings.our_numbers.split()), ""),
        typing_marks=TypingMarks(
            httpx.Client(follow_redirects=False),
            settings.twilio_messaging_url if settings.typing_marks == "on" else "",
            twilio.credentials,
        ),
        quick_replies=QuickReplies.read(settings.quick_reply_sids),
    )
