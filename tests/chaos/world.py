"""The platform on which notes are tried, with our own processes in place of the deployed worker."""

import json
import os
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest import mock

from botocore.exceptions import ClientError
from support import patient
from support.receiver import Receiver, receiving
from support.waiting import eventually

from ai_voice_local.platform import Platform, platform
from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import ANALYSIS_ID, Choice, begun
from ai_voice_shared.analyses.template import Template
from ai_voice_shared.artifacts import upload_key
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCall, AskedCalls
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import AnalyzeJob, NoteJob, NotesJob
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.keywords.rules import Rules
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.evenings import Evening, Evenings
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.records import paces
from ai_voice_shared.records.waiting import WaitingNotes
from ai_voice_shared.tasks import model as tasks_model
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.endpoints import Endpoints
from chaos import calling, forks
from chaos.escalated_call import escalate, escalation_job
from chaos.forks import Function, Task
from chaos.gates import Killer
from chaos.kinds import HEARD, Kind
from chaos.model import Model, serving
from twilio_in_a_box.account.messages import OUR_NUMBER, Status
from twilio_in_a_box.box import TwilioInABox
from voice_parser.sweep.bringing_back import BringingBack

_BEHIND_THE_WORKER = 0.7
"""Seconds. The worker keeps what Twilio answered before a callback does so in its place, as long as nobody kills it."""

PROCESSES = 2
_LEFT_MS, _LEFT_TO_DIE_MS = 20_000, -9_000
"""A lease ends ten seconds after the time the function has left; so a killed one's ends after one second."""

_DEPLOYED: dict[Function, str] = {
    "worker": "voice-parser",
    "indexer": "segment-indexer",
    "webhook": "webhook-handler",
    "sweep": "sweep",
    "sender": "webhook-sender",
    "live": "live-call",
}
CUSTOMER = "sam"
_HOURS = timedelta(hours=4)
_LONG_AGO = timedelta(minutes=16)
"""When a sender is told that their file is missing."""

_LOOKED_EVERY = 0.2
"""Seconds; who looks all the time takes the time from those who work."""
_DEAD_LETTERS = "dead-letter"
_VISIBLE_ALREADY = {"MessageNotInflight", "ReceiptHandleIsInvalid"}
_SENDERS = 3_000


class NotSettled(Exception):  # noqa: N818 - reads as what it is
    """The world does not do as it should."""


