"""`Record`, and what `Start` and `Dial` record: a file of the call's sound, and callbacks that tell of it."""

from collections.abc import Generator, Mapping

from twilio_in_a_box.account.messages import ACCOUNT_SID, rfc_2822
from twilio_in_a_box.calls.acts import Act, HungUp, Keys, Speech, TimeUp, Wait
from twilio_in_a_box.calls.recordings import ACCOUNT, Recording
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.verbs.turns import Turn
from twilio_in_a_box.voice.document import Step

_TIMEOUT, _LONGEST = "5", "3600"
_EVERY_KEY = "1234567890*#"


def record(session: Session, step: Step) -> Generator[Wait, Act, Turn | None]:
    """Records the caller until a key, silence, the longest time, or the end of the call."""
    began = session.clock.now
    session.note("bot", "record", "", beep=step.is_on("playBeep", default=True))
    try:
        heard, key = yield from _listen(session, step, began)
    except HungUp:
        if kept := _kept(session, step, began, key="hangup"):
            session.call.status = "completed"
            session.callback(step.get("action"), session.form(kept), step.get("method", "POST"))
        raise
    kept = _kept(session, step, began, key) if heard else {}
    return Turn(step.get("action"), step.get("method", "POST"), kept) if kept else None


def start(session: Session, step: Step) -> None:
    """Records the call from here."""
    session.begun.append((step, session.clock.now))
    _tell(session, step, {"RecordingStatus": "in-progress", "RecordingSource": "StartCallRecordingTwiML"})


def stop(session: Session, name: str) -> None:
    """Ends what `Start` began under this name; with an empty one, all of it."""
    for step, began in [one for one in session.begun if name in {"", one[0].get("name")}]:
        session.begun.remove((step, began))
        mono = step.get("channels", "mono") == "mono"
        tell(session, step, keep(session, "StartCallRecordingTwiML", began, mono=mono))


def keep(session: Session, source: str, began: float, *, mono: bool) -> Recording:
    """Keeps the sound since a second as a recording."""
    channels = session.tape.between(began, session.clock.now, alone=source == "RecordVerb")
    shelf, at = session.exchange.recordings, session.call.at(began)
    return shelf.keep(session.call.sid, source, at, channels, mono=mono)


def told(session: Session, kept: Recording) -> dict[str, str]:
    """What an action's parameters say of a recording."""
    url = f"{session.exchange.url()}{ACCOUNT}/Recordings/{kept.sid}"
    return {"RecordingUrl": url, "RecordingSid": kept.sid, "RecordingDuration": str(kept.seconds)}


def tell(session: Session, step: Step, kept: Recording) -> None:
    """Posts that a recording is there (Twilio, "Recording status callback")."""
    facts = {"RecordingStatus": "completed", "RecordingChannels": str(kept.channels), "RecordingSource": kept.source}
    facts |= {"RecordingStartTime": rfc_2822(kept.at), "RecordingTrack": kept.track, "ErrorCode": "0"}
    _tell(session, step, told(session, kept) | facts)


def _tell(session: Session, step: Step, facts: Mapping[str, str]) -> None:
    wanted = step.get("recordingStatusCallbackEvent", "completed").split()
    if step.get("recordingStatusCallback") and facts["RecordingStatus"] in wanted:
        form = {"AccountSid": ACCOUNT_SID, "CallSid": session.call.sid} | dict(facts)
        method = step.get("recordingStatusCallbackMethod", "POST")
        session.callback(step.get("recordingStatusCallback"), form, method)


def _listen(session: Session, step: Step, began: float) -> Generator[Wait, Act, tuple[bool, str]]:
    """Whether something was said, and the key that ended it."""
    silence, most = float(step.get("timeout", _TIMEOUT)), float(step.get("maxLength", _LONGEST))
    ends, heard = step.get("finishOnKey", _EVERY_KEY), False
    while True:
        left = most - (session.clock.now - began)
        act = yield Wait("Record", max(0.0, min(silence, left)), frozenset({Speech, Keys}), passes=False)
        if isinstance(act, TimeUp):
            return heard, ""
        heard = heard or isinstance(act, Speech)
        if isinstance(act, Keys) and (key := next((one for one in act.digits if one in ends), "")):
            return heard, key


def _kept(session: Session, step: Step, began: float, key: str) -> dict[str, str]:
    """The action's parameters; empty where nothing was recorded."""
    if not session.tape.has_caller(began):
        _tell(session, step, {"RecordingStatus": "absent", "RecordingSource": "RecordVerb"})
        return {}
    kept = keep(session, "RecordVerb", began, mono=True)
    session.after.append(lambda: tell(session, step, kept))
    return told(session, kept) | ({"Digits": key} if key else {})
