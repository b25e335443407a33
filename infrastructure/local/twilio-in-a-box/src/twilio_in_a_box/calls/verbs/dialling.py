"""`Dial`: calls another phone and bridges it to the caller."""

import secrets
from collections.abc import Generator
from dataclasses import dataclass

from twilio_in_a_box.calls.acts import ANY, Act, Answer, HangUp, HungUp, Keys, Outcome, Speech, TimeUp, Wait
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.verbs import recording
from twilio_in_a_box.calls.verbs.turns import Turn
from twilio_in_a_box.voice.document import Step
from twilio_in_a_box.voice.problems import TwimlProblem

_TIMEOUT, _TIME_LIMIT = "30", "14400"
_RINGS_SECONDS = 3.0
_ALL_EVENTS = ("initiated", "ringing", "answered", "completed")


@dataclass
class _Leg:
    """The call to the other phone."""

    step: Step
    number: str
    sid: str
    events: int = 0


def dial(session: Session, step: Step) -> Generator[Wait, Act, Turn | None]:
    """Rings the numbers, and bridges the first that answers until somebody hangs up."""
    _check_caller(session, step)
    legs = [_Leg(one, one.text, _sid()) for one in step.inside] or [_Leg(step, step.text, _sid())]
    outcome, leg = yield from _ring(session, step, legs)
    if outcome != "answered":
        session.note("bot", outcome, leg.number)
        return _turn(step, {"DialCallSid": leg.sid, "DialCallStatus": outcome, "DialBridged": "false"})
    began = session.clock.now
    session.note("agent", "bridged", leg.number)
    _tell(session, leg, "in-progress", "answered")
    try:
        yield from _talk(session, step, began)
    except HungUp:
        form = _ended(session, step, leg, began)
        session.call.status = "completed"
        session.callback(step.get("action"), session.form(form), step.get("method", "POST"))
        raise
    return _turn(step, _ended(session, step, leg, began))


def _sid() -> str:
    return "CA" + secrets.token_hex(16)


def _check_caller(session: Session, step: Step) -> None:
    """Whose number the other phone shows has to be the caller's, the called one, or one of the account's."""
    own = {session.call.sender, session.call.to.removeprefix("whatsapp:"), *session.exchange.numbers}
    shown = step.get("callerId", session.call.sender)
    if shown not in own or shown.startswith("whatsapp:"):
        raise TwimlProblem(13214, f"{shown} is neither the caller's nor the account's number")


def _ring(session: Session, step: Step, legs: list[_Leg]) -> Generator[Wait, Act, tuple[Outcome, _Leg]]:
    """What becomes of it, and with which leg."""
    for leg in legs:
        session.note("bot", "dial", leg.number)
        _tell(session, leg, "initiated", "initiated")
        _tell(session, leg, "ringing", "ringing")
    found: list[tuple[Outcome, _Leg]] = []
    for leg in legs:
        outcome = session.agents.get(leg.number, session.agents.get(ANY, "answered"))
        if outcome == "by hand":
            act = yield Wait("Dial", float(step.get("timeout", _TIMEOUT)), frozenset({Answer}), passes=False)
            outcome = act.outcome if isinstance(act, Answer) else "no-answer"
        else:
            long = outcome == "no-answer"
            yield Wait("Dial", float(step.get("timeout", _TIMEOUT)) if long else _RINGS_SECONDS)
        found.append((outcome, leg))
        if outcome == "answered":
            return outcome, leg
        _tell(session, leg, outcome, "completed")
    return found[-1]


def _talk(session: Session, step: Step, began: float) -> Generator[Wait, Act]:
    """Both talk until one hangs up, presses the star where that ends it, or time is up."""
    limit = float(step.get("timeLimit", _TIME_LIMIT))
    while True:
        left = max(0.0, limit - (session.clock.now - began))
        act = yield Wait("bridged", left, frozenset({Speech, Keys, HangUp}), passes=False)
        if isinstance(act, TimeUp):
            return
        if isinstance(act, HangUp):
            session.note("agent", "hangup")
            return
        if isinstance(act, Keys) and "*" in act.digits and step.is_on("hangupOnStar"):
            return


def _ended(session: Session, step: Step, leg: _Leg, began: float) -> dict[str, str]:
    """The action's parameters once both have talked (Twilio, "TwiML Voice: Dial")."""
    seconds = str(round(session.clock.now - began))
    _tell(session, leg, "completed", "completed", {"CallDuration": seconds})
    form = {"DialCallSid": leg.sid, "DialCallStatus": "completed", "DialCallDuration": seconds, "DialBridged": "true"}
    record = step.get("record", "do-not-record")
    if record == "do-not-record":
        return form
    kept = recording.keep(session, "DialVerb", began, mono=not record.endswith("-dual"))
    session.after.append(lambda: recording.tell(session, step, kept))
    return form | recording.told(session, kept)


def _turn(step: Step, form: dict[str, str]) -> Turn | None:
    return Turn(step.get("action"), step.get("method", "POST"), form) if step.get("action") else None


def _tell(session: Session, leg: _Leg, status: str, event: str, more: dict[str, str] | None = None) -> None:
    """The progress of the leg, to who asked for it (Twilio, "TwiML Voice: Number")."""
    wanted = leg.step.get("statusCallbackEvent", "completed").split()
    if not leg.step.get("statusCallback") or event not in wanted:
        return
    caller = leg.step.get("callerId", session.call.sender)
    form = session.form({"CallSid": leg.sid, "ParentCallSid": session.call.sid, "CallStatus": status})
    form |= {"From": caller, "To": leg.number, "Caller": caller, "Called": leg.number, "Direction": "outbound-dial"}
    form |= {"SequenceNumber": str(leg.events), "CallbackSource": "call-progress-events"} | (more or {})
    leg.events += 1
    session.callback(leg.step.get("statusCallback"), form, leg.step.get("statusCallbackMethod", "POST"))
