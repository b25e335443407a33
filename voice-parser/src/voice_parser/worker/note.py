"""From one message to a filed note and a reply: the story of a note."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ai_voice_shared import steps
from ai_voice_shared.artifacts import tag_from
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import Transcript, now, timestamp
from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender, Wait, reason
from ai_voice_shared.keywords.marks import Marking
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.stored import note_texts
from ai_voice_shared.telemetry import metric
from voice_parser.commands.commands import Commands
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.greeting import Greeter
from voice_parser.replying.note_reply import NoteReply
from voice_parser.replying.saying import Saying
from voice_parser.sound import recording_room
from voice_parser.twilio import shared
from voice_parser.understanding.understanding import Analysis, Analyzer, dated, readable, titled
from voice_parser.visible_text import on_one_line, says_something
from voice_parser.worker.files import MessageFiles
from voice_parser.worker.message_words import MessageWords, Problem, is_paid_for, kind_of, problem_of
from voice_parser.worker.metering import Meter
from voice_parser.worker.note_artifacts import Folder, Kept
from voice_parser.worker.note_records import NoteRecords, folder_of, milliseconds
from voice_parser.worker.turns import Turns
from voice_parser.worker.waits import Waits

_UNFILED = "other"
_TITLE_LENGTH = 100
_LOOKED_AT = ("image", "document")
"""Kinds of files that we do not read; we read only the words that came with them."""


@dataclass(frozen=True)
class NoteProcessor:
    """Files notes. Each step is done once for all attempts, because the checkpoint remembers it."""

    files: MessageFiles
    words: MessageWords
    analyzer: Analyzer
    commands: Commands
    turns: Turns
    meter: Meter
    records: NoteRecords
    waits: Waits
    greeter: Greeter
    marking: Marking

    def process(self, work: MessageInWork) -> None:
        """Files the message and answers its sender, continuing where an earlier attempt stopped.

        Raises RetryLater (Wait among them) or DeadLetter.
        """
        try:
            self._answer(work, self._outcome(work))
            self._finish(work)
        except Wait as wait:
            raise self.waits.begin(work, wait) from None
        except DeadLetter:
            raise
        except Exception as error:
            if recording_room.is_shortage(error) and recording_room.shared():  # other recordings may have taken it
                raise self.waits.begin(work, recording_room.Short()) from None
            self._retry_later(work, reason(error))
            raise
        metric("NoteSettled", message_id=work.message_id)
        metric("NoteSeconds", (now() - work.received_at).total_seconds(), "Seconds", message_id=work.message_id)

    def give_up(self, work: MessageInWork, why: str) -> None:
        """Keeps everything of a message that we could not work on, and tells its sender so.

        Raises RetryLater (Wait among them) or DeadLetter.
        """
        try:
            self._park(work, why)
        except Wait as wait:  # its sender cannot be told at the moment
            raise work.checkpoint.wait(work.job.to_json(), wait) from None
        work.checkpoint.release()

    def _outcome(self, work: MessageInWork) -> Saying:
        """Files the message by its kind; returns what to tell the sender."""
        try:
            return self._file(work)
        except TellSender as refusal:
            return self._refuse(work, refusal)

    def _file(self, work: MessageInWork) -> Saying:
        """Files the note, or does what it asks for; raises TellSender if the message holds no note."""
        if refused := work.checkpoint.result(steps.REFUSED, Problem):
            raise TellSender(refused.phrase, **refused.details)
        media = self.files.keep(work)
        self.turns.take(work)
        if kind_of(work) == "other":
            raise TellSender("unknown_kind")
        with work.typing():
            return self._read(work, media)

    def _read(self, work: MessageInWork, media: list[Kept]) -> Saying:
        kind, words = kind_of(work), self.words.read(work, media)
        if kind not in shared.KINDS and (request := self.commands.in_words(work, words)):
            self._keep_as_it_is(work, media)
            return request()
        if says_something(words.full_text):
            return self._file_note(work, words, media)
        if kind == "text":
            raise TellSender("no_words" if words.text else "empty")
        self._keep_as_it_is(work, media)
        return Saying(phrase("kept_file", work.language))

    def _file_note(self, work: MessageInWork, words: Transcript, media: list[Kept]) -> Saying:
        analysis = work.checkpoint.once(
            steps.NOTE,
            lambda: self._understood(work, words, media),
            Analysis,
            lambda bought: [
                self.records.keeping(work, _folder(work, bought)),
                self.records.understood(work, _listed(words, bought)),
            ],
        )
        self._write_note(work, words, analysis, media)
        self.records.keep_tasks(work, analysis.note.tasks, words.segments)
        reply = NoteReply(analysis, work.company, words, problem_of(work), work.received.today.year)
        if request := self.commands.in_note(work, analysis):
            # not indexed: a question would be the best source of its own answer
            return Saying(reply.answered(request().text))
        self.records.index(work)
        if kind_of(work) in shared.KINDS:
            return reply.shared(self.words.shared(work, media), explained=self._is_explained(work, words, media))
        return reply.filed(beside=bool(media) and kind_of(work) in _LOOKED_AT)

    def _understood(self, work: MessageInWork, words: Transcript, media: list[Kept]) -> Analysis:
        if not self._is_explained(work, words, media):
            return self.words.shared(work, media).analysis(work.language or FALLBACK)
        if not is_paid_for(work):  # what has already cost something is finished
            self.meter.check(work.company)
        analysis = self.analyzer.understand(readable(words), work.company, work.received)
        return dated(titled(analysis, words), work.company, work.received)

    def _is_explained(self, work: MessageInWork, words: Transcript, media: list[Kept]) -> bool:
        """Whether there is anything to understand; a place or a contact alone needs no engine."""
        if kind_of(work) not in shared.KINDS:
            return True
        return says_something(words.caption) or not self.words.shared(work, media).title

    def _write_note(self, work: MessageInWork, words: Transcript, analysis: Analysis, media: list[Kept]) -> None:
        folder, artifacts = _folder(work, analysis), self.records.artifacts

        def write() -> list[str]:
            lost = bool(work.message.media) and not media
            more = self.words.about(work, analysis) | self.marking.of(work.company, words, work.job.received_at)
            note = artifacts.file_note(folder, work.job, kind_of(work), words, analysis, more)
            return note + artifacts.file_parameters(folder, work.message, whole=lost)

        self.records.file(work, folder, media, write, _listed(words, analysis))

    def _keep_as_it_is(self, work: MessageInWork, media: list[Kept]) -> None:
        """Keeps a message that asks something of us, or a file without words."""
        folder = folder_of(work, _UNFILED, tag_from(work.message.body, kind_of(work)))
        title = on_one_line(work.message.body, _TITLE_LENGTH)
        named: Item = {"title": title} if says_something(title) else {}
        write = self._as_it_is(work, folder, whole=False)
        self.records.file(work, folder, media, write, {"status": "filed", "problem": "", **named})

    def _refuse(self, work: MessageInWork, refusal: TellSender) -> Saying:
        """Keeps everything of a message that holds no note, and returns what to tell the sender."""
        work.checkpoint.once(steps.REFUSED, lambda: Problem(refusal.phrase, refusal.details), Problem)
        media = work.checkpoint.once(steps.MEDIA, list, list[Kept])
        folder = folder_of(work, _UNFILED, tag_from(refusal.phrase))
        write = self._as_it_is(work, folder, whole=not media or kind_of(work) == "other")
        self.records.file(work, folder, media, write, _refused(refusal))
        metric("NoteRefused", message_id=work.message_id, reason=refusal.phrase)
        return Saying(phrase(refusal.phrase, work.language, **refusal.details))

    def _as_it_is(self, work: MessageInWork, folder: Folder, *, whole: bool) -> Callable[[], list[str]]:
        return partial(self.records.artifacts.file_as_it_is, folder, work.message, whole=whole)

    def _answer(self, work: MessageInWork, answer: Saying) -> None:
        self.waits.end(work)
        if not self.waits.is_answered(work):
            self.greeter.answer(work, answer)

    def _finish(self, work: MessageInWork) -> None:
        """Remembers what can be asked for next, clears what was only kept for a retry, and closes the checkpoint."""
        self.commands.remember(work)
        self.files.clear(work)
        self.meter.count(work.checkpoint, [self.records.closing(work), work.checkpoint.finishing])

    def _retry_later(self, work: MessageInWork, problem: str) -> None:
        """Shows on the note that it will be tried again, and why."""
        try:
            self.records.update(work, {"status": "retrying", "problem": problem})
        except RetryLater:  # the ledger may be what failed
            return

    def _park(self, work: MessageInWork, why: str) -> None:
        if work.checkpoint.has(steps.ARTIFACTS):  # nobody tries again, so it stays as it was before the last attempt
            status = "refused" if work.checkpoint.has(steps.REFUSED) else "filed"
            self.records.update(work, {"status": status, "problem": why, "parked_at": timestamp(now())})
        else:
            self._park_as_it_is(work, why)
        work.checkpoint.park(work.job.to_json())
        try:
            work.reply(steps.KEPT_FOR_US, phrase("kept_for_us", work.language))
        finally:
            self.meter.count(work.checkpoint, [self.records.closing(work)])

    def _park_as_it_is(self, work: MessageInWork, why: str) -> None:
        self.records.update(work, {"problem": why})
        folder = folder_of(work, _UNFILED, "parked")
        media = work.checkpoint.result(steps.MEDIA, list[Kept]) or []
        write = self._as_it_is(work, folder, whole=True)

        def write_all() -> list[str]:
            kept = write()
            return [*self.records.artifacts.file_media(folder, media), *kept]

        keys = work.checkpoint.once(steps.PARKED, write_all, list[str])
        self.records.list(work, folder, keys, {"status": "parked", "problem": why, "parked_at": timestamp(now())})


def _folder(work: MessageInWork, analysis: Analysis) -> Folder:
    return folder_of(work, analysis.note.intent, tag_from(analysis.note.tag))


def _listed(words: Transcript, analysis: Analysis) -> Item:
    return {
        "status": "filed",
        "problem": "" if analysis.certain else "not_understood",
        "title": analysis.note.title,
        "summary": note_texts.in_list(analysis.note, analysis.language),
        "language": analysis.language,
        "duration_ms": milliseconds(words),
    }


def _refused(refusal: TellSender) -> Item:
    return {"status": "refused", "problem": refusal.phrase, "details": json.dumps(refusal.details)}
