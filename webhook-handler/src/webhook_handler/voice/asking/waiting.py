"""While the worker looks for an answer: the caller is spoken to at least every four seconds, and not for too long."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.asking import AskedCalls, AskedTurn
from ai_voice_shared.errors import RetryLater
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply
from webhook_handler.voice import speaking, twiml
from webhook_handler.voice.asking.turns import send
from webhook_handler.voice.place import Place
from webhook_handler.voice.session import Session, Sessions

WAITS = 7
"""How often a caller waits for one answer: about 24 seconds in all."""

_QUIET = 3
"""Seconds of a wait without words; one with words takes as long."""


@dataclass(frozen=True)
class Waiting:
    """Tells the answer as soon as it is there."""

    sessions: Sessions
    calls: AskedCalls
    queue: Queue

    def handle(self, proven: ProvenRequest) -> Reply:
        """The answer, or a little more patience; raises one of `replies.REFUSED`."""
        session = self.sessions.of(proven)
        turn = self.calls.turn(session.call.call_id, session.place.turn) if session.call.proven else None
        if turn is None:
            return self._next("no-question", session, "call_failed")
        if turn.status == "asked":
            return self._wait(session, turn)
        return self._settled(session, turn)

    def _wait(self, session: Session, turn: AskedTurn) -> Reply:
        place = session.place
        if place.waits < WAITS:
            sent = self._sent(session)
            there = replace(place, waits=place.waits + 1, tries=0 if sent else place.tries)
            return speaking.reply("waits", *_patience(place), twiml.redirect(there.url("wait")))
        if self.calls.becomes(session.call.call_id, turn, "later", since=("asked",)):
            return self._next("later", session, "call_later")
        settled = self.calls.turn(session.call.call_id, turn.turn)
        return self._settled(session, settled or turn)

    def _sent(self, session: Session) -> bool:
        """Whether the question is with the worker; after a failure it is sent again."""
        if not session.place.tries:
            return True
        with suppress(RetryLater):
            send(self.queue, session)
            return True
        return False

    def _settled(self, session: Session, turn: AskedTurn) -> Reply:
        match turn.status:
            case "answered" | "said":
                self.calls.becomes(session.call.call_id, turn, "said", since=("answered",))
                return self._answer(session, turn)
            case "failed":
                return self._next("failed", session, "call_failed")
            case _:
                return self._next("later", session, "call_later")

    def _answer(self, session: Session, turn: AskedTurn) -> Reply:
        place = _after(session.place)
        hint = ["call_hear"] if turn.clip else []
        words = [twiml.say(turn.say, place.language), *speaking.said(place, *hint, "call_next")]
        return speaking.reply("answered", *speaking.ask(place, session.company, words))

    def _next(self, outcome: str, session: Session, name: str) -> Reply:
        place = _after(session.place)
        words = speaking.said(place, name, "call_next")
        return speaking.reply(outcome, *speaking.ask(place, session.company, words))


def _after(place: Place) -> Place:
    """Where the next question is asked."""
    return replace(place, turn=place.turn + 1, silences=0, waits=0, tries=0)


def _patience(place: Place) -> Sequence[twiml.Verb]:
    """Every second time a few words, otherwise a pause."""
    if place.waits % 2:
        return [twiml.pause(_QUIET)]
    return [*speaking.said(place, "call_still_looking"), twiml.pause(1)]
