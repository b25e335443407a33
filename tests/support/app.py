"""The voice-parser on an in-process account, with fakes for what lies outside: Twilio, the engines, the lookup."""

import io
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

import httpx
import numpy as np
from numpy.typing import NDArray
from support.account import ACCOUNT_SID, TWILIO_SECRET, Account

from ai_voice_shared.analyses.writing import Writing
from ai_voice_shared.answering.answering import Answering, Tell
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.aws.queues import Delivery
from ai_voice_shared.correcting.quick_replies import CHOICES, LONGEST_BODY, QuickReplies
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, company_to_wire, to_wire
from ai_voice_shared.domain import Company, Customer, RecognizedSpeech, Segment, Transcript
from ai_voice_shared.intents import ActionItem, Intent, JobToBeDone
from ai_voice_shared.jobs import NoteJob, NotesJob
from ai_voice_shared.people.greetings import Greetings
from ai_voice_shared.records.glossary import Glossary, KnownGlossaries
from ai_voice_shared.records.notes import Note, Notes, Subscriber
from ai_voice_shared.webhooks.events import Publisher
from ai_voice_shared.words.languages import SPOKEN
from voice_parser.outside import Outside
from voice_parser.speech.transcription import Hints
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.typing_marks import TypingMarks
from voice_parser.understanding.understanding import Analysis
from voice_parser.worker import wiring
from voice_parser.worker.worker import Worker

TWILIO = "https://api.twilio.com"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"
OUR_NUMBER = "whatsapp:+15550100000"
ACME = Company("acme", "Acme", ("en",), ("Elm Street",))
LEASE = timedelta(minutes=5)
BUTTONS = QuickReplies(
    {
        (choice, language): f"HX{place:032x}"
        for place, (choice, language) in enumerate(itertools.product(CHOICES, SPOKEN), start=0xB000)
    }
)
"""As an account has them whose operator has made them."""
JOB = JobToBeDone(
    intent="job-to-be-done",
    title="Order valves",
    tag="order-valves",
    summary="Two valves are wanted.",
    action_items=[ActionItem(what="order two valves", who="Maria", by_when="Friday")],
)


@dataclass
class FakeTranscriber:
    """Hears what it is told to; its times are a word every half second."""

    text: str = "please order two valves by friday"
    name: str = "fake"
    longest_window: float = 25.0
    parallel: int = 2
    takes_hints: bool = True
    calls: int = 0
    before: Callable[[], None] = lambda: None

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:
        """The text, spread over the window."""
        self.before()
        self.calls += 1
        length = len(samples) / 16000 / max(1, len(self.text.split()))
        words = tuple(
            Segment(number * length, (number + 1) * length, word) for number, word in enumerate(self.text.split())
        )
        return RecognizedSpeech(self.text, next(iter(hints.languages), "en"), words)


@dataclass
class FakeAnalyzer:
    """Understands what it is told to."""

    analysis: Analysis = field(default_factory=lambda: Analysis(language="en", note=JOB, engine="fake"))
    calls: int = 0
    before: Callable[[], None] = lambda: None
    words: list[Transcript] = field(default_factory=list)
    kinds: list[type[Intent] | None] = field(default_factory=list)

    def understand(
        self,
        transcript: Transcript,
        _company: Company,
        _received: object = None,
        kind: type[Intent] | None = None,
    ) -> Analysis:
        """What it was told."""
        self.before()
        self.kinds.append(kind)
        self.calls += 1
        self.words.append(transcript)
        return self.analysis


