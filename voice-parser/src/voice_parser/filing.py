"""One message on its way: what is kept, what is understood, what its sender is told."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ai_voice_shared.artifacts import tag_from
from ai_voice_shared.domain import Company, Heard, Transcript, now
from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender, Wait
from ai_voice_shared.jobs import IndexJob, NoteJob
from ai_voice_shared.ledger_items import Item
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore
from ai_voice_shared.phrases import phrase
from ai_voice_shared.queues import Queue
from ai_voice_shared.receipts import Receipt
from ai_voice_shared.stored_notes import paragraphs
from ai_voice_shared.telemetry import metric
from ai_voice_shared.usage import OverBudget
from voice_parser import audio, feedback
from voice_parser.metering import Meter
from voice_parser.note_artifacts import Folder, Kept, NoteArtifacts
from voice_parser.requested import Requested
from voice_parser.telling import Teller
from voice_parser.transcription import Hints, Transcriber, transcribe
from voice_parser.twilio_api import TwilioApi
from voice_parser.twilio_message import InboundMessage
from voice_parser.understanding import Understander, Understood

_UNFILED = "other"
_TITLE_LENGTH = 100
_LONG = timedelta(minutes=10)
"""A sender hears by then, if only that the note waits."""


@dataclass(frozen=True)
class Refused:
    """Why a message holds no note: a phrase of `ai_voice_shared.phrases`, and what its placeholders stand for."""

    phrase: str
    details: dict[str, str]


@dataclass(frozen=True)
class Filing:
    """One message, its receipt, and what it takes to file it."""

    store: ObjectStore
    notes: Notes
    twilio: TwilioApi
    teller: Teller
    transcriber: Transcriber
    understander: Understander
    requested: Requested
    meter: Meter
    index_queue: Queue
    longest_recording: float
    job: NoteJob
    message: InboundMessage
    receipt: Receipt
    company: Company

    def file(self) -> str:
        """Files the note and returns what to tell the sender; raises TellSender when there is no note in it."""
        if refused := self.receipt.result("refused", Refused):
            raise TellSender(refused.phrase, **refused.details)
        media = self.receipt.once("media", self._keep_media, list[Kept]) if self.message.media else []
        match self.message.kind:
            case "text":
                transcript = _written(self.message.body)
            case "voice" | "video":
                transcript = self.receipt.once("transcript", lambda: self._transcript(media), Transcript)
            case _:
                return self._file_as_it_is(media)
        if request := self.requested.in_words(transcript.text):
            self._keep_as_it_is(media)
            return request()
        understood = self.receipt.once("note", lambda: self._understood(transcript), Understood)
        folder = self._folder(understood.note.intent, tag_from(understood.note.tag))
        keys = self._write_once(
            folder, media, lambda: self._artifacts.file_note(folder, self.job, transcript, understood)
        )
        self._filed(folder, keys, _told(transcript, understood))
        if request := self.requested.in_note(understood):
            return request()  # not indexed: a question would be its own best source
        self._index()
        return feedback.answer(understood, self.company)

    def refuse(self, refusal: TellSender) -> str:
        """Keeps all there is of a message that holds no note, and returns what to tell the sender."""
        self.receipt.once("refused", lambda: Refused(refusal.phrase, refusal.details), Refused)
        media = self.receipt.once("media", list, list[Kept])
        folder = self._folder(_UNFILED, tag_from(refusal.phrase))
        keys = self._write_once(
            folder, media, lambda: self._artifacts.file_as_it_is(folder, self.message, whole=not media)
        )
        metric("NoteRefused", message_id=self.message.message_id, reason=refusal.phrase)
        self._filed(folder, keys, {"status": "refused", "problem": refusal.phrase})
        return phrase(refusal.phrase, self.company.usual_language, **refusal.details)

    def park(self, reason: str) -> None:
        """Keeps all there is of a message we could not work on, and tells its sender so."""
        if self.receipt.has("artifacts"):  # nobody tries again, so it stays what it was before the last attempt
            self._update({"status": "refused" if self.receipt.has("refused") else "filed", "problem": reason})
        else:
            self._update({"problem": reason})
            folder = self._folder(_UNFILED, "parked")
            media = self.receipt.result("media", list[Kept]) or []

            def write() -> list[str]:
                kept = self._artifacts.file_as_it_is(folder, self.message, whole=True)
                return [*self._artifacts.file_media(folder, media), *kept]

            keys = self.receipt.once("parked", write, list[str])
            self._filed(folder, keys, {"status": "parked", "problem": reason})
        try:
            self.teller.tell("kept-for-us", phrase("kept_for_us", self.company.usual_language))
        finally:
            self.meter.count(self.receipt)

    def retry_later(self, problem: str) -> None:
        """Shows on the note that it will be tried again, and why."""
        with suppress(RetryLater):
            self._update({"status": "retrying", "problem": problem})

    def wait(self, why: Wait) -> None:
        """Shows on the note why it waits, and tells its sender once it takes long."""
        with suppress(RetryLater, DeadLetter):  # Twilio may be what we wait for
            self._update({"status": "waiting", "problem": str(why)})
            if self.receipt.has("feedback-1"):
                return
            if isinstance(why, OverBudget):
                self.teller.tell("over-budget", phrase("over_budget", self.company.usual_language))
            elif now() - datetime.fromisoformat(self.job.received_at) > _LONG:
                self.teller.tell("waits", phrase("waits", self.company.usual_language))

    def finish(self) -> None:
        """Remembers what can be asked for next, clears what was only kept for a retry, and closes the receipt."""
        self.requested.remember()
        for kept in self.receipt.result("media", list[Kept]) or []:
            self.store.delete(kept.key)
        for key in self.receipt.result("parked", list[str]) or []:
            self.store.delete(key)
        self.meter.count(self.receipt)
        self.receipt.finish()

    @property
    def _artifacts(self) -> NoteArtifacts:
        return NoteArtifacts(self.store)

    def _folder(self, intent: str, tag: str) -> Folder:
        return Folder(self.job.company_id, intent, tag, self.message.message_id)

    def _keep_media(self) -> list[Kept]:
        """The message's files, copied into our bucket before anything else can go wrong."""
        kept = []
        for number, media in enumerate(self.message.media):
            key = self._artifacts.staging_key(self.job.company_id, self.message.message_id, number, media.extension)
            with tempfile.TemporaryFile() as file:
                self.twilio.fetch(media.url, file, media.content_type)
                file.seek(0)
                self.store.put(key, file, media.content_type)
            kept.append(Kept(key, media.kind, media.content_type, media.extension))
        return kept

    def _understood(self, transcript: Transcript) -> Understood:
        if not self.receipt.has("transcript"):  # what has begun to cost is finished
            self.meter.check(self.company)
        return self.understander.understand(transcript, self.company)

    def _transcript(self, media: list[Kept]) -> Transcript:
        self.meter.check(self.company)
        spoken = next(kept for kept in media if kept.kind == self.message.kind)
        with tempfile.NamedTemporaryFile() as file:
            file.write(self.store.get(spoken.key).body)
            file.flush()
            recording = audio.decode(Path(file.name), longest=self.longest_recording)

        def once(step: str, do: Callable[[], Heard]) -> Heard:
            return self.receipt.once(step, do, Heard)

        return transcribe(recording, self.transcriber, Hints(self.company.languages, self.company.glossary), once)

    def _file_as_it_is(self, media: list[Kept]) -> str:
        self._keep_as_it_is(media)
        if self.message.body:
            self._index()
        return phrase("kept_file", self.company.usual_language)

    def _keep_as_it_is(self, media: list[Kept]) -> None:
        folder = self._folder(_UNFILED, tag_from(self.message.body, self.message.kind))
        keys = self._write_once(folder, media, lambda: self._artifacts.file_as_it_is(folder, self.message, whole=False))
        self._filed(folder, keys, {"status": "filed", "problem": "", "title": self.message.body[:_TITLE_LENGTH]})

    def _write_once(self, folder: Folder, media: list[Kept], write: Callable[[], list[str]]) -> list[str]:
        self.receipt.once("folder", lambda: folder.prefix, str)  # so that what a killed attempt wrote can be erased
        return self.receipt.once("artifacts", lambda: [*self._artifacts.file_media(folder, media), *write()], list[str])

    def _index(self) -> None:
        """Asks for the note's words to become searchable, now that the ledger tells where they are."""
        index_job = IndexJob(self.job.company_id, self.message.message_id)

        def send() -> str:
            identity = index_job.deduplication_id()
            self.index_queue.send_once(index_job.to_json(), index_job.company_id, identity)
            return identity

        self.receipt.once("indexed", send, str)

    def _filed(self, folder: Folder, keys: list[str], values: Item) -> None:
        self._update({**values, "intent": folder.intent, "tag": folder.tag, "artifacts": "\n".join(keys)})

    def _update(self, values: Item) -> None:
        self.notes.update(self.job.company_id, self.message.message_id, values)


def _told(transcript: Transcript, understood: Understood) -> Item:
    return {
        "status": "filed",
        "problem": "" if understood.certain else "not_understood",
        "title": understood.note.title,
        "summary": "\n".join(understood.note.told()),
        "language": understood.language,
        "duration_ms": round(transcript.duration * 1000),
    }


def _written(text: str) -> Transcript:
    """A text note as a transcript: a segment a paragraph, without times."""
    if not text:
        raise TellSender("empty")
    return Transcript(text, paragraphs(text))
