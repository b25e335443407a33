"""Twilio's API for calls and their recordings."""

from typing import Any

from starlette.responses import Response

from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.calls.acting import Over
from twilio_in_a_box.calls.acts import HangUp
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.recordings import Recording
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import Asked, answered

_TYPES = (".json", ".wav", ".mp3")


def list_all(account: Account, asked: Asked) -> Response:
    """A page of the calls (Twilio, "List all Call resources")."""
    return answered(_page(asked, "calls", account.calls.listed(asked.query)))


def fetch(account: Account, asked: Asked) -> Response:
    """One call (Twilio, "Fetch a Call")."""
    return answered(_call(account, asked).listed())


def update(account: Account, asked: Asked) -> Response:
    """Ends a call (Twilio, "Update a Call"); nothing else of it can be changed here."""
    call, form = _call(account, asked), asked.form()
    session = account.calls.session(call.sid)
    if form.get("Status") != "completed" or set(form) != {"Status"}:
        raise TwilioError(20001, "the box takes Status=completed alone")
    if session is None or call.is_over:
        raise TwilioError(21220)
    try:
        session.act(HangUp())
    except Over:
        raise TwilioError(21220) from None
    return answered(call.listed())


def list_recordings(account: Account, asked: Asked) -> Response:
    """A page of the recordings, of one call where the path or the query names it (Twilio, "Recordings resource")."""
    call_sid = asked.path.get("sid") or asked.query.get("CallSid", "")
    found = reversed(account.exchange.recordings.all.values())
    return answered(_page(asked, "recordings", [one.json() for one in found if call_sid in {"", one.call_sid}]))


def fetch_recording(account: Account, asked: Asked) -> Response:
    """The file of a recording; with `.json`, what is known of it (Twilio, "Fetch a Recording's media file")."""
    name = asked.path["sid"]
    recording = _recording(account, name)
    if name.endswith(".json"):
        return answered(recording.json())
    channels = asked.query.get("RequestedChannels", "1")
    if name.endswith(".mp3"):
        raise TwilioError(20404, "the box has recordings as .wav alone")
    if channels not in {"1", "2"}:
        raise TwilioError(20001, "RequestedChannels is 1 or 2")
    try:
        content = account.exchange.recordings.wav(recording.sid, int(channels))
    except ValueError as error:
        raise TwilioError(20001, str(error)) from None
    return Response(content, media_type="audio/x-wav")


def delete_recording(account: Account, asked: Asked) -> Response:
    """Deletes a recording for good (Twilio, "Delete a Recording")."""
    account.exchange.recordings.delete(_recording(account, asked.path["sid"]).sid)
    return Response(status_code=204)


def _call(account: Account, asked: Asked) -> Call:
    call = account.calls.all.get(asked.path["sid"])
    if call is None:
        raise TwilioError(20404, asked.path["sid"])
    return call


def _recording(account: Account, name: str) -> Recording:
    sid = name
    for ending in _TYPES:
        sid = sid.removesuffix(ending)
    recording = account.exchange.recordings.all.get(sid)
    if recording is None:
        raise TwilioError(20404, name)
    return recording


def _page(asked: Asked, name: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    """A page of a list, the newest first; its numbers have to be right."""
    texts = asked.query.get("Page", "0"), asked.query.get("PageSize", "50")
    if not all(text.isascii() and text.isdigit() and len(text) < 7 for text in texts):  # noqa: PLR2004 - as for messages
        raise TwilioError(20001, "Page and PageSize have to be numbers")
    number, size = int(texts[0]), max(1, min(int(texts[1]), 1000))
    path, start = asked.url.partition("?")[0], number * size
    uri = "/" + path.split("/", 3)[3]
    more = f"{uri}?Page={number + 1}&PageSize={size}" if start + size < len(found) else None
    return {name: found[start : start + size], "page": number, "page_size": size, "next_page_uri": more, "uri": uri}
