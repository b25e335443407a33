"""What a company wants of calls: its lines, who can be reached, what is kept and said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """An own number of a company. Its customers call it, and it is bridged to an agent.

    Attributes:
        number: E.164.
        agent: the number of the agent's phone, E.164.
    """

    number: str
    agent: str
    agent_name: str = ""


@dataclass(frozen=True)
class CompanyCalls:
    """A company's settings for calls.

    Attributes:
        person: who is called when a caller presses 0, E.164; empty if nobody can be reached so.
        accepts_attestation: a carrier's full attestation of the caller's number (STIR/SHAKEN, level A) opens the
            company's notes to a known caller.
        transcribes: whether calls to its lines are transcribed while they last.
        records: whether they are recorded.
        announcement: said to the caller before a call is bridged; not empty if calls are recorded.
        supervisor: who is told of escalations by WhatsApp, E.164; empty for nobody.
        escalates_below: of the smoothed course of a customer's mood, -1 to 1.
    """

    lines: tuple[Line, ...] = ()
    person: str = ""
    accepts_attestation: bool = False
    transcribes: bool = True
    records: bool = False
    announcement: str = ""
    supervisor: str = ""
    escalates_below: float = -0.4

    def line(self, number: str) -> Line | None:
        """The line with this number (E.164)."""
        return next((line for line in self.lines if line.number == number), None)


NO_CALLS = CompanyCalls()
