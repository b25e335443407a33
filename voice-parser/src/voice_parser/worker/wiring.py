"""Where the parts of the worker are made, each once; the only place with the voice-parser's real clients."""

from dataclasses import dataclass, field

import httpx

from ai_voice_shared import erasing
from ai_voice_shared.analyses.analyses import Analyses, Hears
from ai_voice_shared.analyses.writing import AnalysisModel, Writing
from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.correcting.quick_replies import QuickReplies
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.engines import choosing
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.live import news
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.people.open_questions import OpenQuestions
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.glossary import Glossary, KnownGlossaries
from ai_voice_shared.records.notes import Notes, Subscriber
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.changes import Subscriber as TaskSubscriber
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.webhooks.wanted import WantedEvents
from voice_parser.analyzing.making import Making
from voice_parser.commands.clips import Clips
from voice_parser.commands.commands import Commands
from voice_parser.commands.forget import Forgetter
from voice_parser.commands.play import Player
from voice_parser.commands.sources import Sources
from voice_parser.evening.evening_commands import EveningCommands
from voice_parser.evening.sending import EveningMessages
from voice_parser.evening.waiting_lines import WaitingLines
from voice_parser.fixing.closing import DONE, Closing
from voice_parser.fixing.correcting import CORRECTION, Correcting
from voice_parser.fixing.filing import FILING, Filing
from voice_parser.fixing.fixes import Fix, Fixes
from voice_parser.fixing.keeping import KEEPING, Keeping
from voice_parser.fixing.moved_files import MovedFiles
from voice_parser.fixing.quoted import QuotedNotes
from voice_parser.inbound.upload import Uploads
from voice_parser.inbound.work import Source
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.greeting import Greeter
from voice_parser.replying.outgoing import Outbox
from voice_parser.replying.whatsapp import WhatsAppReplies
from voice_parser.settings import ANALYZERS, TRANSCRIBERS, Settings
from voice_parser.speech.transcription import Transcriber
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.inbound import WhatsApp
from voice_parser.twilio.typing_marks import TypingMarks
from voice_parser.understanding.understanding import Analyzer
from voice_parser.worker.analysis_again import AnalysisAgain
from voice_parser.worker.files import MessageFiles
from voice_parser.worker.message_words import MessageWords
from voice_parser.worker.messages import Messages
from voice_parser.worker.metering import Meter
from voice_parser.worker.note import NoteProcessor
from voice_parser.worker.note_artifacts import NoteArtifacts
from voice_parser.worker.note_records import NoteRecords
from voice_parser.worker.pipeline import NotePipeline
from voice_parser.worker.turns import Turns
from voice_parser.worker.waits import Waits
from voice_parser.worker.worker import Worker

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
        evening_template: sid of the template of evening messages; empty for none.
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


def build(settings: Settings) -> Worker:
    """The worker with its real clients; raises Misconfigured for an engine that does not exist."""
    return worker(settings, pipeline(outside(settings)))


def worker(settings: Settings, does: NotePipeline) -> Worker:
    """The worker on the real queues."""
    sqs = aws.sqs()
    return Worker(
        pipeline=does,
        queue=Queue(sqs, settings.queue_url),
        dead_letters=Queue(sqs, settings.dead_letter_queue_url),
        max_attempts=settings.max_attempts,
        backoff_seconds=settings.backoff_seconds,
    )


def outside(settings: Settings) -> Outside:
    """The real clients and engines; raises Misconfigured for an engine that does not exist."""
    secrets = Secrets(aws.secretsmanager())
    ledger = Ledger(aws.dynamodb(), settings.table)
    store = ObjectStore(aws.s3(), settings.bucket)
    connect = answering_wiring.openai_connection(settings, secrets)
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
        evening_template=settings.evening_template_sid,
        typing_marks=TypingMarks(
            httpx.Client(follow_redirects=False),
            settings.twilio_messaging_url if settings.typing_marks == "on" else "",
            twilio.credentials,
        ),
        quick_replies=QuickReplies.read(settings.quick_reply_sids),
    )


def pipeline(outside: Outside) -> NotePipeline:
    """The pipeline for all kinds of jobs."""
    ledger, store = outside.ledger, outside.store
    webhooks = outside.webhooks
    notes = Notes(ledger, outside.subscribers, (webhooks.note_changed,) if webhooks else ())
    tasks = Tasks(ledger, (webhooks.task_changed,) if webhooks else ())  # consoles hear of the note
    meter = Meter(Usage(ledger))
    outbox = Outbox(outside.twilio, Replies(ledger))
    follow_up = FollowUp(outbox, notes, outside.template)
    sources: dict[str, Source] = {
        "whatsapp": WhatsApp(
            outside.twilio,
            WhatsAppReplies(outbox, notes, follow_up, outside.typing_marks, outside.quick_replies),
        ),
        "upload": Uploads(store),
    }
    messages = Messages(Checkpoints(ledger), notes, outside.customers, sources, outside.glossaries)
    records = NoteRecords(NoteArtifacts(store), notes, tasks, outside.index_queue)
    again = AnalysisAgain(store, messages, tasks, outside.analyzer, meter)
    processor = NoteProcessor(
        files=MessageFiles(records),
        words=MessageWords(store, outside.transcriber, meter, outside.longest_recording, records),
        analyzer=outside.analyzer,
        commands=Commands(
            answering=outside.answering,
            player=Player(Sources(ledger), Clips(store, notes)),
            forgetter=Forgetter(notes, outbox.replies, outside.erasing),
            fixes=_fixes(outside, notes, again),
            evening=EveningCommands(Evenings(ledger), _changed_tasks(outside), OpenQuestions(ledger)),
        ),
        turns=Turns(Paces(ledger)),
        meter=meter,
        records=records,
        waits=Waits(records),
        greeter=Greeter(Greetings(ledger)),
    )
    making = Making(Analyses(ledger, outside.hears), StoredNotes(notes, store), messages, meter, outside.writing)
    return NotePipeline(messages, processor, follow_up, again, making, _evening_messages(outside, notes, tasks, outbox))


def _changed_tasks(outside: Outside) -> Tasks:
    """For tasks that change without their note: consoles hear of them, too."""
    webhooks = outside.webhooks
    return Tasks(outside.ledger, (webhooks.task_changed,) if webhooks else (), outside.task_subscribers)


def _fixes(outside: Outside, notes: Notes, again: AnalysisAgain) -> Fixes:
    """What senders can change of their own notes."""
    ledger, store = outside.ledger, outside.store
    changes = Changes(notes, store, StoredNotes(notes, store), _changed_tasks(outside), outside.index_queue)
    filing = Filing(changes, Checkpoints(ledger), MovedFiles(store, notes), again.as_kind)
    correcting = Correcting(changes, Checkpoints(ledger))
    kinds: dict[str, Fix] = {FILING: filing, DONE: Closing(changes), CORRECTION: correcting, KEEPING: Keeping(changes)}
    return Fixes(QuotedNotes(ledger, notes), correcting, kinds)


def _evening_messages(outside: Outside, notes: Notes, tasks: Tasks, outbox: Outbox) -> EveningMessages:
    """What sends evening messages."""
    ledger = outside.ledger
    return EveningMessages(
        evenings=Evenings(ledger),
        checkpoints=Checkpoints(ledger),
        customers=outside.customers,
        waiting=WaitingLines(tasks, OpenQuestions(ledger), notes, StoredNotes(notes, outside.store)),
        outbox=outbox,
        sources=Sources(ledger),
        usage=Usage(ledger),
        template=outside.evening_template,
    )