@dataclass
class FakeTwilio:
    """Twilio's API and media host as an httpx transport.

    Attributes:
        answers: what the next requests get instead of the usual answer, first to last.
        authorized: the hosts that were sent credentials.
        received: what the message list tells, the oldest first; pages hold `largest_page`.
        attached: the files of each message, as its media list tells.
        log: what the message list tells of the messages in `sent`.
        after: called once a message is taken, before we hear of it; an answer that it returns is what we hear.
    """

    media: dict[str, bytes] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    answers: list[httpx.Response | Exception] = field(default_factory=list)
    authorized: set[str] = field(default_factory=set)
    slept: list[float] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    attached: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    largest_page: int = 1000
    log: list[dict[str, Any]] = field(default_factory=list)
    taken: int = 0
    after: Callable[[], object] = lambda: None
    status_url: str = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if "authorization" in request.headers:
            self.authorized.add(request.url.host)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        if request.method != "GET":
            return self._change(request)
        if request.url.path == f"{MESSAGES}.json":
            return self._list(dict(request.url.params))
        if request.url.path.endswith(("/Media.json", "/Recordings.json")):
            return self._files(request.url.path)
        if request.url.host == "api.twilio.com":
            return httpx.Response(307, headers={"location": f"https://mms.twiliocdn.com{request.url.path}"})
        content = self.media.get(request.url.path.rpartition("/")[2])
        return httpx.Response(404) if content is None else httpx.Response(200, content=content)

    def api(self, account: Account) -> TwilioApi:
        """The real adapter on this fake."""
        return TwilioApi(
            http=httpx.Client(transport=httpx.MockTransport(self)),
            secrets=account.secrets,
            secret_name=TWILIO_SECRET,
            url=TWILIO,
            media_origins=("https://*.twilio.com", "https://*.twiliocdn.com"),
            sleep=self.slept.append,
            status_url=self.status_url,
        )

    def receive(self, sid: str, at: datetime, text: str = "", sender: str = "+15550100001", **media: str) -> None:
        """Keeps an inbound message and the content types of its files; nobody announces it."""
        self.attached[sid] = [
            {"uri": f"{MESSAGES}/{sid}/Media/{name}.json", "content_type": content_type}
            for name, content_type in media.items()
        ]
        fields = {"sid": sid, "from": f"whatsapp:{sender}", "to": OUR_NUMBER, "body": text, "direction": "inbound"}
        more = {"account_sid": ACCOUNT_SID, "num_media": str(len(media))}
        self.received.append(fields | more | dict.fromkeys(("date_sent", "date_created"), format_datetime(at)))

    def _files(self, path: str) -> httpx.Response:
        """Those of a message, or the recordings, all of which are of one call."""
        if path.endswith("/Recordings.json"):
            names = [name.removesuffix(".wav") for name in self.media if name.startswith("RE")]
            return httpx.Response(200, json={"recordings": [{"sid": name} for name in names]})
        files = self.attached.get(path.split("/")[-2])
        return _not_found() if files is None else httpx.Response(200, json={"media_list": files})

    def _list(self, query: dict[str, str]) -> httpx.Response:
        found = [
            message
            for message in reversed([*self.received, *self.log])
            if query.get("DateSent>", "") <= _day(message) <= query.get("DateSent<", "9999")
            and all(message[name.lower()] == query[name] for name in ("To", "From") if name in query)
        ]
        start = int(query.get("Page", "0"))
        end = start + min(int(query["PageSize"]), self.largest_page)
        more = f"{MESSAGES}.json?{urlencode(query | {'Page': str(end)})}" if end < len(found) else None
        return httpx.Response(200, json={"messages": found[start:end], "next_page_uri": more})

    def _change(self, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            return httpx.Response(204) if self._delete(request.url.path.removesuffix(".json")) else _not_found()
        return self._take(dict(parse_qsl(request.content.decode())))

    def _take(self, fields: dict[str, str]) -> httpx.Response:
        if len(fields.get("Body", "")) > 1600:
            return httpx.Response(400, json={"code": 21617})
        if not fields.get("Body") and not fields.get("MediaUrl") and not fields.get("ContentSid"):
            return httpx.Response(400, json={"code": 21619})
        self.taken += 1
        self.sent.append(fields | _shown(fields))
        self.log.append(_logged(f"SM{self.taken}", fields))
        instead = self.after()
        return instead if isinstance(instead, httpx.Response) else httpx.Response(201, json={"sid": f"SM{self.taken}"})

    def _delete(self, path: str) -> bool:
        """Whether there was a message, a file of one, or a recording, at the path."""
        if "/Recordings/" in path:
            return self.media.pop(f"{path.rpartition('/')[2]}.wav", None) is not None
        sid, _, media_sid = path.removeprefix(f"{MESSAGES}/").partition("/Media/")
        if media_sid:
            return self.media.pop(media_sid, None) is not None
        there = [one for one in (*self.received, *self.log) if one["sid"] == sid]
        self.received = [one for one in self.received if one["sid"] != sid]
        self.log = [one for one in self.log if one["sid"] != sid]
        for file in self.attached.pop(sid, []):
            self.media.pop(file["uri"].rpartition("/")[2].removesuffix(".json"), None)
        return bool(there)


def _not_found() -> httpx.Response:
    """As Twilio's API says it (Twilio, "Error 20404")."""
    return httpx.Response(404, json={"code": 20404, "message": "The requested resource was not found", "status": 404})


def _shown(fields: dict[str, str]) -> dict[str, str]:
    """The text above buttons, which a phone shows like any other."""
    if fields.get("ContentSid") not in BUTTONS.sids.values():
        return {}
    text = str(json.loads(fields["ContentVariables"])["1"])
    assert 0 < len(text) <= LONGEST_BODY
    return {"Body": text}


def _logged(sid: str, fields: dict[str, str]) -> dict[str, Any]:
    """A queued message as the list tells of it: its time of sending is not known yet."""
    body = fields.get("Body") or " ".join(json.loads(fields.get("ContentVariables", "{}")).values())
    told = {"sid": sid, "from": fields["From"], "to": fields["To"], "body": body, "direction": "outbound-api"}
    files = str(int("MediaUrl" in fields))
    return told | {"num_media": files, "date_sent": None, "date_created": format_datetime(datetime.now(UTC))}


def _day(message: dict[str, Any]) -> str:
    return parsedate_to_datetime(message["date_sent"]).date().isoformat() if message["date_sent"] else "9999"


@dataclass
class FakeAnswering:
    """Answers what it is told to; first to last, the last one again and again."""

    answers: list[Answer]
    asked: list[Question] = field(default_factory=list)
    remembered: list[tuple[str, Answer]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def ask(self, question: Question, _tell: Tell = lambda _statement: None) -> Answer:
        """What it was told."""
        self.before()
        self.asked.append(question)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]

    def remember(self, question: Question, answer: Answer) -> None:
        """Adds to what is remembered."""
        self.remembered.append((question.text, answer))


@dataclass
class FakeLookup:
    """The customer-lookup function behind a Lambda client."""

    known: IdentifiedSender | None = field(
        default_factory=lambda: IdentifiedSender(Customer("sam", "acme", "Sam"), ACME)
    )
    company: Company | None = ACME
    failures: int = 0

    def invoke(self, Payload: bytes, **_: object) -> dict[str, Any]:  # noqa: N803 - boto3's name
        """What the function answers to who a sender is, or what a company's settings are; first it fails so often."""
        self.failures -= 1
        if self.failures >= 0:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b"{}")}
        asked = json.loads(Payload)
        answer = company_to_wire(self.company) if "company_id" in asked else to_wire(self.known)
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