@dataclass
class Run:
    """One message of its own company's only sender, on its way.

    Attributes:
        name: of the run; the company's id and a part of the sender's name.
        sids: of the messages, the one that is tried last.
    """

    name: str
    phone: str
    kind: Kind
    twilio: TwilioInABox
    sids: list[str] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """A running platform whose worker is switched off.

    Attributes:
        receiver: a system of all companies, to which their endpoints lead.
        variables: of the deployed functions.
        evening: in its hour, evening messages are due.
        hours_later: whether functions run hours later than now.
        sandbox: the switch for a message's way: at most so many processes at once.
    """

    platform: Platform
    model: Model
    receiver: Receiver
    folder: Path
    variables: dict[Function, dict[str, str]] = field(default_factory=dict)
    mappings: dict[str, str] = field(default_factory=dict)
    hours_later: bool = False
    evening: datetime = field(default_factory=lambda: now() - timedelta(hours=1))
    sandbox: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(PROCESSES))
    _waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _runs: int = 0

    def __post_init__(self) -> None:
        self.log = self.folder / "workers.log"
        self.sqs = patient.sqs()
        self.lambda_ = patient.lambda_()
        self.ledger = Ledger(patient.dynamodb(), self.platform.outputs.table)

    # What a sender does

    def run_of(self, kind: Kind, twilio: TwilioInABox | None = None) -> Run:
        """A new run, with a company and a sender that nobody else has."""
        with self._lock:
            self._runs += 1
            number = self._runs
        if number > _SENDERS:
            raise NotSettled("there are no more senders")
        if not kind.new:
            Greetings(self.ledger).is_first(_name(number), CUSTOMER, "earlier")
        return Run(_name(number), _phone(number), kind, twilio or self.platform.twilio)

    def write(self, run: Run, kind: Kind) -> dict[str, str]:
        """The sender writes; the webhook's parameters, not yet announced."""
        note = _filled(kind.note, run) if kind.note else None
        self.model.expect(run.name, note, kind.busy, kind.busy_seconds)
        self._begin_hour(run, hurried=kind.hurried)
        if kind.endpoint:
            Endpoints(self.ledger).create(run.name, f"{self.receiver.url}/{run.name}", ["note.filed", "call.escalated"])
        if kind.rule:
            self._listen(run, kind.rule)
        if (begun := self._without_a_message(run, kind)) is not None:
            return begun
        text = kind.text.replace("{run}", run.name)
        parameters = run.twilio.receive(run.phone, text, kind.media, kind.content_type, "Sam")
        replies = [sent.sid for sent in run.twilio.sent_to(run.phone)]
        for name, value in kind.parameters.items():
            parameters[name] = value.replace("{reply}", replies[-1] if replies else "")
        if kind.late:
            _file(run.twilio, parameters).rename(_hidden(run.twilio, parameters))
        run.sids.append(parameters["MessageSid"])
        run.parameters = parameters
        return parameters

    def _without_a_message(self, run: Run, kind: Kind) -> dict[str, str] | None:
        """What has happened before a job comes that no message brings; None if the sender writes a message."""
        if kind.uploaded:
            return self._upload(run, kind)
        if kind.analyzed:
            return self._ask_for_analysis(run)
        if kind.evening:
            return self._wish_evening(run)
        return self._of_a_call(run, kind)

    def _of_a_call(self, run: Run, kind: Kind) -> dict[str, str] | None:
        if kind.called:
            return calling.begin(self.ledger, run)
        if kind.phoned:
            return self._call(run, kind)
        if kind.escalated:
            run.sids.append(escalate(self.ledger, run.name).message_id)
            return {}
        return None

    def _listen(self, run: Run, phrase: str) -> None:
        """The company has a rule, the same in each run, so that runs can be compared."""
        rule = Rule(f"ru_{'0' * 16}", "Parts", (phrase,), updated_at="2026-11-20T09:12:04.000Z")
        place = {"pk": f"RULES#{run.name}", "sk": rule.rule_id}
        self.ledger.put({**place, "content": rule.to_json(), "tag": rule.tag})
        store = ObjectStore(patient.s3(), self.platform.outputs.bucket)
        Rules(self.ledger, CompiledRules(store)).compile(run.name)

    def _upload(self, run: Run, kind: Kind) -> dict[str, str]:
        """As the API leaves a complete upload, whose job is not sent yet."""
        sid = f"UP{uuid.uuid4().hex}"
        key = upload_key(run.name, sid, 0)
        patient.s3().put_object(Bucket=self.platform.outputs.bucket, Key=key, Body=kind.media)
        run.sids.append(sid)
        run.parameters = {"MessageSid": sid, "SenderName": f"Sam {run.name}", "FileKey0": key}
        run.parameters |= {"FileType0": kind.content_type}
        return run.parameters

    def _ask_for_analysis(self, run: Run) -> dict[str, str]:
        """As the API leaves an analysis, whose job is not sent yet."""
        choice = Choice(Template("summary", "Summary", "What the notes say."), tuple(run.sids))
        analysis = begun(run.name, choice, "")
        Analyses(self.ledger).add(analysis, choice)
        run.sids.append(analysis.analysis_id)
        return {}

    def _wish_evening(self, run: Run) -> dict[str, str]:
        """Something waits on the sender, who has wished an evening message, and it is due."""
        hour, address = time(self.evening.hour), f"whatsapp:{run.phone}"
        wish = Evening(run.name, CUSTOMER, hour, "UTC", "en", OUR_NUMBER, address, now(), self.evening.date())
        Evenings(self.ledger).wish(wish)
        task_id = f"{tasks_model.BY_HAND}.{'0' * 20}"
        Tasks(self.ledger).add(tasks_model.Task(run.name, task_id, "Call Elm Street", f"Sam {run.name}"))
        run.sids.append(self._evening_job(run).message_id)
        return {}

    def _call(self, run: Run, kind: Kind) -> dict[str, str]:
        """As the webhook leaves a question whose caller does not wait any more, and whose job is not sent yet."""
        call_id, caller = f"CA{uuid.uuid4().hex}", f"whatsapp:{run.phone}"
        calls = AskedCalls(self.ledger)
        calls.begin(AskedCall(call_id, run.name, CUSTOMER, OUR_NUMBER, caller, "whatsapp", "en", timestamp(now())))
        calls.ask(call_id, 1, kind.text.replace("{run}", run.name))
        for turn in calls.turns(call_id):
            calls.becomes(call_id, turn, "later", since=("asked",))
        run.sids += [call_id, CallTurnJob(call_id, run.name, CUSTOMER, 1).message_id]
        return {}

    def _evening_job(self, run: Run) -> EveningJob:
        return EveningJob(run.name, CUSTOMER, self.evening.date().isoformat())

    def _begin_hour(self, run: Run, *, hurried: bool) -> None:
        """Nobody has taken a turn yet, or the sender so many that the next is an hour from now.

        What came first took turns, too. How long ago that is differs from run to run, and with it how many writes the
        next turn takes.
        """
        pk = paces.partition(run.name)
        for place in (paces.COMPANY, paces.sender(CUSTOMER)):
            self.ledger.delete(pk, place)
        if hurried:
            free_at = now() + timedelta(hours=2)
            taken: Item = {"free_at": int(free_at.timestamp() * 1000), "expires_at": int(free_at.timestamp())}
            self.ledger.put({"pk": pk, "sk": paces.sender(CUSTOMER)} | taken)

    def announce(self, run: Run) -> None:
        """Twilio announces the run's last message to the deployed webhook, or the API has completed its upload."""
        if run.kind.called:
            outputs = self.platform.outputs
            calling.announce(Queue(self.sqs, outputs.queue_url), Queue(self.sqs, outputs.calls_queue_url), run)
            return
        if job := self._queued(run):
            Queue(self.sqs, self.platform.outputs.queue_url).send(job.to_json(), run.name)
            return
        answered = run.twilio.announce(run.parameters)
        if answered.status != HTTPStatus.OK:
            raise NotSettled(f"the webhook answered {answered.status}")

    def _queued(self, run: Run) -> NotesJob | None:
        """The job that comes without Twilio's webhook; None if Twilio announces the message."""
        if ANALYSIS_ID.fullmatch(run.sids[-1]):
            return AnalyzeJob(run.sids[-1], run.name)
        if run.kind.escalated and run.sids[-1].startswith("EC"):
            return escalation_job(run.name)
        if run.sids[-1].startswith("CQ"):
            return CallTurnJob(run.sids[-2], run.name, CUSTOMER, 1)
        if run.kind.evening:
            return self._evening_job(run)
        if run.kind.uploaded:
            return NoteJob({**run.parameters}, run.name, CUSTOMER, timestamp(now()), "upload")
        return None

    def file_comes(self, run: Run) -> None:
        """Twilio has the file of the run's last message from now on, if it had not before."""
        if run.kind.late and (hidden := _hidden(run.twilio, run.parameters)).exists():
            hidden.rename(_file(run.twilio, run.parameters))

    def grow_old(self, queue: str, runs: Sequence[Run]) -> None:
        """The runs' last messages, which are in the queue, came long ago.

        All are taken before one is sent again, or a later `take` would keep what nobody takes any more.
        """
        for message in [self.take(queue, run.sids[-1]) for run in runs]:
            job = NoteJob.from_json(message["Body"])
            old = replace(job, received_at=timestamp(now() - _LONG_AGO))
            Queue(self.sqs, queue).send(old.to_json(), job.company_id)
            self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    # What Lambda's poller does

    def invoke(self, function: Function, event: Any, gate: Any, **more: Any) -> forks.Told | None:
        """What a new process of this function tells; None when it died."""
        extra: Mapping[str, str] = more.pop("environment", {})
        environment = self.variables[function] | self.platform.environment | dict(extra)
        left = _LEFT_TO_DIE_MS if isinstance(gate, Killer) else _LEFT_MS
        later = _HOURS if self.hours_later else timedelta()
        task = Task(function, event, environment, gate, self.log, left, later, **more)
        with self.sandbox:
            return forks.run(task)

    def take(self, queue: str, mark: str) -> dict[str, Any]:
        """The queue's message that holds the mark; others that come are kept for those who wait for them."""
        found: list[dict[str, Any]] = []

        def came() -> bool:
            with self._lock:
                self._waiting |= {message["MessageId"]: message for message in self.received(queue)}
                names = [name for name, message in self._waiting.items() if mark in message["Body"]]
                found.extend(self._waiting.pop(name) for name in names[:1])
            return bool(found)

        eventually(came)
        return found[0]

    def received(self, queue: str, most: int = 10) -> list[dict[str, Any]]:
        """Messages of a queue, invisible to others from now on."""
        found = self.sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=most, MessageSystemAttributeNames=["All"], MessageAttributeNames=["All"]
        )
        return [dict(message) for message in found.get("Messages", [])]

    def show_again(self, queue: str, message: Mapping[str, Any]) -> None:
        """As if the visibility timeout were over; on a busy machine it may be, and the message received again."""
        with self._lock:
            message = self._waiting.pop(str(message["MessageId"]), message)
        try:
            self.sqs.change_message_visibility(
                QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _VISIBLE_ALREADY:
                raise

    def work(
        self, function: Function, queue: str, messages: Sequence[Mapping[str, Any]], gate: Any, **more: Any
    ) -> forks.Told | None:
        """Gives a new process a batch, as Lambda does, and deletes what it has settled."""
        told = self.invoke(function, {"Records": [_record(message) for message in messages]}, gate, **more)
        if told:
            again = {failure["itemIdentifier"] for failure in told.answer["batchItemFailures"]}
            for message in messages:
                if message["MessageId"] not in again:
                    self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return told

    def settle(self, function: Function, queue: str, gate: Any, batch: int = 5) -> None:
        """Works on the queue until nothing is left in it."""

        def worked_off() -> bool:
            while messages := self.received(queue, batch):
                self.work(function, queue, messages, gate)
            return not self.left_in(queue)

        with ThreadPoolExecutor(PROCESSES) as threads:
            list(threads.map(partial(eventually, every=_LOOKED_EVERY), [worked_off] * PROCESSES))

    def left_in(self, queue: str) -> int:
        """How many messages a queue holds, those that wait or are in somebody's hands included."""
        names: Any = [f"ApproximateNumberOfMessages{state}" for state in ("", "NotVisible", "Delayed")]
        found = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        return sum(map(int, found.values()))

    def told(self, run: Run) -> list[tuple[str, str]]:
        """Id and body of each event of the run's last message that its endpoint got, as often as it came."""
        bodies = [(headers["webhook-id"], body.decode()) for headers, body in self.receiver.received]
        return [(event_id, body) for event_id, body in bodies if run.sids[-1] in body]

    def wait_for_others(self) -> None:
        """Until the deployed functions behind queues, the indexer among them, have nothing left to do."""
        queues = [url for url in self.sqs.list_queues()["QueueUrls"] if _DEAD_LETTERS not in url]
        eventually(lambda: not any(map(self.left_in, queues)), every=_LOOKED_EVERY)

    def bring_back(self) -> int:
        """As the sweep does hours later: how many notes have waited in the ledger until then."""
        waiting, queue = WaitingNotes(self.ledger), Queue(self.sqs, self.platform.outputs.queue_url)
        with self.log.open("a", encoding="utf-8") as log, redirect_stdout(log):
            return BringingBack(waiting, queue, lambda: now() + _HOURS).run()

    def forget_sweeps(self) -> None:
        """The next sweep is the first one."""
        self.ledger.delete("SWEEP", "TWILIO")

    def switch(self, queue: str, *, on: bool) -> None:
        """Switches the deployed function behind a queue on or off."""
        self.lambda_.update_event_source_mapping(UUID=self.mappings[queue.rpartition("/")[2]], Enabled=on)


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """The platform with OpenAI's engines, answered by our model; its worker is off, its indexer on."""
    forks.start_server()
    with serving(Model(HEARD)) as model, mock.patch.dict(os.environ, {"OPENAI_API_KEY": "sk-chaos"}):
        url = {"OpenAiBaseUrl": model.url, "OpenAiDialect": "responses"}
        overrides = {"voice-parser": url, "data-api-server": url, "realtime": url}
        with platform(folder, overrides=overrides) as running, receiving() as receiver:
            _put_senders(running)
            running.twilio.fate = told_of_every_other
            running.twilio.told_after = _BEHIND_THE_WORKER
            made = World(running, model, receiver, folder)
            made.mappings = _mappings(made)
            made.switch(running.outputs.queue_url, on=False)
            made.variables = {function: _variables(made, name) for function, name in _DEPLOYED.items()}
            yield made


def told_of_every_other(_body: str, number: int) -> tuple[Status, ...]:
    """Twilio tells of every other reply that it was sent: one in doubt is found by that, or in Twilio's log alone."""
    return (("sent", ""),) if number % 2 else ()


def _variables(made: World, name: str) -> dict[str, str]:
    """A deployed function's own environment."""
    functions = made.platform.outputs.functions
    deployed = functions.get(name) or functions["voice-parser"].removesuffix("voice-parser") + name
    configuration = made.lambda_.get_function_configuration(FunctionName=deployed)
    index = {"INDEX_FOLDER": str(made.folder / "index")}  # as in one warm sandbox, whose disk outlives a killed process
    return configuration["Environment"]["Variables"] | index


def _mappings(made: World) -> dict[str, str]:
    found = made.lambda_.list_event_source_mappings()["EventSourceMappings"]
    return {one["EventSourceArn"].rpartition(":")[2]: one["UUID"] for one in found}


def _put_senders(running: Platform) -> None:
    names = [(_name(number), _phone(number)) for number in range(1, _SENDERS + 1)]
    companies = [
        {"company_id": name, "name": name, "languages": ["en"], "glossary": [name], "calls": {"supervisor": phone}}
        for name, phone in names
    ]
    customers = [
        {"customer_id": CUSTOMER, "company_id": name, "name": f"Sam {name}", "phone_numbers": [phone]}
        for name, phone in names
    ]
    body = json.dumps({"companies": companies, "customers": customers}).encode()
    patient.s3().put_object(Bucket=running.outputs.bucket, Key="customers.json", Body=body)


def _file(twilio: TwilioInABox, parameters: Mapping[str, str]) -> Path:
    """Where Twilio has a message's file."""
    return twilio.folder / parameters["MediaUrl0"].rpartition("/")[2]


def _hidden(twilio: TwilioInABox, parameters: Mapping[str, str]) -> Path:
    """Where nobody finds it."""
    return _file(twilio, parameters).with_suffix(".late")


def _name(number: int) -> str:
    return f"run{number:06}"


def _phone(number: int) -> str:
    return f"+1555{number:07}"


def _filled(note: dict[str, Any], run: Run) -> dict[str, Any]:
    filled: dict[str, Any] = json.loads(json.dumps(note).replace("{run}", run.name))
    return filled


def _record(message: Mapping[str, Any]) -> dict[str, Any]:
    """As Lambda tells of a message (AWS Lambda, "Using Lambda with Amazon SQS")."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
    }
