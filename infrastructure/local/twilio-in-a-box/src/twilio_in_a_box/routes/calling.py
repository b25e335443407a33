"""The control API of calls: a phone places one, speaks, presses keys and hangs up."""

import base64
import binascii
import math
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from twilio_in_a_box.account.addresses import CHANNEL, is_number
from twilio_in_a_box.calls import sound
from twilio_in_a_box.calls.acting import Over
from twilio_in_a_box.calls.acts import ANY, Act, Answer, HangUp, Keys, Outcome, Side, Speech
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.calls import Order
from twilio_in_a_box.calls.clock import KINDS
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.transcribing import Faults
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import answered
from twilio_in_a_box.routes.control import Problem

LONGEST_TEXT = 4096
STIR = tuple(f"TN-Validation-{one}" for one in ("Passed-A", "Passed-B", "Passed-C", "Failed-A", "Failed-B", "Failed-C"))
"""What a carrier may say of a caller's number (Twilio, "Trusted calling with SHAKEN/STIR")."""

_OUTCOMES: tuple[Outcome, ...] = ("answered", "busy", "no-answer", "failed", "by hand")
_SIDES: tuple[Side, ...] = ("caller", "agent")
_FASTEST = 1000.0


def list_calls(account: Account, request: Request, _asked: Any) -> Response:
    """The calls, the oldest first; of one phone where the query names it."""
    phone = request.query_params.get("phone", "")
    calls = account.calls.all.values()
    found = [_shown(account, call) for call in calls if phone in {"", account.phones.number_of(call.sender)}]
    numbers = [{"number": to, "label": label} for to, label in _numbers(account)]
    return answered({"calls": found, "numbers": numbers, "recognises": account.exchange.recognise is not None})


def place(account: Account, _request: Request, asked: Any) -> Response:
    """A phone calls a number; answers when the call waits for somebody or has ended."""
    return answered(_shown(account, account.calls.place(_order(_object(asked)))), 201)


def show(account: Account, request: Request, _asked: Any) -> Response:
    """One call."""
    call = account.calls.all.get(request.path_params["call"])
    if call is None:
        raise Problem(404, "There is no such call.")
    return answered(_shown(account, call))


def say(account: Account, request: Request, asked: Any) -> Response:
    """Somebody says something: a text, a sound (a WAV file in base64), or both."""
    fields = _object(asked, {"text", "audio", "side", "confidence"})
    text, side = fields.get("text", ""), _one_of(fields.get("side", "caller"), _SIDES, "side")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise Problem(422, f"text has at most {LONGEST_TEXT} characters.")
    session = _present(_session(account, request), side)
    samples = _sound(fields["audio"]) if fields.get("audio") else account.exchange.speak(text, side)
    if fields.get("audio") and not text and account.exchange.recognise:
        text = account.exchange.recognise(samples, session.call.hints)
    confidence = fields.get("confidence", 0.9)
    if not (confidence is None or _is_number(confidence)):
        raise Problem(422, "confidence is a number or null.")
    return _done(account, session, Speech(text, samples, side, confidence))


def press(account: Account, request: Request, asked: Any) -> Response:
    """The caller presses keys."""
    digits = _object(asked, {"digits"}).get("digits", "")
    if not (isinstance(digits, str) and digits and set(digits) <= set("0123456789*#")):
        raise Problem(422, "digits are 0-9, * and #.")
    return _done(account, _session(account, request), Keys(digits))


def hang_up(account: Account, request: Request, asked: Any) -> Response:
    """Somebody hangs up."""
    side = _one_of(_object(asked).get("side", "caller"), _SIDES, "side")
    return _done(account, _present(_session(account, request), side), HangUp(side))


def answer(account: Account, request: Request, asked: Any) -> Response:
    """The agent's phone answers, or does not."""
    outcome = _one_of(_object(asked).get("as", "answered"), _OUTCOMES[:-1], "as")
    return _done(account, _session(account, request), Answer(outcome))


