"""The recordings of an account: WAV files with what is known of each; what a run keeps, the next one knows."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.messages import ACCOUNT_SID, rfc_2822
from twilio_in_a_box.calls import sound
from twilio_in_a_box.calls.sound import Samples

ACCOUNT = f"/2010-04-01/Accounts/{ACCOUNT_SID}"


@dataclass(frozen=True)
class Recording:
    """One recording.

    Attributes:
        channels: 1, or 2: the caller's first, then everybody else's.
        source: `RecordVerb`, `DialVerb` or `StartCallRecordingTwiML`.
        at: when it began.
        seconds: whole ones, as Twilio tells them.
    """

    sid: str
    call_sid: str
    channels: int
    source: str
    at: str
    seconds: int
    track: str = "both"

    def json(self) -> dict[str, Any]:
        """The recording in Twilio's API (Twilio, "Recordings resource")."""
        dates = dict.fromkeys(("date_created", "date_updated", "start_time"), rfc_2822(self.at))
        names = {"sid": self.sid, "call_sid": self.call_sid, "account_sid": ACCOUNT_SID, "conference_sid": None}
        facts = {"channels": self.channels, "source": self.source, "duration": str(self.seconds), "status": "completed"}
        uri = {"uri": f"{ACCOUNT}/Recordings/{self.sid}.json", "api_version": "2010-04-01", "price": None}
        return names | facts | dates | uri | {"price_unit": "USD", "error_code": None, "encryption_details": None}


@dataclass
class Recordings:
    """All recordings that Twilio has."""

    kept: Kept
    all: dict[str, Recording] = field(default_factory=dict)

    def load(self) -> None:
        """Reads what earlier runs kept."""
        found = [Recording(**one) for one in self.kept.logged("recordings.jsonl")]
        self.all = {one.sid: one for one in found if self._file(one.sid).exists()}

    def keep(self, call_sid: str, source: str, at: datetime, channels: list[Samples], *, mono: bool) -> Recording:
        """Keeps a recording under a new sid; `mono` mixes the channels."""
        if mono and len(channels) > 1:
            channels = [sound.mixed(*channels)]
        sid, seconds = "RE" + secrets.token_hex(16), round(len(channels[0]) / sound.RATE)
        recording = Recording(sid, call_sid, len(channels), source, at.isoformat(), seconds)
        self._file(sid).write_bytes(sound.write_wav(channels))
        self.kept.log("recordings.jsonl", asdict(recording))
        self.all[sid] = recording
        return recording

    def wav(self, sid: str, channels: int) -> bytes:
        """The file with so many channels; raises ValueError if it has not so many."""
        recording, content = self.all[sid], self._file(sid).read_bytes()
        if channels > recording.channels:
            raise ValueError("The recording has one channel.")
        if channels == recording.channels:
            return content
        return sound.write_wav([sound.mixed(*sound.both_channels(content))])

    def delete(self, sid: str) -> bool:
        """Deletes a recording for good; whether there was one."""
        self._file(sid).unlink(missing_ok=True)
        return self.all.pop(sid, None) is not None

    def _file(self, sid: str) -> Path:
        return self.kept.folder / f"{sid}.wav"
