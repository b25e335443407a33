"""What can happen to a call while it waits: somebody speaks, presses keys, hangs up or answers, or time is up."""

from dataclasses import dataclass
from typing import Literal

from twilio_in_a_box.calls.sound import RATE, Samples

type Side = Literal["caller", "agent"]
"""Who does it: the phone that placed the call, or the phone that it was bridged to."""

type Outcome = Literal["answered", "busy", "no-answer", "failed", "by hand"]
"""What an agent's phone does when it rings; `by hand` waits for an `Answer`."""


ANY = "*"
"""In place of a number: all that are not named."""


@dataclass(frozen=True)
class Speech:
    """Somebody says something.

    Attributes:
        text: as a recogniser hears it; empty for what it does not understand.
        sound: how it sounds.
        confidence: the recogniser's, 0 to 1; None where it tells none.
    """

    text: str
    sound: Samples
    side: Side = "caller"
    confidence: float | None = 0.9

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.sound) / RATE


@dataclass(frozen=True)
class Keys:
    """Somebody presses keys: 0-9, # and *."""

    digits: str
    side: Side = "caller"


@dataclass(frozen=True)
class HangUp:
    """Somebody hangs up."""

    side: Side = "caller"


@dataclass(frozen=True)
class Answer:
    """The agent's phone answers, or does not."""

    outcome: Outcome = "answered"


@dataclass(frozen=True)
class TimeUp:
    """Nothing happened for as long as the call waited."""


type Act = Speech | Keys | HangUp | Answer | TimeUp


class HungUp(Exception):  # noqa: N818 - the caller hangs up; that is no error
    """The caller has hung up; raised where the call waits."""


@dataclass(frozen=True)
class Wait:
    """A call waits.

    Attributes:
        doing: the verb that waits.
        seconds: how long; None for as long as it takes.
        takes: the acts that end it, besides the caller's hanging up.
        passes: whether a clock that waits for nobody lets this time pass at once.
    """

    doing: str
    seconds: float | None
    takes: frozenset[type] = frozenset()
    passes: bool = True