def pass_time(account: Account, request: Request, asked: Any) -> Response:
    """Time passes by the call's own clock."""
    seconds = _object(asked, {"seconds"}).get("seconds", 0)
    if not _is_number(seconds) or not 0 < seconds <= 86_400:  # noqa: PLR2004 - a day
        raise Problem(422, "seconds is a number above 0.")
    session = _session(account, request)
    if session.clock.kind == "real":
        raise Problem(409, "The clock of this call cannot be moved.")
    try:
        session.pass_time(float(seconds))
    except Over:
        raise Problem(409, "The call has ended.") from None
    return answered(_shown(account, session.call))


def switch(account: Account, request: Request, asked: Any) -> Response:
    """Sets what goes wrong with the transcription of a call from now on."""
    session = _session(account, request)
    session.transcribing.faults = _faults(_object(asked, {"transcription"}).get("transcription", {}))
    return answered(_shown(account, session.call))


def _order(asked: dict[str, Any]) -> Order:
    fields = _object(asked, {"from", "to", "stir", "signs_stir", "clock", "speed", "transcription", "agents"})
    parties = [fields.get(name, "") for name in ("from", "to")]
    if not all(isinstance(one, str) and is_number(one.removeprefix(CHANNEL)) for one in parties):
        raise Problem(422, "from and to are numbers like +15550100001; from may begin with whatsapp:.")
    speed = fields.get("speed", 1.0)
    if not _is_number(speed) or not 0 < speed <= _FASTEST:
        raise Problem(422, f"speed is above 0 and at most {_FASTEST:.0f}.")
    if not isinstance(fields.get("signs_stir", True), bool):
        raise Problem(422, "signs_stir is true or false.")
    return Order(
        sender=parties[0],
        to=parties[1],
        stir=_one_of(fields.get("stir", ""), ("", *STIR), "stir"),
        signs_stir=fields.get("signs_stir", True),
        clock=_one_of(fields.get("clock", "at once"), KINDS, "clock"),
        speed=float(speed),
        faults=_faults(fields.get("transcription", {})),
        agents=_agents(fields.get("agents", {})),
    )


def _agents(asked: Any) -> dict[str, Outcome]:
    if not isinstance(asked, dict) or not all(one == ANY or is_number(one) for one in asked):
        raise Problem(422, "agents is an object of numbers; * is any other.")
    return {number: _one_of(outcome, _OUTCOMES, "an agent") for number, outcome in asked.items()}


def _faults(asked: Any) -> Faults:
    try:
        return Faults.of(asked)
    except ValueError as error:
        raise Problem(422, str(error)) from None


def _sound(asked: Any) -> sound.Samples:
    try:
        return sound.read_wav(base64.b64decode(asked, validate=True))
    except (ValueError, TypeError, binascii.Error):
        raise Problem(422, "audio is a WAV file, 16-bit or µ-law, in base64.") from None


def _session(account: Account, request: Request) -> Session:
    session = account.calls.session(request.path_params["call"])
    if session is None:
        raise Problem(404, "There is no such call in this run.")
    return session


def _present(session: Session, side: Side) -> Session:
    if side == "agent" and session.call.doing != "bridged":
        raise Problem(409, "Nobody else is in this call.")
    return session


def _done(account: Account, session: Session, act: Act) -> Response:
    try:
        session.act(act)
    except Over:
        raise Problem(409, "The call has ended.") from None
    return answered(_shown(account, session.call))


def _shown(account: Account, call: Call) -> dict[str, Any]:
    return call.json() | {"phone": account.phones.number_of(call.sender)}


def _numbers(account: Account) -> list[tuple[str, str]]:
    own = {to: one.label for to, one in account.exchange.numbers.items()}
    everyone = account.exchange.everyone
    ours = {account.number.removeprefix(CHANNEL): everyone.label} if everyone else {}
    return list((ours | own).items())


def _object(asked: Any, names: set[str] | None = None) -> dict[str, Any]:
    if asked is None:
        return {}
    if not isinstance(asked, dict) or not (names is None or asked.keys() <= names):
        raise Problem(422, f"There has to be an object{' of ' + ', '.join(sorted(names)) if names else ''}.")
    return asked


def _one_of[Text: str](asked: Any, values: tuple[Text, ...], name: str) -> Text:
    found = next((one for one in values if one == asked), None)
    if found is None:
        raise Problem(422, f"{name} is one of {', '.join(repr(one) for one in values)}.")
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
