"""One message on its way: what is kept, what is understood, what its sender is told."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.artifacts import tag_from
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Company, Transcript, now, timestamp
from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender, Wait
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.steps import TURN
from ai_voice_shared.stored import note_texts
from ai_voice_shared.telemetry import metric
from ai_voice_shared.times import zones
from voice_parser.commands.requested import Requested
from voice_parser.replying.note_reply import NoteReply
from voice_parser.replying.telling import Teller
from voice_parser.twilio import shared
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.file_types import of_content
from voice_parser.twilio.message import InboundMessage, Media
from voice_parser.understanding.understanding import Understander, Understood, dated, readable, titled
from voice_parser.visible_text import on_one_line, says_something
from voice_parser.worker.late_files import LateFile, late
from voice_parser.worker.message_words import MessageWords, Problem
from voice_parser.worker.metering import Meter
from voice_parser.worker.note_artifacts import Folder, Kept, NoteArtifacts
from voice_parser.worker.record import NoteRecord
from voice_parser.worker.turns import TooMany, Turn, Turns

_UNFILED = "other"
_TITLE_LENGTH = 100
_LOOKED_AT = ("image", "document")
"""Files of which we read nothing but the words beside them."""

_ABSENT = "file-absent"
"""The step by which a sender heard that the message's file is missing, while it is still asked for."""

_TOO_MANY = "too-many"
"""The step by which a sender heard that messages wait for their turn."""

_LONG = timedelta(minutes=10)
"""A sender hears by then, if only that the note waits."""


