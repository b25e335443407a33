"""`Gather`: waits for speech or keys, and asks the action's URL what to do with them."""

from collections.abc import Generator
from dataclasses import dataclass, field

from twilio_in_a_box.calls.acts import Act, Keys, Speech, TimeUp, Wait
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.verbs import saying
from twilio_in_a_box.calls.verbs.turns import Turn
from twilio_in_a_box.voice.document import Step

_TIMEOUT = "5"
_AUTO_SECONDS = 1.0
"""How long the first pause is at which `auto` ends (unsure)."""


@dataclass
class _Heard:
    """What has come so far: keys, or speech; whichever comes first decides.

    Attributes:
        is_done: whether a key ended it.
    """

    digits: str = ""
    said: list[Speech] = field(default_factory=list)
    is_done: bool = False

    def form(self, step: Step) -> dict[str, str]:
        """The parameters of the action (Twilio, "TwiML Voice: Gather"); empty ones are unsure."""
        if self.digits or self.is_done:
            return {"Digits": self.digits, "FinishedOnKey": step.get("finishOnKey", "#") if self.is_done else ""}
        text = " ".join(one.text for one in self.said if one.text.strip())
        confidence = [one.confidence for one in self.said if one.confidence is not None]
        known = {"Confidence": str(min(confidence))} if confidence and text else {}
        return ({"SpeechResult": text} | known) if "speech" in step.get("input", "dtmf") else {"Digits": ""}

    @property
    def is_empty(self) -> bool:
        """Whether nothing has come that could be understood."""
        return not self.digits and not any(one.text.strip() for one in self.said)


def gather(session: Session, step: Step) -> Generator[Wait, Act, Turn | None]:
    """Listens while its prompts are heard and after them; None where the next verb is to come."""
    session.call.hints = step.get("hints")
    inputs = step.get("input", "dtmf").split()
    takes = frozenset({kind for name, kind in (("speech", Speech), ("dtmf", Keys)) if name in inputs})
    heard = _Heard()
    barges = takes if step.is_on("bargeIn", default=True) else takes - {Speech}
    act: Act | None = None
    for prompt in step.inside:
        act = yield from saying.heard(session, prompt, barges)
        if act:
            break
    yield from _listen(step, heard, act, takes)
    session.call.hints = ""
    if heard.is_empty and not step.is_on("actionOnEmptyResult"):
        return None
    return Turn(step.get("action"), step.get("method", "POST"), heard.form(step))


def _listen(step: Step, heard: _Heard, act: Act | None, takes: frozenset[type]) -> Generator[Wait, Act]:
    """Takes acts until it has enough, or nothing comes for long enough."""
    timeout = float(step.get("timeout", _TIMEOUT))
    while True:
        if act is None:
            has_spoken = bool(heard.said)
            seconds = _silence(step, timeout) if has_spoken else timeout
            kinds = {Speech} & takes if has_spoken else {Keys} & takes if heard.digits else takes
            act = yield Wait("Gather", seconds, frozenset(kinds), passes=has_spoken)
        if isinstance(act, TimeUp) or _is_enough(step, heard, act):
            return
        act = None


def _is_enough(step: Step, heard: _Heard, act: Act) -> bool:
    """Takes an act; whether it ends the listening."""
    if isinstance(act, Speech):
        heard.said.append(act)
        return False
    if not isinstance(act, Keys):
        return False
    end, most = step.get("finishOnKey", "#"), int(step.get("numDigits", "0"))
    for key in act.digits:
        if end and key == end:
            heard.is_done = bool(heard.digits)  # alone, the key ends nothing
            if heard.is_done:
                return True
            continue
        heard.digits += key
        if most and len(heard.digits) >= most:
            return True
    return False


def _silence(step: Step, timeout: float) -> float:
    asked = step.get("speechTimeout")
    return _AUTO_SECONDS if asked == "auto" else float(asked or timeout)
