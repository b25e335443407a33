"""Everything that can be heard in a call, by channel and second, of which recordings are cut."""

from array import array
from dataclasses import dataclass, field
from typing import Literal

from twilio_in_a_box.calls import sound
from twilio_in_a_box.calls.sound import RATE, Samples, Speaker

type Who = Literal["caller", "agent", "bot"]


@dataclass
class _Piece:
    who: Who
    at: float
    samples: Samples


@dataclass
class Tape:
    """What has been heard so far.

    Attributes:
        speak: how a text sounds.
    """

    speak: Speaker
    _pieces: list[_Piece] = field(default_factory=list)

    def add(self, who: Who, at: float, samples: Samples) -> None:
        """Adds a sound that begins at this second."""
        self._pieces.append(_Piece(who, at, samples))

    def say(self, text: str, at: float) -> float:
        """Adds what the bot says; how many seconds it lasts."""
        self.add("bot", at, samples := self.speak(text, "bot"))
        return len(samples) / RATE

    def cut(self, at: float) -> None:
        """What the bot says ends at this second, because somebody has interrupted it."""
        for piece in self._pieces:
            if piece.who == "bot" and piece.at + len(piece.samples) / RATE > at:
                piece.samples = piece.samples[: max(0, round((at - piece.at) * RATE))]

    def has_caller(self, since: float) -> bool:
        """Whether the caller has said something since a second."""
        return any(piece.who == "caller" and piece.at >= since for piece in self._pieces)

    def between(self, begin: float, end: float, *, alone: bool = False) -> list[Samples]:
        """The sound between two seconds: the caller's channel, then, unless `alone`, everybody else's."""
        channels = [self._channel(begin, end, caller=True)]
        return channels if alone else [*channels, self._channel(begin, end, caller=False)]

    def _channel(self, begin: float, end: float, *, caller: bool) -> Samples:
        channel = sound.silence(max(0.0, end - begin))
        for piece in self._pieces:
            if (piece.who == "caller") == caller:
                _lay(channel, piece.samples, round((piece.at - begin) * RATE))
        return channel


def _lay(channel: Samples, samples: Samples, place: int) -> None:
    """Puts a sound into a channel; what is outside is left out."""
    first, last = max(place, 0), min(place + len(samples), len(channel))
    if first < last:
        channel[first:last] = array("h", samples[first - place : last - place])
