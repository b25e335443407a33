"""A call's own time: that of the wall, none at all, or what somebody moves by hand."""

import time
from dataclasses import dataclass, field
from typing import Literal

type Kind = Literal["real", "at once", "by hand"]
"""`real` goes with the wall; `at once` lets pass what needs nobody; `by hand` goes only as far as it is moved."""

KINDS: tuple[Kind, ...] = ("real", "at once", "by hand")


@dataclass
class Clock:
    """One call's time in seconds; `speed` is how much faster than the wall a real one goes."""

    kind: Kind = "at once"
    speed: float = 1.0
    _seconds: float = 0.0
    _given: float = 0.0
    _began: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> float:
        """Seconds since the call began."""
        return (time.monotonic() - self._began) * self.speed if self.kind == "real" else self._seconds

    def spend(self, seconds: float) -> None:
        """Lets time pass for something that lasts; real time passes by itself."""
        self._seconds += seconds

    def give(self, seconds: float) -> None:
        """Moves the clock; what waits uses it up."""
        self._given += seconds

    def take(self, seconds: float, *, passes: bool) -> float:
        """How much of this time still has to pass, once what has been given is used up."""
        if self.kind == "real":
            return seconds
        used = seconds if passes and self.kind == "at once" else min(seconds, self._given)
        self._given -= 0.0 if passes and self.kind == "at once" else used
        self._seconds += used
        return seconds - used
