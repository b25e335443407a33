"""A running call: what it tells the account's URLs, what is heard of what its phones do, and how it ends."""

import threading
import urllib.parse
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime

from twilio_in_a_box.account.messages import ACCOUNT_SID
from twilio_in_a_box.calls.acting import Acting
from twilio_in_a_box.calls.acts import Act, HangUp, HungUp, Keys, Outcome, Side, Speech, Wait
from twilio_in_a_box.calls.exchange import VoiceNumber
from twilio_in_a_box.calls.tape import Tape
from twilio_in_a_box.calls.transcribing import Faults, Transcribing
from twilio_in_a_box.voice.document import Step
from twilio_in_a_box.voice.problems import TwimlProblem

type Program = Generator[Wait, Act]
"""A call's verbs, one after the other: gives what it waits for, gets what happened."""


@dataclass
class Session(Acting):
    """One call while it lasts; its documents run in a thread of their own.

    Attributes:
        base: the URL of the present document, to which others are relative.
        documents: how many there have been.
        agents: what other phones do when they are dialled, over what the exchange says.
        unsigned: the parameters that the signatures of its requests leave out.
        begun: the recordings that `Start` began.
        after: what is told once the next document is there, as the callbacks of a recording.
    """

    number: VoiceNumber
    faults: Faults = field(default_factory=Faults)
    agents: dict[str, Outcome] = field(default_factory=dict)
    unsigned: frozenset[str] = frozenset()
    base: str = ""
    documents: int = 0
    begun: list[tuple[Step, float]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Makes what follows the call along: its tape, and what is transcribed."""
        self.tape = Tape(self.exchange.speak)
        self.transcribing = Transcribing(self.call, self.faults, self.callback)

    @property
    def phone(self) -> str:
        """The number of the phone that calls."""
        return self.exchange.number_of(self.call.sender)

    def absolute(self, url: str) -> str:
        """A URL of the present document."""
        return urllib.parse.urljoin(self.base, url) if url else self.base

    def form(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The parameters of a request (Twilio, "Twilio's request to your application")."""
        call = self.call
        parties = {"From": call.sender, "To": call.to, "Caller": call.sender, "Called": call.to}
        said = {"CallSid": call.sid, "AccountSid": ACCOUNT_SID, "CallStatus": call.status, "Direction": call.direction}
        stir = {"StirVerstat": call.stir} if call.stir else {}
        return said | parties | {"ApiVersion": "2010-04-01"} | stir | dict(more or {})

    def callback(self, url: str, form: Mapping[str, str], method: str = "POST") -> None:
        """Tells a URL what happened; its answer changes nothing."""
        if url:
            answer = self.exchange.poster.post("callback", self.absolute(url), form, method, self.phone, self.unsigned)
            if not answer.is_done:
                self.problem(TwimlProblem(11200, f"the callback {answer.url} answered {answer.status}"))

    def problem(self, problem: TwimlProblem) -> None:
        """Notes what Twilio would write into its debugger."""
        self.remark(problem.message, problem.code)

    def remark(self, text: str, code: int = 0) -> None:
        """Notes a problem that may have no code."""
        self.call.problems.append({"code": code, "text": text, "at": round(self.clock.now, 2)})

    def note(self, who: str, kind: str, text: str = "", **more: object) -> None:
        """Adds a line to the call, and tells pages."""
        self.call.seconds = self.clock.now
        self.call.note(who, kind, text, **more)
        self.exchange.changed(self.call)

    def status(self, status: str) -> None:
        """Changes the state of the call, and tells pages."""
        self.call.status = status
        self.exchange.changed(self.call)

    def start(self, program: Callable[["Session"], Program]) -> None:
        """Runs the call until it waits for somebody or ends."""
        threading.Thread(target=self._run, args=(program,), name=self.call.sid, daemon=True).start()
        self.settle()

    def _run(self, program: Callable[["Session"], Program]) -> None:
        running = program(self)
        try:
            wait = next(running)
            while True:
                act = self._next(wait)
                is_end = isinstance(act, HangUp) and act.side == "caller"
                wait = running.throw(HungUp()) if is_end else running.send(act)
        except (StopIteration, HungUp):
            pass
        except Exception as error:  # noqa: BLE001 - a fault of the box ends the call, and is shown
            self.remark(f"A fault of the box: {error!r}")
            self.call.is_failed = True
        finally:
            self._end()

    def _happens(self, act: Act, wait: Wait) -> bool:
        """Whether an act ends the wait; what is said is heard, and recorded, in any case."""
        match act:
            case HangUp(side="caller"):
                self.call.ended_by = "caller"
                self.note("caller", "hangup")
                return True
            case Speech():
                self._is_said(act)
            case Keys():
                self.note(act.side, "keys", act.digits)
            case _:
                pass
        return type(act) in wait.takes

    def _is_said(self, speech: Speech) -> None:
        began = self.clock.now
        self.tape.add(speech.side, began, speech.sound)
        self.clock.spend(speech.seconds if self.clock.kind != "real" else 0.0)
        self.note(speech.side, "speech", speech.text)
        self.transcribing.hear(_TRACKS[speech.side], speech.text, began + speech.seconds, speech.confidence)

    def flush(self) -> None:
        """Tells what had to wait for the next document."""
        waiting, self.after = self.after, []
        for tell in waiting:
            tell()

    def _end(self) -> None:
        """The call is over, and that is told."""
        call = self.call
        call.ended_by = call.ended_by or "twiml"
        call.seconds, call.doing = self.clock.now, ""
        call.status = call.status if call.status in {"busy", "no-answer", "failed"} else "completed"
        self._tell_end()
        self.exchange.kept.log("calls.jsonl", call.kept())
        self.exchange.changed(call)
        with self._changed:
            self._is_done = True
            self._changed.notify_all()

    def _tell_end(self) -> None:
        moment = self.call.at(self.clock.now).astimezone(UTC)
        seconds = round(self.clock.now)
        lasted = {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        when = {"Timestamp": format_datetime(moment), "SequenceNumber": "0"}
        form = self.form(lasted | when | {"CallbackSource": "call-progress-events"})
        self.callback(self.number.status_callback, form)


_TRACKS: dict[Side, str] = {"caller": "inbound_track", "agent": "outbound_track"}
