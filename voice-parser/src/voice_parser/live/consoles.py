"""What the company's open consoles are told of a live call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from ai_voice_shared.calls.calls import Call
from ai_voice_shared.calls.model import Hint, Sentence
from ai_voice_shared.calls.transcript import Gap, Partial
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log

type Message = Mapping[str, object]
type Tell = Callable[[str, Sequence[Message]], None]
"""Pushes messages to the consoles of a company, if there are any. May raise RetryLater."""

WHAT_TO_CHECK = (
    "No transcription began within 5 seconds. Check in Twilio's console, under Monitor, Logs, Errors, whether there is "
    "error 32650 (unknown engine or speech model), whether the account may use real-time transcription, and whether "
    "the public URL of the webhooks is the one that Twilio can reach."
)


@dataclass(frozen=True)
class Consoles:
    """Tells them. A push that fails harms nothing: a console that reads the call again sees the same."""

    tell: Tell

    def begun(self, call: Call) -> None:
        """The transcription of the call began."""
        self._say(call, {"event": "begun", "call": asdict(call)})

    def said(self, call: Call, sentence: Sentence, hints: Sequence[Hint], gaps: Sequence[Gap] | None) -> None:
        """A sentence, what was noticed of it, and what is missing by now, if this has changed."""
        messages: list[dict[str, object]] = [{"event": "sentence", "sentence": asdict(sentence)}]
        messages += [{"event": "hint", "hint": asdict(hint)} for hint in hints]
        if gaps is not None:
            messages.append({"event": "gap", "gaps": [asdict(gap) for gap in gaps]})
        self._say(call, *messages)

    def saying(self, call: Call, partial: Partial) -> None:
        """Words that are not final."""
        self._say(call, {"event": "partial", "partial": asdict(partial)})

    def ended(self, call: Call) -> None:
        """The call ended."""
        self._say(call, {"event": "ended", "ended_at": call.ended_at})

    def filed(self, call: Call) -> None:
        """There is a note of the call."""
        self._say(call, {"event": "filed", "message_id": call.call_id})

    def not_transcribed(self, call: Call, problem: str = "") -> None:
        """The transcription did not begin, or failed."""
        self._say(call, {"event": "no-transcription", "problem": problem, "check": WHAT_TO_CHECK})

    def _say(self, call: Call, *messages: Message) -> None:
        try:
            self.tell(call.company_id, [{"call_id": call.call_id, **message} for message in messages])
        except RetryLater as error:
            log("consoles not told of a call", call_id=call.call_id, reason=str(error))
