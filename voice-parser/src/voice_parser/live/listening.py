"""What the listeners make of one sentence. None of them can hold up the transcript."""

from collections.abc import Mapping
from dataclasses import dataclass

from ai_voice_shared.calls.calls import Call
from ai_voice_shared.calls.live_records import LiveState
from ai_voice_shared.calls.model import Hearing, Hint, Listener, Memory, Reaction, Sentence
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import RetryLater, reason
from ai_voice_shared.telemetry import log, metric


@dataclass(frozen=True)
class Noticed:
    """What all listeners made of a sentence; `memories` by their names."""

    memories: Mapping[str, Memory]
    hints: tuple[Hint, ...]
    jobs: tuple[str, ...]


@dataclass(frozen=True)
class Listening:
    """Hands sentences to the listeners."""

    listeners: tuple[Listener, ...]

    def hear(self, company: Company, call: Call, state: LiveState, sentence: Sentence, attempt: int) -> Noticed:
        """What they notice. A listener that fails again is left out of this sentence; raises RetryLater the first time.

        A failure costs hints of one sentence; a call whose events wait costs them all.
        """
        reactions: dict[str, Reaction] = {}
        for listener in self.listeners:
            memory = state.memories.get(listener.name)
            hearing = Hearing(company, call.live, sentence, state.before(sentence.number), memory)
            reactions[listener.name] = _heard(listener, hearing, attempt)
        return Noticed(
            {name: one.memory for name, one in reactions.items()},
            tuple(hint for one in reactions.values() for hint in one.hints),
            tuple(job for one in reactions.values() for job in one.jobs),
        )


def _heard(listener: Listener, hearing: Hearing, attempt: int) -> Reaction:
    try:
        return listener.hear(hearing)
    except RetryLater:
        if attempt == 1:
            raise
        _left_out(listener, hearing, "it was not available")
    except Exception as error:  # noqa: BLE001 - a bug in one listener must not stop the transcript
        _left_out(listener, hearing, reason(error))
    return Reaction(hearing.memory)


def _left_out(listener: Listener, hearing: Hearing, why: str) -> None:
    metric("ListenerFailed", of={"Listener": listener.name})
    log("listener left out", call_id=hearing.call.call_id, listener=listener.name, reason=why)
