"""What a caller hears when something of ours fails: never silence. Twilio goes on with another try, a few times."""

from contextlib import suppress
from dataclasses import replace

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.errors import Misconfigured, RetryLater
from webhook_handler import replies
from webhook_handler.form import Form
from webhook_handler.replies import Malformed, Reply
from webhook_handler.request import Request
from webhook_handler.voice import speaking, twiml
from webhook_handler.voice.place import PREFIX, Place

_TRIES = 3
_PAUSE = 2
"""Seconds before the next try."""

_SPOKEN = {PREFIX: "", **{f"{PREFIX}/{step}": step for step in ("turn", "wait", "pin", "note")}}
"""The paths at which somebody listens, and the step that tries again."""


def refuse(error: Exception, request: Request) -> Reply:
    """Speaks to the caller where one listens; callbacks get a status, so that Twilio tries them again.

    Nothing proves that the request is Twilio's, if our own secret cannot be read. So nothing in this answer comes from
    the company or the call.
    """
    usual = replies.refusal(error)
    place = _place(request)
    spoken = request.path in _SPOKEN and not place.callback
    if not spoken or not isinstance(error, (RetryLater, Misconfigured, Malformed)):
        return usual
    again = place.tries < _TRIES and not isinstance(error, Malformed)
    verbs = _try_again(place, _SPOKEN[request.path]) if again else speaking.said(place, "call_trouble")
    document = twiml.response(*verbs, *([] if again else [twiml.hangup()]))
    return Reply(200, usual.outcome, twiml=document, problem=usual.problem, metric=usual.metric)


def _place(request: Request) -> Place:
    """Where the call is. The next request does not name a recording, so its URL does."""
    place = Place.of(request)
    with suppress(ValueError):  # nothing proves yet that Twilio wrote it
        recording = next(iter(Form.read(request.body or b"", errors="replace").get("RecordingSid", [])), "")
        return replace(place, recording=recording) if is_message_id(recording) else place
    return place


def _try_again(place: Place, step: str) -> list[twiml.Verb]:
    """A question that could not be taken is asked for again: the next request does not have its words."""
    there = place.url(step, tries=place.tries + 1)
    if step == "turn":
        return [
            twiml.listen(speaking.said(place, "call_say_again"), there, place.language),
            twiml.redirect(there),
        ]
    return [*speaking.said(place, "call_one_moment"), twiml.pause(_PAUSE), twiml.redirect(there)]
