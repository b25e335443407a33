"""Twilio's callbacks during and after a bridged call: events of its transcription, and its recording."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.after_jobs import CallRecordingJob
from ai_voice_shared.calls.events import Event, NoEvent
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.domain import now, timestamp
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.form import Form
from webhook_handler.replies import Malformed, Reply
from webhook_handler.voice import twiml
from webhook_handler.voice.place import VoiceRequest

_RECORDED = "completed"
TAKEN = Reply(200, "taken", twiml=twiml.NOTHING)


@dataclass(frozen=True)
class TranscriptionEvents:
    """Puts each event into the queue of calls, in its call's order. The event itself is read by the live function."""

    queue: Queue
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Takes an event; raises one of `replies.REFUSED`."""
        request, company_id = VoiceRequest.read(proven), _company(proven)
        moment = self.clock()
        fields = Form.read(proven.request.body or b"", errors="replace").parameters()
        try:
            Event.read(fields, moment)
        except NoEvent as error:
            raise Malformed(str(error)) from None
        job = LiveJob(request.call_id, company_id, fields, timestamp(moment))
        self.queue.send_once(job.to_json(), request.call_id, job.deduplication_id)
        return TAKEN


@dataclass(frozen=True)
class Recordings:
    """Has the worker fetch a recording that is complete."""

    queue: Queue

    def handle(self, proven: ProvenRequest) -> Reply:
        """Takes a recording's status; raises one of `replies.REFUSED`."""
        request, company_id = VoiceRequest.read(proven), _company(proven)
        recording_id = request.told("RecordingSid")
        if not is_message_id(recording_id):
            raise Malformed("there is no usable RecordingSid")
        if request.told("RecordingStatus") != _RECORDED:
            return Reply(200, "not-recorded", twiml=twiml.NOTHING)
        job = CallRecordingJob(request.call_id, company_id, recording_id, _started(request.told("RecordingStartTime")))
        self.queue.send(job.to_json(), group=company_id)
        return TAKEN


def _company(proven: ProvenRequest) -> str:
    """The company in our own URL, which Twilio has signed."""
    company_id = parse_qs(proven.request.query).get("company", [""])[0]
    if not re.fullmatch(COMPANY_ID, company_id):
        raise Malformed("its URL names no company")
    proven.logged["company_id"] = company_id
    return company_id


def _started(text: str) -> str:
    """When a recording began, as ISO 8601; empty if it cannot be read."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return ""
    return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
