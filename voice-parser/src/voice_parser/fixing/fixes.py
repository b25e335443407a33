"""What a sender can change of their own notes by replying to them: as what a note is filed, and which tasks are done.

What is meant is decided once and kept, then it is done, then the sender is told: a redelivery goes on where a kill was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from ai_voice_shared import steps
from ai_voice_shared.errors import Wait
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.records.notes import Note
from voice_parser.fixing import done_words, filing
from voice_parser.fixing.closing import DONE
from voice_parser.fixing.quoted import QuotedNotes, Wanted
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.saying import Saying

_IN_WORK = frozenset({"received", "retrying"})
_SOON = 10
"""Seconds after which a note that is still worked on is looked at again."""


class Fix(Protocol):
    """One kind of change."""

    def decide(self, wanted: Wanted, note: Note) -> Wanted:
        """What is to change in the note, which is the sender's own and filed; a phrase if nothing is."""
        ...

    def change(self, work: MessageInWork, wanted: Wanted) -> Saying:
        """Makes the change, and tells so; it may be made again. Raises RetryLater or DeadLetter."""
        ...


@dataclass(frozen=True)
class Fixes:
    """The changes by what they are called in `Wanted`."""

    quoted: QuotedNotes
    kinds: dict[str, Fix]

    def wanted(self, work: MessageInWork, text: str) -> Callable[[], Saying] | None:
        """What a message asks to change, given what was written or said in it; None if it asks for no change."""
        message = work.message
        if not (message.pressed or message.replied_to) or message.location:
            return None
        wanted = self._named(message.pressed, text) or (self._about_tasks(work, text) if message.replied_to else None)
        return partial(self._answer, work, wanted) if wanted else None

    def _named(self, pressed: str, text: str) -> Wanted | None:
        asked = filing.asked(pressed, text)
        return Wanted(filing.FILING, asked[1], after=asked[0]) if asked else None

    def _about_tasks(self, work: MessageInWork, text: str) -> Wanted | None:
        """A number alone names a task only where we have asked for one: otherwise, it may be a source's."""
        if asked := done_words.asked(text):
            return Wanted(DONE, asked[1], after=asked[0])
        if number := done_words.answered(text):
            earlier = self.quoted.find(work.job, work.message.replied_to).earlier
            return Wanted(DONE, earlier.language, after=number) if earlier and earlier.asks else None
        return None

    def _answer(self, work: MessageInWork, asked: Wanted) -> Saying:
        wanted = work.checkpoint.once(steps.CHANGE, lambda: self._decided(work, asked), Wanted)
        if not wanted.message_id:
            return Saying(phrase(wanted.phrase, wanted.language, **dict(wanted.details)))
        return work.checkpoint.once(steps.CHANGED, lambda: self.kinds[wanted.what].change(work, wanted), Saying)

    def _decided(self, work: MessageInWork, asked: Wanted) -> Wanted:
        found = self.quoted.find(work.job, work.message.replied_to)
        note = found.note
        language = asked.language or (note.language if note else "") or work.language or FALLBACK
        asked = replace(asked, language=language)
        if note is None:
            return replace(asked, phrase=found.phrase)
        if note.status in _IN_WORK:
            raise Wait("the note is still worked on", _SOON)
        if note.status != "filed" or not any(key.endswith("_analysis.json") for key in note.artifacts):
            return replace(asked, phrase="fix_no_note")
        return self.kinds[asked.what].decide(asked, note)