@dataclass(frozen=True)
class Filing:
    """One message, its receipt, and what it takes to file it."""

    store: ObjectStore
    twilio: TwilioApi
    teller: Teller
    understander: Understander
    requested: Requested
    meter: Meter
    turns: Turns
    words: MessageWords
    record: NoteRecord
    job: NoteJob
    message: InboundMessage
    receipt: Receipt
    company: Company

    def file(self) -> str:
        """Files the note and returns what to tell the sender; raises TellSender when there is no note in it."""
        if refused := self.receipt.result("refused", Problem):
            raise TellSender(refused.phrase, **refused.details)
        media = self._media()
        self.turns.take(self.job, self.message, self.receipt, self.company)
        if self.words.kind == "other":
            raise TellSender("unknown_kind")
        words = self.words.read(media)
        if self.words.kind not in shared.KINDS and (request := self.requested.in_words(words)):
            self._keep_as_it_is(media)
            return request()
        if says_something(words.full_text):
            return self._file_note(words, media)
        if self.words.kind == "text":
            raise TellSender("no_words" if words.text else "empty")
        self._keep_as_it_is(media)
        return phrase("kept_file", self.company.usual_language)

    def refuse(self, refusal: TellSender) -> str:
        """Keeps all there is of a message that holds no note, and returns what to tell the sender."""
        self.receipt.once("refused", lambda: Problem(refusal.phrase, refusal.details), Problem)
        media = self.receipt.once("media", list, list[Kept])
        folder = self.record.folder(_UNFILED, tag_from(refusal.phrase))
        whole = not media or self.words.kind == "other"
        self.record.file(
            folder,
            media,
            lambda: self._artifacts.file_as_it_is(folder, self.message, whole=whole),
            {"status": "refused", "problem": refusal.phrase},
        )
        metric("NoteRefused", message_id=self.message.message_id, reason=refusal.phrase)
        return phrase(refusal.phrase, self.company.usual_language, **refusal.details)

    def park(self, reason: str) -> None:
        """Keeps all there is of a message we could not work on, and tells its sender so."""
        if self.receipt.has("artifacts"):  # nobody tries again, so it stays what it was before the last attempt
            self.record.update({"status": "refused" if self.receipt.has("refused") else "filed", "problem": reason})
        else:
            self.record.update({"problem": reason})
            folder = self.record.folder(_UNFILED, "parked")
            media = self.receipt.result("media", list[Kept]) or []

            def write() -> list[str]:
                kept = self._artifacts.file_as_it_is(folder, self.message, whole=True)
                return [*self._artifacts.file_media(folder, media), *kept]

            keys = self.receipt.once("parked", write, list[str])
            self.record.list(folder, keys, {"status": "parked", "problem": reason})
        self.receipt.end_wait()
        try:
            self.teller.tell("kept-for-us", phrase("kept_for_us", self.company.usual_language))
        finally:
            self.meter.count(self.receipt, [self.record.closing])

    def retry_later(self, problem: str) -> None:
        """Shows on the note that it will be tried again, and why."""
        with suppress(RetryLater):
            self.record.update({"status": "retrying", "problem": problem})

    def wait(self, why: Wait) -> Wait:
        """Shows on the note why it waits, tells its sender once it takes long, and returns what to raise."""
        self._tell_of(why)
        return self.receipt.wait(self.job.to_json(), why)

    def tell(self, answer: str) -> None:
        """Tells the sender what became of the message, unless they have heard it already, or nothing is to be said."""
        turn = self.receipt.result(TURN, Turn)
        if turn and turn.announces:  # where that failed while it waited; those that wait with it rely on it
            self._tell_too_many()
        known = self.receipt.has("refused") and self.receipt.has(f"{_ABSENT}-1")
        if not (known or (turn and turn.silent)):
            self.teller.tell("feedback", answer)

    def _tell_too_many(self) -> None:
        self.teller.tell(_TOO_MANY, phrase("too_many", self.company.usual_language))

    def _tell_of(self, why: Wait) -> None:
        with suppress(RetryLater, DeadLetter):  # Twilio may be what we wait for
            until = timestamp(why.until or now() + timedelta(seconds=why.seconds))
            refused = isinstance(why, LateFile) and why.told
            problem, status = ("media_gone", "refused") if refused else (str(why), "waiting")
            self.record.update({"status": status, "problem": problem, "waits_until": until})
            if isinstance(why, TooMany):
                if why.announces:
                    self._tell_too_many()
            elif (told := self._told_of(why)) and not self.receipt.has("feedback-1"):
                step, words = told
                self.teller.tell(step, phrase(words, self.company.usual_language))

    def _told_of(self, why: Wait) -> tuple[str, str] | None:
        """The step and the phrase; None while there is nothing to tell."""
        match why:
            case LateFile():
                return (_ABSENT, "media_gone") if why.told else None
            case OverBudget():
                return "over-budget", "over_budget"
            case _:
                return ("waits", "waits") if now() - self._received_at > _LONG else None

    @property
    def _received_at(self) -> datetime:
        return datetime.fromisoformat(self.job.received_at)

    @property
    def _received(self) -> zones.LocalTime:
        return zones.LocalTime(self._received_at, zones.zone(self.company.time_zone))

    def finish(self) -> None:
        """Remembers what can be asked for next, clears what was only kept for a retry, and closes the receipt."""
        self.requested.remember()
        for kept in self.receipt.result("media", list[Kept]) or []:
            self.store.delete(kept.key)
        for key in self.receipt.result("parked", list[str]) or []:
            self.store.delete(key)
        self.meter.count(self.receipt, [self.record.closing, self.receipt.finishing])

    @property
    def _artifacts(self) -> NoteArtifacts:
        return self.record.artifacts

    def _media(self) -> list[Kept]:
        """The message's files; none where they cannot be had, but words came with them."""
        if not self.message.media:
            return []
        try:
            return self.receipt.once("media", list if self.words.problem else self._keep_media, list[Kept])
        except TellSender as problem:
            if wait := late(problem, self._received_at, worth_a_day=not says_something(self.message.body)):
                raise wait from None
            self.words.do_without(problem)
            return self.receipt.once("media", list, list[Kept])

    def _keep_media(self) -> list[Kept]:
        """The message's files, copied into our bucket before anything else can go wrong."""
        kept = [self._keep(number, media) for number, media in enumerate(self.message.media)]
        kind = self.message.kind_with([file.kind for file in kept])
        if kind != self.message.kind:  # before the step is done, so that whoever is killed here does both again
            self.record.update({"kind": kind})
        return kept

    def _keep(self, number: int, media: Media) -> Kept:
        with tempfile.TemporaryFile() as file:
            self.twilio.fetch(media.url, file, media.content_type)
            file.seek(0)
            found = of_content(file.read(), media.content_type)
            key = self._artifacts.staging_key(self.job.company_id, self.message.message_id, number, found.extension)
            file.seek(0)
            self.store.put(key, file, found.content_type)
        return Kept(key, found.kind, found.content_type, found.extension)

    def _file_note(self, words: Transcript, media: list[Kept]) -> str:
        understood = self.receipt.once(
            "note",
            lambda: self._understood(words, media),
            Understood,
            lambda bought: [self.record.keeping(self._folder(bought))],
        )
        folder = self._folder(understood)
        self.record.file(
            folder, media, lambda: self._note_files(folder, words, understood, media), _told(words, understood)
        )
        reply = NoteReply(understood, self.company, words, self.words.problem, self._received.today.year)
        if request := self.requested.in_note(understood):
            return reply.answered(request())  # not indexed: a question would be its own best source
        self.record.index()
        if self.words.kind in shared.KINDS:
            return reply.shared(self.words.shared(media), explained=self._is_explained(words, media))
        return reply.filed(beside=bool(media) and self.words.kind in _LOOKED_AT)

    def _folder(self, understood: Understood) -> Folder:
        return self.record.folder(understood.note.intent, tag_from(understood.note.tag))

    def _understood(self, words: Transcript, media: list[Kept]) -> Understood:
        if not self._is_explained(words, media):
            return self.words.shared(media).understood(self.company.usual_language or FALLBACK)
        if not self.words.paid_for:  # what has begun to cost is finished
            self.meter.check(self.company)
        understood = self.understander.understand(readable(words), self.company, self._received)
        return dated(titled(understood, words), self.company, self._received)

    def _is_explained(self, words: Transcript, media: list[Kept]) -> bool:
        """Whether there is anything to understand: a place or a contact alone says what it is."""
        if self.words.kind not in shared.KINDS:
            return True
        return says_something(words.caption) or not self.words.shared(media).title

    def _note_files(self, folder: Folder, words: Transcript, understood: Understood, media: list[Kept]) -> list[str]:
        lost = bool(self.message.media) and not media
        note = self._artifacts.file_note(folder, self.job, self.words.kind, words, understood)
        return note + self._artifacts.file_parameters(folder, self.message, whole=lost)

    def _keep_as_it_is(self, media: list[Kept]) -> None:
        """A message that asks something of us, or a file without a word."""
        folder = self.record.folder(_UNFILED, tag_from(self.message.body, self.words.kind))
        title = on_one_line(self.message.body, _TITLE_LENGTH)
        named: Item = {"title": title} if says_something(title) else {}
        self.record.file(
            folder,
            media,
            lambda: self._artifacts.file_as_it_is(folder, self.message, whole=False),
            {"status": "filed", "problem": "", **named},
        )


def _told(words: Transcript, understood: Understood) -> Item:
    return {
        "status": "filed",
        "problem": "" if understood.certain else "not_understood",
        "title": understood.note.title,
        "summary": note_texts.in_list(understood.note, understood.language),
        "language": understood.language,
        "duration_ms": round(words.duration * 1000),
    }
