"""What a message says: in its text or caption, in a recording, or in a place or contact that it shares."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ai_voice_shared import steps
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import RecognizedSpeech, Transcript
from ai_voice_shared.errors import TellSender
from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.stored.stored_notes import paragraphs
from voice_parser.inbound.work import MessageInWork
from voice_parser.sound import recording_room
from voice_parser.sound.audio import Recording
from voice_parser.sound.decoding import decode
from voice_parser.sound.peaks import peaks
from voice_parser.speech.transcription import Hints, Transcriber, transcribe
from voice_parser.talks.words import TalkWords
from voice_parser.twilio.shared import Shared, people, place
from voice_parser.understanding.understanding import Analysis
from voice_parser.visible_text import says_something
from voice_parser.worker.metering import Meter
from voice_parser.worker.note_artifacts import Kept
from voice_parser.worker.note_records import NoteRecords


@dataclass(frozen=True)
class Problem:
    """Why a message or one of its files cannot be used: a phrase of `ai_voice_shared.phrases`, and its placeholders."""

    phrase: str
    details: dict[str, str]


@dataclass(frozen=True)
class MessageWords:
    """Reads and hears messages.

    Attributes:
        longest_recording: seconds; a longer one is kept, but not transcribed.
    """

    store: ObjectStore
    transcriber: Transcriber
    meter: Meter
    longest_recording: float
    records: NoteRecords
    talks: TalkWords

    def read(self, work: MessageInWork, media: list[Kept]) -> Transcript:
        """All words, the caption's first; empty where there are none.

        Raises TellSender for a recording that cannot be heard and has no caption, Wait, RetryLater or DeadLetter.
        """
        caption = work.message.body
        match kind_of(work):
            case "voice" | "video":
                return captioned(self._said(work, media), caption)
            case "location" | "contact":
                told = self.shared(work, media).text
                return captioned(written(told), "" if caption in told else caption)  # often the place's own name
            case _:
                return written(caption)

    def about(self, work: MessageInWork, analysis: Analysis) -> dict[str, Any]:
        """What else is kept with the note in its analysis.json."""
        if not work.message.talk:
            return {}
        return {"call": self.talks.about(work.job.company_id, work.message_id, analysis.note)}

    def shared(self, work: MessageInWork, media: list[Kept]) -> Shared:
        """The place or the contacts that the message shares."""
        if kind_of(work) == "location":
            return place(work.message.location)
        return work.checkpoint.once(steps.SHARED, lambda: self._people(media), Shared)

    def _people(self, media: list[Kept]) -> Shared:
        return people([self.store.get(kept.key).body for kept in media if kept.kind == "contact"])

    def _said(self, work: MessageInWork, media: list[Kept]) -> Transcript:
        if problem_of(work):
            return written("")
        try:
            return work.checkpoint.once(
                steps.TRANSCRIPT,
                lambda: self._transcript(work, media),
                Transcript,
                lambda words: [self.records.heard(work, words)],
            )
        except TellSender as problem:
            do_without(work, problem)
            return written("")

    def _transcript(self, work: MessageInWork, media: list[Kept]) -> Transcript:
        if work.message.talk and not work.message.media:
            return self.talks.read(work.job.company_id, work.message_id)
        self.meter.check(work.company)
        kind = kind_of(work)
        spoken = next(kept for kept in media if kept.kind == kind)

        def once(step: str, do: Callable[[], RecognizedSpeech]) -> RecognizedSpeech:
            return work.checkpoint.once(step, do, RecognizedSpeech)

        def hear(recording: Recording) -> Transcript:
            hints = Hints(work.company.languages, work.company.glossary)
            return replace(transcribe(recording, self.transcriber, hints, once), peaks=peaks(recording))

        with tempfile.NamedTemporaryFile() as file:
            file.writelines(self.store.chunks(spoken.key))
            file.flush()
            return self._heard(work, Path(file.name), hear)

    def _heard(self, work: MessageInWork, path: Path, hear: Callable[[Recording], Transcript]) -> Transcript:
        """What is heard in the file. If the memory is too small, it is tried again without other recordings."""
        longest = self.longest_recording
        try:
            with recording_room.taken(path, longest, alone=work.checkpoint.has(steps.HEARD_ALONE)) as room:
                return hear(room.certain(lambda: decode(path, longest=longest)))
        except recording_room.Short:
            work.checkpoint.once(steps.HEARD_ALONE, lambda: True, bool)
            raise


def kind_of(work: MessageInWork) -> Kind:
    """What the message is: by the bytes of its files once they are kept; until then, by their declared types."""
    kept = work.checkpoint.result(steps.MEDIA, list[Kept])
    return work.message.kind_with([file.kind for file in kept]) if kept else work.message.kind


def do_without(work: MessageInWork, problem: TellSender) -> None:
    """Remembers why the message's file cannot be used; raises the problem if the message has no words."""
    if kind_of(work) == "other" or not says_something(work.message.body):
        raise problem
    work.checkpoint.once(steps.FILE_PROBLEM, lambda: Problem(problem.phrase, problem.details), Problem)


def problem_of(work: MessageInWork) -> Problem | None:
    """Why the message's file cannot be used; None if it can, or if there is no file."""
    return work.checkpoint.result(steps.FILE_PROBLEM, Problem)


def is_paid_for(work: MessageInWork) -> bool:
    """Whether hearing the recording has cost something."""
    return work.checkpoint.has(steps.TRANSCRIPT) or any(map(steps.is_window, work.checkpoint.steps))


def written(text: str) -> Transcript:
    """Written words as a transcript: a segment a paragraph, without times."""
    return Transcript(text, paragraphs(text))


def captioned(words: Transcript, caption: str) -> Transcript:
    """The words after those of the caption; if there are no other words, the caption is the text."""
    if not caption:
        return words
    if not words.text:
        return replace(words, text=caption, segments=paragraphs(caption))
    return replace(words, caption=caption, segments=(*paragraphs(caption), *words.segments))
