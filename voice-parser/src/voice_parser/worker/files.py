"""A message's files, kept in our bucket before anything else can go wrong."""

import tempfile
from dataclasses import dataclass
from functools import partial

from ai_voice_shared import steps
from ai_voice_shared.errors import TellSender
from voice_parser.inbound.message import Media
from voice_parser.inbound.work import MessageInWork
from voice_parser.twilio.file_types import of_file
from voice_parser.visible_text import says_something
from voice_parser.worker.late_files import late
from voice_parser.worker.message_words import do_without, problem_of
from voice_parser.worker.note_artifacts import Kept
from voice_parser.worker.note_records import NoteRecords


@dataclass(frozen=True)
class MessageFiles:
    """Keeps messages' files until their note is filed, and deletes them then."""

    records: NoteRecords

    def keep(self, work: MessageInWork) -> list[Kept]:
        """The message's files; none if they cannot be fetched, but the message has words.

        Raises TellSender, RetryLater (LateFile among them) or DeadLetter.
        """
        if not work.message.media:
            return []
        try:
            keep = list if problem_of(work) else partial(self._keep_all, work)
            return work.checkpoint.once(steps.MEDIA, keep, list[Kept])
        except TellSender as problem:
            if wait := late(problem, work.received_at, worth_a_day=not says_something(work.message.body)):
                raise wait from None
            do_without(work, problem)
            return work.checkpoint.once(steps.MEDIA, list, list[Kept])

    def clear(self, work: MessageInWork) -> None:
        """Deletes what was only kept for a retry; raises RetryLater."""
        staged = [kept.key for kept in work.checkpoint.result(steps.MEDIA, list[Kept]) or []]
        for key in staged + (work.checkpoint.result(steps.PARKED, list[str]) or []):
            self.records.artifacts.store.delete(key)
        work.source.settled(work.message)

    def _keep_all(self, work: MessageInWork) -> list[Kept]:
        kept = [self._keep(work, number, media) for number, media in enumerate(work.message.media)]
        kind = work.message.kind_with([file.kind for file in kept])
        if kind != work.message.kind:  # before the step is done: after a kill here, both are done again
            self.records.update(work, {"kind": kind})
        return kept

    def _keep(self, work: MessageInWork, number: int, media: Media) -> Kept:
        artifacts = self.records.artifacts
        with tempfile.TemporaryFile() as file:
            work.source.fetch(media, file)
            found = of_file(file, media.content_type)
            key = artifacts.staging_key(work.job.company_id, work.message_id, number, found.extension)
            file.seek(0)
            artifacts.store.put(key, file, found.content_type)
        return Kept(key, found.kind, found.content_type, found.extension)
