"""Which part of a recording becomes a source's clip: the cited words, with a short time around them."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.artifacts import CLIPS_PREFIX
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.errors import TellSender
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.stored import note_files
from voice_parser.commands.sources import Source
from voice_parser.sound import recording_room
from voice_parser.sound.audio import encode_mulaw, encode_ogg
from voice_parser.sound.decoding import decode

_BREATH = 1.0
"""Seconds before and after the cited words: a segment's times are about this exact."""

FETCHED_WITHIN = 3600
"""Seconds; Twilio fetches media within moments, including its own retries."""


@dataclass(frozen=True)
class Form:
    """What clips are made of.

    Attributes:
        longest: seconds of a clip.
    """

    extension: str
    content_type: str
    encode: Callable[[NDArray[np.int16]], bytes]
    longest: float


OGG = Form("ogg", "audio/ogg", encode_ogg, 60.0)
"""As WhatsApp's voice notes are."""

MULAW = Form("wav", "audio/wav", encode_mulaw, 30.0)
"""As telephones are: calls cannot play Opus."""


@dataclass(frozen=True)
class Clips:
    """Cuts clips out of the recordings of a company's notes."""

    store: ObjectStore
    notes: Notes

    def make(self, company_id: str, source: Source, message_id: str, number: int, form: Form = OGG) -> str:
        """Cuts the source's clip for the message that asks for it, and returns the clip's S3 key.

        The bucket's lifecycle removes clips, so the recording stays the only lasting copy of the words.
        Raises TellSender (`source_gone`) if the company does not have the recording, or RetryLater.
        """
        note = self.notes.get(company_id, source.message_id)
        recording = note_files.recording(note) if note else None
        if note is None or recording is None:
            raise TellSender("source_gone", number=str(number))
        clip = self._cut(str(recording), source, note.duration_ms / 1000, form)
        if not clip:
            raise TellSender("source_gone", number=str(number))
        key = f"{CLIPS_PREFIX}{company_id}/{message_id}/{number}.{form.extension}"
        self.store.put(key, clip, form.content_type)
        return key

    def url(self, key: str, form: Form = OGG) -> str:
        """The URL from which Twilio fetches the clip, within an hour."""
        return self.store.presigned_url(key, FETCHED_WITHIN, form.content_type, key.rpartition("/")[2])

    def _cut(self, recording: str, source: Source, duration: float, form: Form) -> bytes:
        """The clip; empty if the recording does not exist any more or ends before it."""
        try:
            content = self.store.get(recording).body
            with tempfile.NamedTemporaryFile() as file:
                file.write(content)
                file.flush()
                return _excerpt(Path(file.name), source, duration + form.longest, form)
        except (ObjectMissing, TellSender):
            return b""


def _excerpt(path: Path, source: Source, longest: float, form: Form) -> bytes:
    start = max(0.0, source.start - _BREATH)
    end = min(source.end + _BREATH, start + form.longest)
    with recording_room.taken(path, longest) as room:
        recording = room.certain(lambda: decode(path, longest=longest))
        with recording.excerpt(start, end) as clip:
            return form.encode(clip) if len(clip) else b""
