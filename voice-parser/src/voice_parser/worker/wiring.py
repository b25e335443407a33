"""Where the parts of the worker are made, each once."""

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCalls
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.marks import Marking
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.people.open_questions import OpenQuestions
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.tasks import Tasks
from voice_parser.analyzing.making import Making
from voice_parser.calling.call_answers import CallAnswers
from voice_parser.calling.call_jobs import CallJobs
from voice_parser.calling.call_turns import CallTurns
from voice_parser.calling.messages_to_callers import MessagesToCallers
from voice_parser.commands.clips import Clips
from voice_parser.commands.commands import Commands
from voice_parser.commands.forget import Forgetter
from voice_parser.commands.pin import PinSetter
from voice_parser.commands.play import Player
from voice_parser.commands.sources import Sources
from voice_parser.escalating.planning import Planning
from voice_parser.escalating.telling import EscalationMessages
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
from voice_parser.inbound.phone import PhoneNotes, PhoneReplies
from voice_parser.inbound.upload import Uploads
from voice_parser.inbound.work import Source
from voice_parser.live.consoles import Consoles
from voice_parser.outside import Outside, real_outside
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.greeting import Greeter
from voice_parser.replying.outgoing import Outbox
from voice_parser.replying.whatsapp import WhatsAppReplies
from voice_parser.settings import Settings
from voice_parser.talks.checks import CallChecks
from voice_parser.talks.recordings import CallRecordings
from voice_parser.talks.source import CallSource
from voice_parser.talks.words import TalkWords
from voice_parser.twilio.inbound import WhatsApp
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


def build(settings: Settings) -> Worker:
    """The worker with its real clients; raises Misconfigured for an engine that does not exist."""
    return worker(settings, pipeline(real_outside(settings)))


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


def pipeline(outside: Outside) -> NotePipeline:
    """The pipeline for all kinds of jobs."""
    ledger, store = outside.ledger, outside.store
    webhooks = outside.webhooks
    notes = Notes(ledger, outside.subscribers, (webhooks.note_changed,) if webhooks else ())
    tasks = Tasks(ledger, (webhooks.task_changed,) if webhooks else ())  # consoles hear of the note
    meter = Meter(Usage(ledger))
    outbox = Outbox(outside.twilio, Replies(ledger))
    follow_up = FollowUp(outbox, notes, outside.template)
    whatsapp = WhatsAppReplies(outbox, notes, follow_up, outside.typing_marks, outside.quick_replies)
    sources: dict[str, Source] = {
        "whatsapp": WhatsApp(outside.twilio, whatsapp),
        "upload": Uploads(store),
        "call": CallSource(Calls(ledger), Consoles(outside.calls_told), outside.twilio),
        "phone": PhoneNotes(outside.twilio, PhoneReplies(whatsapp) if outside.our_number else None, outside.our_number),
    }
    talks = TalkWords(Calls(ledger), LiveRecords(ledger))
    messages = Messages(Checkpoints(ledger), notes, outside.customers, sources, outside.glossaries)
    records = NoteRecords(NoteArtifacts(store), notes, tasks, outside.index_queue)
    again = AnalysisAgain(store, messages, tasks, outside.analyzer, meter)
    processor = NoteProcessor(
        files=MessageFiles(records),
        words=MessageWords(store, outside.transcriber, meter, outside.longest_recording, records, talks),
        analyzer=outside.analyzer,
        commands=Commands(
            answering=outside.answering,
            player=Player(Sources(ledger), Clips(store, notes)),
            forgetter=Forgetter(notes, outbox.replies, outside.erasing),
            fixes=_fixes(outside, notes, again),
            evening=EveningCommands(Evenings(ledger), _changed_tasks(outside), OpenQuestions(ledger)),
            pins=PinSetter(Pins(ledger), outside.twilio),
        ),
        turns=Turns(Paces(ledger)),
        meter=meter,
        records=records,
        waits=Waits(records),
        greeter=Greeter(Greetings(ledger)),
        marking=Marking(CompiledRules(store)),
    )
    making = Making(Analyses(ledger, outside.hears), StoredNotes(notes, store), messages, meter, outside.writing)
    return NotePipeline(
        messages,
        processor,
        follow_up,
        again,
        making,
        _evening_messages(outside, notes, tasks, outbox),
        CallJobs(
            *_after_calls(outside, notes),
            _call_turns(outside, notes, messages, outbox),
            _escalation_messages(outside, notes, outbox),
        ),
    )


def _after_calls(outside: Outside, notes: Notes) -> tuple[CallChecks, CallRecordings]:
    """What looks after calls to companies' lines."""
    ledger, calls, records = outside.ledger, Calls(outside.ledger), LiveRecords(outside.ledger)
    checks = CallChecks(calls, records, Consoles(outside.calls_told), outside.notes_queue)
    return checks, CallRecordings(
        calls, records, Checkpoints(ledger), notes, outside.store, outside.twilio, outside.notes_queue
    )


def _call_turns(outside: Outside, notes: Notes, messages: Messages, outbox: Outbox) -> CallTurns:
    """What answers questions by phone."""
    ledger = outside.ledger
    usage = Usage(ledger)
    return CallTurns(
        checkpoints=Checkpoints(ledger),
        calls=AskedCalls(ledger),
        answers=CallAnswers(outside.answering, messages, Clips(outside.store, notes), Sources(ledger), usage),
        messages=MessagesToCallers(outbox, AskedCalls(ledger), usage, outside.our_number),
        pins=Pins(ledger),
    )


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


def _escalation_messages(outside: Outside, notes: Notes, outbox: Outbox) -> EscalationMessages:
    """What tells of escalations of calls."""
    ledger = outside.ledger
    return EscalationMessages(
        calls=Calls(ledger),
        checkpoints=Checkpoints(ledger),
        customers=outside.customers,
        planning=Planning(outside.customers, notes),
        outbox=outbox,
        usage=Usage(ledger),
        webhooks=outside.webhooks,
        our_number=outside.our_number,
        template=outside.escalation_template,
    )