@dataclass
class FakeApp:
    """The worker and all it stands on.

    Attributes:
        greeted: whether Sam wrote before, so that his next message is answered without a greeting.
    """

    account: Account
    transcriber: FakeTranscriber = field(default_factory=FakeTranscriber)
    analyzer: FakeAnalyzer = field(default_factory=FakeAnalyzer)
    twilio: FakeTwilio = field(default_factory=FakeTwilio)
    lookup: FakeLookup = field(default_factory=FakeLookup)
    answering: FakeAnswering | None = None
    max_attempts: int = 3
    longest_recording: float = 60.0
    subscribers: tuple[Subscriber, ...] = ()
    webhooks: Publisher | None = None
    writing: Writing | None = None
    typing_marks: TypingMarks | None = None
    greeted: bool = True
    quick_replies: QuickReplies = BUTTONS
    our_number: str = OUR_NUMBER

    def __post_init__(self) -> None:
        if self.greeted:
            Greetings(self.account.ledger).is_first("acme", "sam", "earlier")

    def worker(self) -> Worker:
        """A worker as a new Lambda has it: nothing remembered."""
        from support.erasing import erasing, function  # noqa: PLC0415 - which takes our Twilio

        account = self.account
        outside = Outside(
            store=account.store,
            ledger=account.ledger,
            customers=CustomerLookup(cast("Any", self.lookup), "lookup"),
            twilio=self.twilio.api(account),
            transcriber=self.transcriber,
            analyzer=self.analyzer,
            index_queue=account.index_queue,
            notes_queue=account.queue,
            erasing=erasing(function(account, self.twilio)),
            longest_recording=self.longest_recording,
            answering=cast("Answering | None", self.answering),
            glossaries=KnownGlossaries(Glossary(account.ledger)),
            subscribers=self.subscribers,
            webhooks=self.webhooks,
            writing=self.writing,
            typing_marks=self.typing_marks,
            quick_replies=self.quick_replies,
            our_number=self.our_number,
        )
        pipeline = wiring.pipeline(outside)
        return Worker(pipeline, account.queue, account.dead_letters, self.max_attempts, backoff_seconds=1)

    def deliver(self, job: NotesJob, attempt: int = 1) -> bool:
        """Gives the worker one delivery; tells whether it was acknowledged."""
        return not self.worker().work([Delivery("1", "no-such-handle", job.to_json(), attempt)], LEASE)

    def note(self, message_id: str) -> Note:
        """The note as listed."""
        note = Notes(self.account.ledger).get("acme", message_id)
        assert note is not None
        return note

    def artifacts(self, prefix: str = "acme/") -> list[str]:
        """The keys of all objects below the prefix."""
        return [item.key for item in self.account.store.list(prefix, 1000)]

    def replies(self) -> list[str]:
        """What the sender was sent to read."""
        return [message["Body"] for message in self.twilio.sent if "Body" in message]

    def voice(
        self, recording: bytes, sid: str = "MM1", content_type: str = "audio/ogg", caption: str = "", **extra: str
    ) -> NoteJob:
        """A voice note, or another file, that waits at Twilio; words may stand beside it."""
        self.twilio.media[f"ME{sid}"] = recording
        url = f"{TWILIO}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sid}/Media/ME{sid}"
        return job(sid, NumMedia="1", MediaUrl0=url, MediaContentType0=content_type, Body=caption, **extra)


def job(sid: str = "SM1", **parameters: str) -> NoteJob:
    """A queued message of Acme's Sam."""
    message: dict[str, str | list[str]] = {
        "MessageSid": sid,
        "From": "whatsapp:+15550100001",
        "To": "whatsapp:+15550100000",
        "ProfileName": "Sam",
        "NumMedia": "0",
        **parameters,
    }
    return NoteJob(message, "acme", "sam", "2026-11-20T10:00:00.000Z")
