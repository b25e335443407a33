"""What the phones of a running call do, and how the call waits for them by its own clock."""

import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from twilio_in_a_box.calls.acts import Act, HangUp, Keys, Side, Speech, TimeUp, Wait
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.clock import Clock
from twilio_in_a_box.calls.exchange import Exchange
from twilio_in_a_box.calls.sound import Samples

_PATIENCE = 60.0
"""Seconds after which the control API answers although the call still works."""


class Over(Exception):  # noqa: N818 - reads as what it is
    """Nothing can happen to a call that has ended."""


@dataclass
class Acting:
    """A call that takes acts from any thread, and waits for them in its own."""

    exchange: Exchange
    call: Call
    clock: Clock
    _inbox: deque[Act] = field(default_factory=deque, init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)
    _is_waiting: bool = field(default=False, init=False)
    _is_done: bool = field(default=False, init=False)

    def act(self, act: Act) -> None:
        """Somebody does something; returns when the call waits for somebody again. Raises Over if it has ended."""
        with self._changed:
            if self.call.is_over:
                raise Over
            self._inbox.append(act)
            self._is_waiting = False
            self._changed.notify_all()
        self.settle()

    def pass_time(self, seconds: float) -> None:
        """Moves the call's clock; returns when all of it has passed. Raises Over if it has ended."""
        with self._changed:
            if self.call.is_over:
                raise Over
            self.clock.give(seconds)
            self._is_waiting = False
            self._changed.notify_all()
        self.settle()

    def say(self, text: str, side: Side = "caller", samples: Samples | None = None) -> None:
        """Somebody says a text; it sounds as the exchange speaks unless samples are given."""
        self.act(Speech(text, samples or self.exchange.speak(text, side), side))

    def press(self, digits: str) -> None:
        """The caller presses keys."""
        self.act(Keys(digits))

    def hang_up(self, side: Side = "caller") -> None:
        """Somebody hangs up."""
        self.act(HangUp(side))

    def abandon(self) -> None:
        """The box stops: the phone hangs up."""
        with suppress(Over):
            self.hang_up()

    def settle(self, patience: float = _PATIENCE) -> bool:
        """Waits until the call waits for somebody or has ended; whether it does."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_waiting or self._is_done, patience)

    def ended(self, patience: float = _PATIENCE) -> bool:
        """Waits until the call is over; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_done, patience)

    def _next(self, wait: Wait) -> Act:
        """What ends the wait: an act that it takes, or time."""
        left = wait.seconds
        if self.call.doing != wait.doing:
            self.call.doing = wait.doing
            self.exchange.changed(self.call)
        while True:
            with self._changed:
                act = self._inbox.popleft() if self._inbox else None
                if act is None:
                    if left is not None and (left := self.clock.take(left, passes=wait.passes)) <= 0:
                        return TimeUp()
                    began = time.monotonic()
                    self._rest(left)
                    if self.clock.kind == "real" and left is not None:
                        left -= (time.monotonic() - began) * self.clock.speed
                        if left <= 0 and not self._inbox:
                            return TimeUp()
                    continue
            if self._happens(act, wait):
                return act

    def _rest(self, left: float | None) -> None:
        """Waits for somebody, at most as long as is left."""
        self._is_waiting = True
        self.call.seconds = self.clock.now
        self._changed.notify_all()
        is_real = self.clock.kind == "real" and left is not None
        self._changed.wait(max(0.0, left or 0.0) / self.clock.speed if is_real else None)

    def _happens(self, act: Act, wait: Wait) -> bool:
        """Whether an act ends the wait."""
        return type(act) in wait.takes
