"""What is made to go wrong: for one phone, for the next message, or for everybody."""

import dataclasses
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class PhoneSwitches:
    """What is wrong with one phone.

    Attributes:
        window_over: the 24-hour window counts as over: only templates are delivered.
        blocked: the phone has blocked us: nothing is delivered.
        slow: everything takes three seconds longer.
        media_late: files cannot be fetched in the first three seconds.
    """

    window_over: bool = False
    blocked: bool = False
    slow: bool = False
    media_late: bool = False


@dataclass
class NextMessage:
    """What is wrong with the next message from any phone: its webhook is `lost`, or comes `twice`."""

    lost: bool = False
    twice: bool = False


@dataclass
class HostSwitch:
    """A switch of the program that runs the box; `act` gets whether it is on now."""

    id: str
    label: str
    hint: str
    act: Callable[[bool], None] = lambda _on: None
    on: bool = False
    enabled: bool = True

    def json(self) -> dict[str, Any]:
        """How a page sees it."""
        shown = {"id": self.id, "label": self.label, "hint": self.hint}
        return shown | {"on": self.on, "enabled": self.enabled}


@dataclass
class Switches:
    """All switches; they are off again in the next run."""

    phones: dict[str, PhoneSwitches] = field(default_factory=dict)
    next: NextMessage = field(default_factory=NextMessage)
    everyone: dict[str, HostSwitch] = field(default_factory=dict)
    changed: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, number: str) -> PhoneSwitches:
        """The switches of a phone."""
        return self.phones.get(number, PhoneSwitches())

    def register(self, switch: HostSwitch) -> None:
        """Adds a switch for everybody."""
        self.everyone[switch.id] = switch
        self.changed()

    def is_on(self, switch_id: str) -> bool:
        """Whether a switch for everybody is on."""
        return switch_id in self.everyone and self.everyone[switch_id].on

    def take_next(self) -> NextMessage:
        """What is wrong with this message; the one after it is right again."""
        with self._lock:
            taken, self.next = self.next, NextMessage()
        if taken != NextMessage():
            self.changed()
        return taken

    def json(self) -> dict[str, Any]:
        """All of them."""
        phones = {number: dataclasses.asdict(one) for number, one in self.phones.items()}
        everyone = [one.json() for one in self.everyone.values()]
        return {"phones": phones, "next": dataclasses.asdict(self.next), "everyone": everyone}

    def change(self, asked: Any) -> None:
        """Sets the switches that are named, and no others; raises ValueError and changes nothing if any is unknown.

        `everyone` is an object of ids, or a list as in `json`.
        """
        parts = _object(asked, {"phones", "next", "everyone"})
        phones = {number: _flags(PhoneSwitches, one) for number, one in _object(parts.get("phones", {})).items()}
        coming = _flags(NextMessage, parts.get("next", {}))
        everyone = _everyone(parts.get("everyone", {}))
        if not everyone.keys() <= {one.id for one in self.everyone.values() if one.enabled}:
            raise ValueError("There is no such switch, or it cannot be used.")
        for number, flags in phones.items():
            self.phones[number] = dataclasses.replace(self.of(number), **flags)
        self.next = dataclasses.replace(self.next, **coming)
        for switch_id, on in everyone.items():
            self.everyone[switch_id].on = on
            self.everyone[switch_id].act(on)
        self.changed()


def _everyone(asked: Any) -> dict[str, bool]:
    if isinstance(asked, list):
        asked = {_object(one).get("id"): _object(one).get("on") for one in asked}
    if not all(isinstance(on, bool) for on in _object(asked).values()):
        raise ValueError("A switch is true or false.")
    return dict(asked)


def _flags(kind: type[PhoneSwitches | NextMessage], asked: Any) -> dict[str, bool]:
    flags = _object(asked, {one.name for one in dataclasses.fields(kind)})
    if not all(isinstance(on, bool) for on in flags.values()):
        raise ValueError("A switch is true or false.")
    return dict(flags)


def _object(asked: Any, names: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(asked, dict) or not (names is None or asked.keys() <= names):
        raise ValueError(f"There has to be an object{' of ' + ', '.join(sorted(names)) if names else ''}.")
    return asked
