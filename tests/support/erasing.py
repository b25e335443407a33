"""Messages with everything that can be kept of one, the eraser on an in-process account, and a process that dies."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
from support.account import Account
from support.app import OUR_NUMBER, FakeTwilio
from support.finished import finish

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import Choice, Section, begun
from ai_voice_shared.analyses.model import Source as AnalysisSource
from ai_voice_shared.analyses.template import Template
from ai_voice_shared.answering.answers import Citation, Statement
from ai_voice_shared.artifacts import CLIPS_PREFIX, STAGING_PREFIX, ArtifactKey
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Company
from ai_voice_shared.erasing import Erasing, Erasure
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.conversations import AnswerCache, Conversations, Turn
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.tasks.model import Source as TaskSource
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks
from voice_parser import eraser_handler
from voice_parser.commands.sources import Source, Sources, Told
from voice_parser.dead_letters import DeadLetters
from voice_parser.eraser import wiring as eraser_wiring
from voice_parser.eraser.data_request_runs import DataRequestRuns
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.registry import ErasableRecord
from voice_parser.eraser.retention import Retention
from voice_parser.indexer.removal import IndexRemoval

type Kinds = tuple[Callable[[Ledger], ErasableRecord], ...]
"""More kinds of records, each of which is made of the ledger."""

RECEIVED = "2026-11-20T10:00:00.000Z"
WORDS = "the boiler on Elm Street"


class Killed(BaseException):
    """The process is gone; nothing catches that."""


@dataclass
class Life:
    """Ends a process at its n-th outside effect; zero lets it live.

    Attributes:
        effects: how many calls to the outside there were.
    """

    ends_at: int = 0
    effects: int = 0

    def step(self) -> None:
        """One more call; raises Killed from the last one on."""
        self.effects += 1
        if self.ends_at and self.effects >= self.ends_at:
            raise Killed

    def of(self, client: Any) -> Any:
        """An AWS client that dies with the process."""
        return _Mortal(client, self)


@dataclass(frozen=True)
class _Mortal:
    client: Any
    life: Life

    def __getattr__(self, name: str) -> Callable[..., Any]:
        self.life.step()
        called: Callable[..., Any] = getattr(self.client, name)
        return called


@dataclass(frozen=True)
class _MortalTwilio:
    twilio: FakeTwilio
    life: Life

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.life.step()
        return self.twilio(request)


def eraser(
    account: Account,
    twilio: FakeTwilio,
    life: Life | None = None,
    more: Kinds = (),
    store: ObjectStore | None = None,
) -> Eraser:
    """As a new Lambda has it, with more kinds of records; its claims never make a later one wait."""
    life = life or Life()
    store = store or replace(account.store, client=life.of(account.store.client))
    ledger = Ledger(life.of(account.ledger.client), account.ledger.table)
    index_queue, dead_letters = (
        replace(one, client=life.of(one.client)) for one in (account.index_queue, account.dead_letters)
    )
    api = replace(twilio.api(account), http=httpx.Client(transport=httpx.MockTransport(_MortalTwilio(twilio, life))))
    parked = DeadLetters("notes", account.queue, dead_letters, wait_seconds=0)
    made = eraser_wiring.eraser_of(ledger, store, api, IndexRemoval(index_queue, store), parked)
    records = (*(kind(ledger) for kind in more), *made.records)
    return replace(made, records=records, lease=timedelta(seconds=-1))


@dataclass
class NoCompanies:
    """Stands for a `CustomerLookup` that knows no company but those that are named."""

    registered: set[str] = field(default_factory=set)

    def company(self, company_id: str) -> Company | None:
        """The company, where it is registered."""
        return Company(company_id, company_id) if company_id in self.registered else None


@dataclass(frozen=True)
class Spared(Eraser):
    """An eraser that dies before or after an erasure, not in it: its own tests kill it there."""

    whole: Eraser | None = None
    life: Life = field(default_factory=Life)

    def erase(self, company_id: str, message_id: str) -> Erasure | None:
        """The erasure, to its end."""
        assert self.whole
        self.life.step()
        return self.whole.erase(company_id, message_id)


def spared(account: Account, twilio: FakeTwilio, life: Life, more: Kinds = ()) -> Spared:
    """An eraser for a process that dies."""
    mortal = eraser(account, twilio, life, more)
    parts = {one.name: getattr(mortal, one.name) for one in fields(mortal)}
    return Spared(**parts, whole=eraser(account, twilio, more=more), life=life)


def request_runs(
    account: Account,
    twilio: FakeTwilio,
    life: Life | None = None,
    registered: set[str] | None = None,
    *,
    spare: bool = False,
    more: Kinds = (),
) -> DataRequestRuns:
    """What works on requests to export and erase, as a new Lambda has it; no run makes a later one wait."""
    nobody = cast("Any", NoCompanies(registered or set()))
    at_once = timedelta(seconds=-1)
    life = life or Life()
    works = spared(account, twilio, life, more) if spare else eraser(account, twilio, life, more)
    store = replace(account.store, client=life.of(account.store.client))
    return eraser_wiring.request_runs(works, store, nobody, timedelta(), lease=at_once)


@dataclass
class EraserFunction:
    """The eraser's function behind a Lambda client.

    Attributes:
        failures: what the next invocations raise.
    """

    retention: Retention
    failures: list[Exception] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def invoke(self, **request: Any) -> dict[str, Any]:
        """What Lambda answers."""
        event = json.loads(request["Payload"])
        self.asked.append(event)
        if request.get("InvocationType") == "Event":
            return {}
        try:
            if self.failures:
                raise self.failures.pop(0)  # noqa: TRY301 - a fake's own failure
            answer = json.dumps(eraser_handler.erase(self.retention, event))
        except Exception as error:  # noqa: BLE001 - as Lambda tells of it
            told = json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(told.encode())}
        return {"Payload": io.BytesIO(answer.encode())}


def function(account: Account, twilio: FakeTwilio) -> EraserFunction:
    """The function, with no company that forgets by itself."""
    return EraserFunction(Retention(account.ledger, eraser(account, twilio), dict))


def erasing(function: EraserFunction) -> Erasing:
    """Who asks the function."""
    return Erasing(cast("Any", function), "eraser")


def keep(account: Account, twilio: FakeTwilio, sid: str, company_id: str = "acme", customer_id: str = "sam") -> str:
    """A filed message with all that is ever kept of one; returns the sid of the reply to it."""
    twilio.receive(sid, datetime(2026, 11, 20, 10, tzinfo=UTC), WORDS, **{f"ME{sid}": "audio/ogg"})
    twilio.media[f"ME{sid}"] = b"OggS"
    checkpoint = Checkpoints(account.ledger).claim(sid, company_id, timedelta(minutes=1))
    checkpoint.once("transcript", lambda: WORDS, str)
    folder = str(ArtifactKey(company_id, "other", "boiler", sid, "audio", "ogg")).removesuffix("audio.ogg")
    checkpoint.once("folder", lambda: folder, str)
    keys = [f"{folder}audio.ogg", f"{folder}segments.json"]
    staged = f"{STAGING_PREFIX}{company_id}/{sid}/media-0.ogg"
    for key in (staged, *keys, keys[1], f"{folder}location.json", f"{CLIPS_PREFIX}{company_id}/{sid}/1.ogg"):
        account.store.put(key, WORDS.encode(), "text/plain")
    account.store.delete(staged)
    checkpoint.once("artifacts", lambda: keys, list[str])
    notes = Notes(account.ledger)
    notes.open(Note(company_id, sid, customer_id, RECEIVED, "Sam", "voice"))
    notes.update(company_id, sid, {"status": "filed", "intent": "other", "artifacts": "\n".join(keys), "title": WORDS})
    replied = reply(account, twilio, sid, company_id)
    finish(checkpoint)
    Conversations(account.ledger).add(company_id, customer_id, "whatsapp", Turn(WORDS, WORDS))
    AnswerCache(account.ledger).put(company_id, sid, WORDS)
    Glossary(account.ledger).suggest(company_id, sid, [("Boyler", WORDS)], lambda _sid: False)
    tasks = Tasks(account.ledger)
    tasks.add(Task(company_id, f"{sid}.{'0' * 20}", WORDS, source=TaskSource(sid, "Sam", 1000, WORDS)))
    analyzed(account, sid, company_id)
    told = Told((Source(sid, 1.0, 2.0),), "en")
    Sources(account.ledger).remember(company_id, customer_id, told, [replied])
    return replied


def analyzed(account: Account, sid: str, company_id: str, words: str = WORDS) -> str:
    """Keeps an analysis that rests on the note, and has its title and its words; returns its id."""
    analyses = Analyses(account.ledger)
    choice = Choice(Template("summary", "Summary", "What the notes say."), (sid,))
    asked = begun(company_id, choice, "")
    analyses.add(asked, choice)
    held = analyses.claim(company_id, asked.analysis_id, timedelta(minutes=1))
    assert held
    analyses.point(held, [sid])
    cited = Citation(sid, 0, 1.0, 2.0, words, "Sam", RECEIVED)
    said = (Section(None, (Statement(words, (cited,)),)),)
    sources = (AnalysisSource(sid, words, "Sam", RECEIVED),)
    shown: Item = {"title": words, "titled_by": sid}
    analyses.keep(held, lambda content: replace(content, sections=said, sources=sources), shown)
    analyses.finish(held, "ready")
    return asked.analysis_id


def reply(account: Account, twilio: FakeTwilio, sid: str, company_id: str = "acme") -> str:
    """Sends a reply to the message, and returns its sid."""
    replies = Replies(account.ledger)
    replies.begin(sid, company_id, "feedback-1")
    begun = replies.get(sid, "feedback-1")
    assert begun
    sent = twilio.api(account).send(OUR_NUMBER, "whatsapp:+15550100001", f"About {WORDS}.")
    assert replies.claim(begun, sent)
    replies.move(sid, "feedback-1", "delivered")
    return sent


def everything(account: Account, twilio: FakeTwilio) -> set[tuple[str, ...]]:
    """Each item, version and thing at Twilio there is, by what names it."""
    return {*_items(account), *_versions(account), *_at_twilio(twilio)}


def of_notes(account: Account, twilio: FakeTwilio) -> set[tuple[str, ...]]:
    """Everything but acme's analyses, which are its own. They stay when all their notes are erased, without words."""
    return {one for one in everything(account, twilio) if one[1] not in {"ANALYSES#acme", "ANALYSED#acme"}}


def _items(account: Account) -> Iterator[tuple[str, ...]]:
    pages = account.ledger.client.get_paginator("scan").paginate(TableName=account.ledger.table)
    for page in pages:
        yield from (("item", item["pk"]["S"], item["sk"]["S"]) for item in page["Items"])


def _versions(account: Account) -> Iterator[tuple[str, ...]]:
    yield from (("version", one.key, one.version_id) for one in account.store.versions(""))


def _at_twilio(twilio: FakeTwilio) -> Iterator[tuple[str, ...]]:
    yield from (("message", one["sid"]) for one in (*twilio.received, *twilio.log))
    yield from (("media", sid) for sid in twilio.media)
