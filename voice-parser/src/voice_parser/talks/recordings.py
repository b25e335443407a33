"""The recording of a call: fetched from Twilio, kept with the note of the call, and then deleted at Twilio."""

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ai_voice_shared.artifacts import FILE_TYPES, ArtifactKey
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.after_jobs import CallRecordingJob
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import now
from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender, Wait
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored import note_files
from ai_voice_shared.telemetry import log
from voice_parser.live.session import note_job
from voice_parser.talks.silence import with_silence_before
from voice_parser.twilio.api import TwilioApi

_NOT_FILED = 10
"""Seconds until we look again whether there is a note."""

_WITHOUT_NOTE = timedelta(hours=1)
_WAV, _EXTENSION = "audio/wav", "wav"


@dataclass(frozen=True)
class CallRecordings:
    """Keeps recordings. Each step may be repeated without harm."""

    calls: Calls
    records: LiveRecords
    checkpoints: Checkpoints
    notes: Notes
    store: ObjectStore
    twilio: TwilioApi
    queue: Queue

    def process(self, job: CallRecordingJob, lease: timedelta) -> None:
        """Keeps the recording with its note; raises RetryLater (Wait while there is no note yet) or DeadLetter."""
        if self.checkpoints.is_erased(job.call_id):
            self.twilio.delete_recording(job.recording_id)
            return
        call = self.calls.get(job.company_id, job.call_id)
        if call is None:
            raise DeadLetter("the recording is of no call that we know")
        if not self._has_note(call):
            raise self._without_note(call, job.recording_id)
        with self.checkpoints.changing(job.call_id, lease) as checkpoint:
            if checkpoint is not None:
                self._keep(call, job)
        self.twilio.delete_recording(job.recording_id)

    def _has_note(self, call: Call) -> bool:
        standing = self.checkpoints.standing(call.call_id)
        return standing is not None and standing.finished

    def _without_note(self, call: Call, recording_id: str) -> Exception:
        """What to raise while there is no note. If no words of the call are known, one is made of its recording."""
        if now() - datetime.fromisoformat(call.started_at) > _WITHOUT_NOTE + timedelta(hours=4):
            return RetryLater("the call has no note")
        if call.status != "live" and not self.records.state(call.call_id).transcriptions:
            self.queue.send(note_job(call, recording_id).to_json(), call.company_id)
        return Wait("the note of the call is not filed yet", _NOT_FILED)

    def _keep(self, call: Call, job: CallRecordingJob) -> None:
        note = self.notes.get(call.company_id, call.call_id)
        if note is None or note_files.recording(note):
            return
        key = _key(note)
        if key is None:
            raise DeadLetter("the note of the call has no place for its recording")
        seconds = self._stored(call, job, str(key))
        self.notes.update(
            note.company_id,
            note.message_id,
            {"artifacts": "\n".join([*note.artifacts, str(key)]), "duration_ms": round(seconds * 1000)},
        )

    def _stored(self, call: Call, job: CallRecordingJob, key: str) -> float:
        """Puts the recording into the bucket; returns how many seconds it has."""
        with tempfile.TemporaryDirectory() as folder:
            fetched, made = Path(folder, "fetched.wav"), Path(folder, "made.wav")
            try:
                with fetched.open("w+b") as file:
                    self.twilio.fetch_recording(job.recording_id, file)
            except TellSender as gone:
                raise DeadLetter(f"the recording cannot be kept: {gone.phrase}") from None
            seconds = with_silence_before(fetched, made, self._before(call, job))
            if seconds is None:
                log("recording kept as it is", call_id=call.call_id)
            with (fetched if seconds is None else made).open("rb") as file:
                self.store.put(key, file, _WAV)
        return seconds or 0.0

    def _before(self, call: Call, job: CallRecordingJob) -> float:
        """Seconds from the beginning of the transcription to that of the recording, which begins with the answer."""
        began_at = self.records.state(call.call_id).began_at
        if began_at is None or not job.started_at:
            return 0.0
        return (datetime.fromisoformat(job.started_at) - began_at).total_seconds()


def _key(note: Note) -> ArtifactKey | None:
    """Where the recording goes: next to what the note has."""
    own = next(note_files.artifacts(note), None)
    if own is None:
        return None
    return ArtifactKey(own.company_id, own.intent, own.tag, own.message_id, FILE_TYPES["voice"], _EXTENSION)
