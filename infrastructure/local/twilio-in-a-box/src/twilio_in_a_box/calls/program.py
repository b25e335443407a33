"""The documents of a call, one after the other, until nothing is left to do."""

from collections.abc import Callable, Generator

from twilio_in_a_box.calls import asking
from twilio_in_a_box.calls.acts import Act, Wait
from twilio_in_a_box.calls.session import Program, Session
from twilio_in_a_box.calls.verbs import dialling, gathering, recording, saying
from twilio_in_a_box.calls.verbs.turns import END, Turn
from twilio_in_a_box.voice import document
from twilio_in_a_box.voice.document import Step
from twilio_in_a_box.voice.problems import NOT_SERVED, TwimlProblem
from twilio_in_a_box.webhooks.posting import TOTAL_SECONDS

MOST_DOCUMENTS = 500
"""Of one call; Twilio has no such limit, but a call without time would ask for ever."""

APOLOGY = "We are sorry. An application error has occurred. Goodbye."

type Goes = Generator[Wait, Act, Turn | None]
type Verb = Callable[[Session, Step], Goes]
type AtOnce = Callable[[Session, Step], Turn | None]


def run(session: Session) -> Program:
    """The whole call."""
    number = session.number
    turn: Turn | None = Turn(number.url, number.method)
    try:
        while turn and turn is not END:
            steps = _fetched(session, turn)
            turn = yield from _steps(session, steps)
    except TwimlProblem as problem:
        _fail(session, problem)
    finally:
        session.transcribing.stop_all(session.clock.now)
        recording.stop(session, "")
        session.flush()


def _steps(session: Session, steps: tuple[Step, ...]) -> Goes:
    """Does the verbs of one document; where the call goes on, or None at its end."""
    for step in steps:
        if session.call.status == "ringing" and step.name != "Reject":
            session.status("in-progress")
        if waiting := WAITING.get(step.name):
            turn = yield from waiting(session, step)
        else:
            turn = AT_ONCE[step.name](session, step)
        if turn:
            return turn
    return None


def _fetched(session: Session, turn: Turn) -> tuple[Step, ...]:
    """The document of a turn; the fallback's where it cannot be had or is wrong."""
    session.documents += 1
    if session.documents > MOST_DOCUMENTS:
        raise TwimlProblem(NOT_SERVED, f"more than {MOST_DOCUMENTS} documents in one call")
    try:
        return _read(session, turn)
    except TwimlProblem as problem:
        fallback = session.number.fallback_url
        if not fallback:
            raise
        session.problem(problem)
        error = {"ErrorCode": str(problem.code), "ErrorUrl": session.absolute(turn.url)}
        return _read(session, Turn(fallback, form=turn.form | error))


def _read(session: Session, turn: Turn) -> tuple[Step, ...]:
    url = session.absolute(turn.url)
    found = asking.ask(session.exchange, url, turn.method, session.form(turn.form), session.phone, session.unsigned)
    session.base = found.url
    session.flush()
    if found.ms > TOTAL_SECONDS * 1000:
        session.problem(TwimlProblem(11200, f"it took {found.ms / 1000:.0f} s, and Twilio waits {TOTAL_SECONDS:.0f} s"))
    for one in dict.fromkeys(document.unsorted_urls(found.steps)):
        session.remark(f"{document.UNSORTED}: {one[:300]}")
    return found.steps


def _fail(session: Session, problem: TwimlProblem) -> None:
    session.problem(problem)
    session.call.is_failed = True
    session.note("bot", "error", APOLOGY)


def _hangup(session: Session, _step: Step) -> Turn | None:
    session.note("bot", "hangup")
    return END


def _reject(session: Session, step: Step) -> Turn | None:
    """Only a call that was not answered yet can be refused; another one is hung up (unsure of its state)."""
    if session.call.status == "ringing":
        session.status("busy" if step.get("reason") == "busy" else "no-answer")
    session.note("bot", "reject", step.get("reason", "rejected"))
    return END


def _redirect(_session: Session, step: Step) -> Turn | None:
    return Turn(step.text, step.get("method", "POST"))


def _start(session: Session, step: Step) -> Turn | None:
    (noun,) = step.inside
    if noun.problem:
        session.problem(noun.problem)
    if noun.name == "Recording":
        recording.start(session, noun)
    else:
        session.transcribing.start(noun, session.clock.now)
    return None


def _stop(session: Session, step: Step) -> Turn | None:
    (noun,) = step.inside
    if noun.name == "Recording":
        recording.stop(session, noun.get("name"))
    else:
        session.transcribing.stop(noun.get("name"), session.clock.now)
    return None


WAITING: dict[str, Verb] = {
    "Say": saying.say,
    "Play": saying.say,
    "Pause": saying.say,
    "Gather": gathering.gather,
    "Record": recording.record,
    "Dial": dialling.dial,
}
AT_ONCE: dict[str, AtOnce] = {
    "Redirect": _redirect,
    "Start": _start,
    "Stop": _stop,
    "Hangup": _hangup,
    "Reject": _reject,
}
