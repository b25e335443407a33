"""What a message says: in its text or caption, in a recording, in a place or contact that it shares."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Company, Heard, Transcript
from ai_voice_shared.errors import TellSender
from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.stored.stored_notes import paragraphs
from voice_parser.sound import recording_room
from voice_parser.sound.audio import Recording
from voice_parser.sound.decoding import decode
from voice_parser.speech.transcription import Hints, Transcriber, transcribe
from voice_parser.twilio.message import InboundMessage
from voice_parser.twilio.shared import Shared, people, place
from voice_parser.visible_text import says_something
from voice_parser.worker.metering import Meter
from voice_parser.worker.note_artifacts import Kept

_PROBLEM = "file-problem"
_ALONE = "heard-alone"
"""The step by which a recording is not heard beside others any more."""


@dataclass(frozen=True)
class Problem:
    """Why a message, or a file of it, is no help: a phrase of `ai_voice_shared.phrases`, and its placeholders."""

    phrase: str
    details: dict[str, str]


@dataclass(frozen=True)
class MessageWords:
    """One message's words, and what it takes to hear them."""

    store: ObjectStore
    transcriber: Transcriber
    meter: Meter
    longest_recording: float
    message: InboundMessage
    receipt: Receipt
    company: Company

    @property
    def kind(self) -> Kind:
        """What the message is: by its files' own bytes once they are kept, until then as declared."""
        kept = self.receipt.result("media", list[Kept])
        return self.message.kind_with([file.kind for file in kept]) if kept else self.message.kind

    def read(self, media: list[Kept]) -> Transcript:
        """All words, the caption's first; empty where there are none.

        Raises TellSender for a recording that cannot be heard and has no caption, Wait, RetryLater or DeadLetter.
        """
        caption = self.message.body
        match self.kind:
            case "voice" | "video":
                return captioned(self._said(media), caption)
            case "location" | "contact":
                told = self.shared(media).text
                return captioned(written(told), "" if caption in told else caption)  # often the place's own name
            case _:
                return written(caption)

    def shared(self, media: list[Kept]) -> Shared:
        """The place or the contacts of a message that is one."""
        if self.kind == "location":
            return place(self.message.location)
        return self.receipt.once("shared", lambda: self._people(media), Shared)

    def do_without(self, problem: TellSender) -> None:
        """Remembers why the message's file is no help; raises the problem where no words came with it."""
        if self.kind == "other" or not says_something(self.message.body):
            raise problem
        self.receipt.once(_PROBLEM, lambda: Problem(problem.phrase, problem.details), Problem)

    @property
    def problem(self) -> Problem | None:
        """Why the file is no help; None where it is, or there is none."""
        return self.receipt.result(_PROBLEM, Problem)

    @property
    def paid_for(self) -> bool:
        """Whether hearing the recording has cost something."""
        return self.receipt.has("transcript") or any(step.startswith("window-") for step in self.receipt.steps)

    def _people(self, media: list[Kept]) -> Shared:
        return people([self.store.get(kept.key).body for kept in media if kept.kind == "contact"])

    def _said(self, media: list[Kept]) -> Transcript:
        if self.receipt.has(_PROBLEM):
            return written("")
        try:
            return self.receipt.once("transcript", lambda: self._transcript(media), Transcript)
        except TellSender as problem:
            self.do_without(problem)
            return written("")

    def _transcript(self, media: list[Kept]) -> Transcript:
        self.meter.check(self.company)
        spoken = next(kept for kept in media if kept.kind == self.kind)

        def once(step: str, do: Callable[[], Heard]) -> Heard:
            return self.receipt.once(step, do, Heard)

        hints = Hints(self.company.languages, self.company.glossary)
        with tempfile.NamedTemporaryFile() as file:
            file.write(self.store.get(spoken.key).body)
            file.flush()
            return self._heard(Path(file.name), lambda recording: transcribe(recording, self.transcriber, hints, once))

    def _heard(self, path: Path, hear: Callable[[Recording], Transcript]) -> Transcript:
        """What is heard in the file; where the memory is too small, it is tried again without other recordings."""
        try:
            with recording_room.taken(path, self.longest_recording, alone=self.receipt.has(_ALONE)) as room:
                return hear(room.certain(lambda: decode(path, longest=self.longest_recording)))
        except recording_room.Short:
            self.receipt.once(_ALONE, lambda: True, bool)
            raise


def written(text: str) -> Transcript:
    """Written words as a transcript: a segment a paragraph, without times."""
    return Transcript(text, paragraphs(text))


def captioned(words: Transcript, caption: str) -> Transcript:
    """The words with those of a caption before them; where there are no others, the caption is the text."""
    if not caption:
        return words
    if not words.text:
        return replace(words, text=caption, segments=paragraphs(caption))
    return replace(words, caption=caption, segments=(*paragraphs(caption), *words.segments))
