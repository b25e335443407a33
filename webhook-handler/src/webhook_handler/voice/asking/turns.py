"""What a caller says or presses: a question goes to the queue, and a few words and keys do something else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCalls
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.domain import now
from ai_voice_shared.errors import RetryLater
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml
from webhook_handler.voice.asking.wanted import Wanted, wanted
from webhook_handler.voice.session import Session, Sessions

_SILENCES = 3
"""How often nothing may be heard, one after the other, before the call ends."""

_LONGEST = 2_000
"""Characters of a question, as in the API."""


@dataclass(frozen=True)
class Turns:
    """Takes what a caller says."""

    sessions: Sessions
    calls: AskedCalls
    queue: Queue
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Answers what was said or pressed; raises one of `replies.REFUSED`."""
        session = self.sessions.of(proven)
        said, digits = session.request.told("SpeechResult"), session.request.told("Digits")
        if not session.call.proven:
            return speaking.reply("needs-pin", *speaking.ask_for_pin(session.place, _said(session, "call_pin")))
        if kind := wanted(said, digits, session.place.language):
            return self._do(session, kind)
        if digits:
            return _listen("help", session, "call_help")
        return self._ask(session, said[:_LONGEST]) if said else _silence(session)

    def _do(self, session: Session, kind: Wanted) -> Reply:
        match kind:
            case "note":
                return speaking.reply("records", *speaking.record(session.place))
            case "person":
                return speaking.reply("connects", *speaking.connect(session.place, session.company, session.call))
            case "goodbye":
                return speaking.reply("goodbye", *speaking.goodbye(session.place))
            case "play":
                return self._play(session)

    def _ask(self, session: Session, question: str) -> Reply:
        """Keeps the question, and sends it. If the queue does not take it, the caller waits while it is sent again."""
        place = replace(session.place, silences=0, waits=1, tries=0)
        self.calls.ask(session.call.call_id, place.turn, question)
        try:
            send(self.queue, session)
        except RetryLater:
            place = replace(place, tries=1)
        looking = speaking.said(place, "call_looking")
        return speaking.reply("asked", *looking, twiml.redirect(place.url("wait")))

    def _play(self, session: Session) -> Reply:
        """Plays what the last answer cited."""
        turns = reversed(self.calls.turns(session.call.call_id))
        clip = next((turn for turn in turns if turn.clip), None)
        if clip is None or datetime.fromisoformat(clip.clip_until) <= self.clock():
            return _listen("no-clip", session, "call_no_clip", "call_next")
        place = replace(session.place, silences=0, tries=0)
        heard = [twiml.play(clip.clip), *speaking.said(place, "call_next")]
        return speaking.reply("plays", *speaking.ask(place, session.company, heard))


def send(queue: Queue, session: Session) -> None:
    """Asks the worker to answer the question at this place; raises RetryLater. It may be sent twice."""
    call = session.call
    job = CallTurnJob(call.call_id, call.company_id, call.customer_id, session.place.turn)
    queue.send(job.to_json(), group=call.company_id)


def _silence(session: Session) -> Reply:
    """Nothing was heard: asks again, then helps, and says goodbye in the end."""
    silences = session.place.silences + 1
    if silences >= _SILENCES:
        return speaking.reply("silent", *speaking.goodbye(session.place), metric="CallSilent")
    place = replace(session.place, silences=silences, tries=0)
    words = speaking.said(place, "call_nothing_heard", *(["call_help"] if silences > 1 else []))
    return speaking.reply("nothing-heard", *speaking.ask(place, session.company, words))


def _listen(outcome: str, session: Session, *names: str) -> Reply:
    place = replace(session.place, silences=0, tries=0)
    return speaking.reply(outcome, *speaking.ask(place, session.company, speaking.said(place, *names)))


def _said(session: Session, name: str) -> list[twiml.Verb]:
    return speaking.said(session.place, name)
