"""Jobs in the queue of notes about a company's calls: to look after a call that is live, and to fetch its recording."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.errors import DeadLetter

CALL_CHECK: Literal["call-check"] = "call-check"
CALL_RECORDING: Literal["call-recording"] = "call-recording"
_VERSION = 1


@dataclass(frozen=True)
class CallCheckJob:
    """See whether the transcription of a call has begun, and later whether the call has ended.

    A call whose end nobody told is ended by it. It has no content, so a late or repeated job does no harm.

    Attributes:
        check: counts from 1.
    """

    call_id: str
    company_id: str
    check: int = 1
    kind: Literal["call-check"] = CALL_CHECK

    @property
    def message_id(self) -> str:
        """The call's id, which its note has, too."""
        return self.call_id

    def to_json(self) -> str:
        """The queue body."""
        return json.dumps({"version": _VERSION, **asdict(self)})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        fields = _fields(body, "a check of a call")
        try:
            job = cls(**fields)
        except TypeError:
            raise DeadLetter("the queue body is not a check of a call") from None
        if not _named(job.company_id, job.call_id) or not isinstance(job.check, int) or job.kind != CALL_CHECK:
            raise DeadLetter("the queue body is not a check of a call: a field has the wrong value")
        return job


@dataclass(frozen=True)
class CallRecordingJob:
    """Fetch the recording of a call, and keep it as its note's recording.

    Attributes:
        recording_id: Twilio's RecordingSid.
        started_at: when the recording began (ISO 8601, UTC); empty if it is not known.
    """

    call_id: str
    company_id: str
    recording_id: str
    started_at: str
    kind: Literal["call-recording"] = CALL_RECORDING

    @property
    def message_id(self) -> str:
        """The call's id, which its note has, too."""
        return self.call_id

    def to_json(self) -> str:
        """The queue body."""
        return json.dumps({"version": _VERSION, **asdict(self)})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        fields = _fields(body, "a job for a recording")
        try:
            job = cls(**fields)
        except TypeError:
            raise DeadLetter("the queue body is not a job for a recording") from None
        named = _named(job.company_id, job.call_id) and is_message_id(job.recording_id)
        if not named or not isinstance(job.started_at, str) or job.kind != CALL_RECORDING:
            raise DeadLetter("the queue body is not a job for a recording: a field has the wrong value")
        return job


def _fields(body: str, name: str) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(body)
        version = fields.pop("version")
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        raise DeadLetter(f"the queue body is not {name}") from None
    if version != _VERSION:
        raise DeadLetter(f"the queue body has version {version!r}; this worker reads version {_VERSION}")
    return fields


def _named(company_id: object, call_id: object) -> bool:
    return isinstance(company_id, str) and bool(re.fullmatch(COMPANY_ID, company_id)) and is_message_id(call_id)
