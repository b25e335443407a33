"""Live transcription as Twilio tells it: a form for each event and track, with one counter for both tracks."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from twilio_in_a_box.account.messages import ACCOUNT_SID
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.voice.document import Step

type Tell = Callable[[str, Mapping[str, str], str], None]
"""Posts a form to a URL with a method."""

type _Form = dict[str, str]

_PARTIALS = (1 / 3, 2 / 3)
"""After which parts of an utterance a partial result comes."""


@dataclass(frozen=True)
class Faults:
    """What goes wrong with the events of a call.

    Attributes:
        out_of_order: of two content events the later one comes first.
        duplicated: each event comes twice.
        missing: the numbers of events that never come.
        never_started: no event comes at all, although the settings are right.
    """

    out_of_order: bool = False
    duplicated: bool = False
    missing: tuple[int, ...] = ()
    never_started: bool = False

    @classmethod
    def of(cls, asked: Any) -> "Faults":
        """Reads what a page asks; raises ValueError if there is no such fault."""
        if not isinstance(asked, dict) or not asked.keys() <= {
            "out_of_order",
            "duplicated",
            "missing",
            "never_started",
        }:
            raise ValueError("transcription is out_of_order, duplicated, missing and never_started.")
        missing = asked.get("missing", [])
        if not (isinstance(missing, list) and all(type(one) is int for one in missing)):
            raise ValueError("missing is a list of numbers.")
        if not all(isinstance(on, bool) for name, on in asked.items() if name != "missing"):
            raise ValueError("A fault is true or false.")
        return replace(cls(**{**asked, "missing": ()}), missing=tuple(missing))


@dataclass
class _Running:
    """One transcription that has started."""

    step: Step
    sid: str = field(default_factory=lambda: "GT" + secrets.token_hex(16))
    number: int = 0
    held: _Form | None = None

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks that it listens to."""
        track = self.step.get("track", "both_tracks")
        return ("inbound_track", "outbound_track") if track == "both_tracks" else (track,)


@dataclass
class Transcribing:
    """All transcriptions of one call."""

    call: Call
    faults: Faults
    tell: Tell
    _running: list[_Running] = field(default_factory=list)

    def start(self, step: Step, now: float) -> None:
        """Starts one; nothing at all is told where Twilio refuses its settings, or a fault says so."""
        if step.problem or self.faults.never_started:
            return
        self._running.append(running := _Running(step))
        self._event(running, "transcription-started", now)

    def stop(self, name: str, now: float) -> None:
        """Stops those with this name; with an empty one, all."""
        for running in [one for one in self._running if name in {"", one.step.get("name"), one.sid}]:
            self._running.remove(running)
            self._event(running, "transcription-stopped", now)
            self._release(running)

    def stop_all(self, now: float) -> None:
        """The call is over."""
        self.stop("", now)

    def hear(self, track: str, text: str, ended: float, confidence: float | None = 0.9) -> None:
        """Tells of an utterance that ended at this second; nothing of one without words."""
        for running in self._running:
            if text.strip() and track in running.tracks:
                if running.step.is_on("partialResults"):
                    self._partials(running, track, text, ended)
                data = {"transcript": text} | ({} if confidence is None else {"confidence": confidence})
                self._content(running, track, data, ended, final=True)

    def _partials(self, running: _Running, track: str, text: str, ended: float) -> None:
        words = text.split()
        for part in _PARTIALS:
            if begun := words[: round(len(words) * part)]:
                self._content(running, track, {"transcript": " ".join(begun)}, ended, final=False)

    def _content(self, running: _Running, track: str, data: dict[str, Any], at: float, *, final: bool) -> None:
        more = {"LanguageCode": running.step.get("languageCode", "en-US"), "Track": track}
        more |= {"Final": str(final).lower(), "TranscriptionData": json.dumps(data, ensure_ascii=False)}
        if not final and running.step.get("transcriptionEngine") == "deepgram":
            more["Stability"] = "0.9"
        self._event(running, "transcription-content", at, more)

    def _event(self, running: _Running, event: str, at: float, more: Mapping[str, str] | None = None) -> None:
        running.number += 1
        moment = self.call.at(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        form = {"AccountSid": ACCOUNT_SID, "CallSid": self.call.sid, "TranscriptionSid": running.sid}
        form |= {"Timestamp": moment, "SequenceId": str(running.number), "TranscriptionEvent": event} | dict(more or {})
        if self.faults.out_of_order and event == "transcription-content" and running.held is None:
            running.held = form
            return
        self._post(running, form)
        if event == "transcription-content":
            self._release(running)

    def _release(self, running: _Running) -> None:
        """Tells the event that was held back."""
        if running.held is not None:
            held, running.held = running.held, None
            self._post(running, held)

    def _post(self, running: _Running, form: _Form) -> None:
        if int(form["SequenceId"]) in self.faults.missing:
            return
        for _ in range(2 if self.faults.duplicated else 1):
            self.tell(running.step.get("statusCallbackUrl"), form, running.step.get("statusCallbackMethod", "POST"))
