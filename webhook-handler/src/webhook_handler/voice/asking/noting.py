"""A note by phone: its recording is put into the queue like a message, also if the caller hung up meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import NoteJob
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml
from webhook_handler.voice.session import Session, Sessions

_DONE = {"", "completed"}
"""States of a recording that can be fetched now or soon; the verb's action tells none."""

_SILENCES = 3
"""How often nothing may be recorded, one after the other, before the call ends."""


@dataclass(frozen=True)
class Noting:
    """Takes what Twilio tells of a recording: once when the caller is done, and once when it can be fetched.

    Both put it into the queue under the recording's id, so that one of them may get lost.
    """

    sessions: Sessions
    queue: Queue
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Queues the recording; raises one of `replies.REFUSED`."""
        session = self.sessions.of(proven)
        recording = session.request.told("RecordingSid") or session.place.recording
        recorded = is_message_id(recording) and session.request.told("RecordingStatus") in _DONE
        if recorded:
            proven.logged["message_id"] = recording
            self._enqueue(session, recording)
        if session.place.callback:
            return Reply(200, "enqueued" if recorded else "no-recording", twiml=twiml.NOTHING)
        return _thanks(session) if recorded else _nothing(session)

    def _enqueue(self, session: Session, recording: str) -> None:
        call = session.call
        message = {
            "MessageSid": recording,
            "CallSid": call.call_id,
            "AccountSid": session.request.told("AccountSid"),
            "From": call.number,
            "To": call.our_number,
            "KnownAs": call.known_as,
        }
        received_at = timestamp(self.clock())
        job = NoteJob({**message}, call.company_id, call.customer_id, received_at, "phone")
        self.queue.send(job.to_json(), group=call.company_id)


def _thanks(session: Session) -> Reply:
    place = replace(session.place, silences=0, tries=0, recording="")
    return _goes_on("note-kept", replace(session, request=replace(session.request, place=place)), "call_note_kept")


def _nothing(session: Session) -> Reply:
    place = replace(session.place, silences=session.place.silences + 1, tries=0, recording="")
    there = replace(session, request=replace(session.request, place=place))
    if place.silences >= _SILENCES:
        return speaking.reply("silent", *speaking.goodbye(place), metric="CallSilent")
    return _goes_on("note-empty", there, "call_note_empty")


def _goes_on(outcome: str, session: Session, name: str) -> Reply:
    place = session.place
    if session.call.proven:
        words = speaking.said(place, name, "call_next")
        return speaking.reply(outcome, *speaking.ask(place, session.company, words))
    return speaking.reply(outcome, *speaking.ask_for_pin(place, speaking.said(place, name, "call_note_again")))
