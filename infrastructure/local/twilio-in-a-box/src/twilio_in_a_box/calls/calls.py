"""All calls of the account: placed by phones, listed by the API, and what their phones do."""

from dataclasses import dataclass, field
from typing import Any

from twilio_in_a_box.calls import program
from twilio_in_a_box.calls.acts import Outcome
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.clock import Clock, Kind
from twilio_in_a_box.calls.exchange import Exchange
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.transcribing import Faults

_WHATSAPP = "whatsapp:"


@dataclass(frozen=True)
class Order:
    """A call that a phone wants to place.

    Attributes:
        sender: `+1555…`, or `whatsapp:+1555…` for a call over WhatsApp.
        stir: what the carrier says of the number, such as `TN-Validation-Passed-A`; empty for nothing.
        signs_stir: whether that is signed like everything else.
        speed: how much faster than the wall a real clock goes.
        faults: what goes wrong with its transcription.
        agents: what phones do that it is bridged to.
    """

    sender: str
    to: str
    stir: str = ""
    signs_stir: bool = True
    clock: Kind = "at once"
    speed: float = 1.0
    faults: Faults = field(default_factory=Faults)
    agents: dict[str, Outcome] = field(default_factory=dict)


@dataclass
class Calls:
    """The calls of one account, the oldest first."""

    exchange: Exchange
    all: dict[str, Call] = field(default_factory=dict, repr=False)
    _sessions: dict[str, Session] = field(default_factory=dict, repr=False)

    def load(self) -> None:
        """Reads what earlier runs kept."""
        self.exchange.recordings.load()
        self.all = {call.sid: call for call in map(Call.of, self.exchange.kept.logged("calls.jsonl"))}

    def place(self, order: Order) -> Call:
        """Places a call; returns when it waits for somebody or has ended."""
        is_whatsapp = order.sender.startswith(_WHATSAPP) and not order.to.startswith(_WHATSAPP)
        call = Call(order.sender, _WHATSAPP + order.to if is_whatsapp else order.to, order.stir)
        self.all[call.sid] = call
        number = self.exchange.number(call.to)
        if number is None:
            call.status, call.ended_by = "failed", "twiml"
            call.note("bot", "error", "This number is not in service.")
            self.exchange.changed(call)
            return call
        agents = {**self.exchange.agents, **order.agents}
        clock = Clock(order.clock, order.speed)
        unsigned = frozenset() if order.signs_stir else frozenset({"StirVerstat"})
        session = Session(self.exchange, call, clock, number, order.faults, agents, unsigned)
        self._sessions[call.sid] = session
        session.start(program.run)
        return call

    def session(self, sid: str) -> Session | None:
        """A call of this run, while it lasts and after; None if there is no such call."""
        return self._sessions.get(sid)

    def listed(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """The calls that a query of Twilio's API asks for, the newest first."""
        names = {"To": "to", "From": "sender", "Status": "status"}
        found = [
            call
            for call in reversed(list(self.all.values()))
            if all(getattr(call, ours) == query[name] for name, ours in names.items() if name in query)
            and _is_within(call, query)
        ]
        return [call.listed() for call in found]

    def stop(self) -> None:
        """Hangs up what is still going on."""
        for session in self._sessions.values():
            session.abandon()


def _is_within(call: Call, query: dict[str, str]) -> bool:
    day = call.began.date().isoformat()
    exact = query.get("StartTime", day)[:10]
    return exact == day and query.get("StartTime>", "")[:10] <= day <= query.get("StartTime<", "9999")[:10]
