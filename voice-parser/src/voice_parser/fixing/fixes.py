"""What a sender can change of their own notes by replying to them: its kind, a wrong word, which tasks are done.

What is meant is decided once and kept, then it is done, then the sender is told: a redelivery goes on where a kill was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from ai_voice_shared import steps
from ai_voice_shared.correcting.quick_replies import NOT_NOW
from ai_voice_shared.errors import Wait
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.records.notes import Note
from voice_parser.fixing import correction_words, done_words, filing, keeping
from voice_parser.fixing.closing import DONE
from voice_parser.fixing.correcting import CORRECTION, Correcting
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
    correcting: Correcting
    kinds: dict[str, Fix]

    def wanted(self, work: MessageInWork, text: str) -> Callable[[], Saying] | None:
        """What a message asks to change, given what was written or said in it; None if it asks for no change."""
        message = work.message
        if not (message.pressed or message.replied_to) or message.location:
            return None
        if decided := work.checkpoint.result(steps.CHANGE, Wanted):  # by now the note may not show what was meant
            return partial(self._answer, work, decided)
        wanted = self._named(message.pressed, text)
        if wanted is None and message.replied_to:
            wanted = self._done(work, text) or self._kept(work, text) or self._corrected(work, text)
        return partial(self._answer, work, wanted) if wanted else None

    def _named(self, pressed: str, text: str) -> Wanted | None:
        if pressed and (payload := keeping.answered(pressed, "")):
            return Wanted(keeping.KEEPING, "", after=payload)
        asked = filing.asked(pressed, text)
        return Wanted(filing.FILING, asked[1], after=asked[0]) if asked else None

    def _done(self, work: MessageInWork, text: str) -> Wanted | None:
        """A number alone names a task only where we have asked for one: otherwise, it may be a source's."""
        if asked := done_words.asked(text):
            return Wanted(DONE, asked[1], after=asked[0])
        if number := done_words.answered(text):
            earlier = self._earlier(work)
            return Wanted(DONE, earlier.language, after=number) if earlier and earlier.asks else None
        return None

    def _kept(self, work: MessageInWork, text: str) -> Wanted | None:
        """A "yes" answers only our question whether a name is to be kept."""
        payload = keeping.answered("", text)
        earlier = self._earlier(work) if payload else None
        is_asked = earlier is not None and earlier.what == CORRECTION
        return Wanted(keeping.KEEPING, "", after=payload) if is_asked else None

    def _corrected(self, work: MessageInWork, text: str) -> Wanted | None:
        """What may as well be a note is a correction only if the quoted note of the sender has the wrong words."""
        found = correction_words.asked(text)
        if found is None:
            return None
        if not found.certain:
            note = self.quoted.find(work.job, work.message.replied_to).note
            if note is None or not self.correcting.has(note, found.wrong):
                return None
        return Wanted(CORRECTION, found.language, before=found.wrong, after=found.right)

    def _earlier(self, work: MessageInWork) -> Wanted | None:
        return self.quoted.find(work.job, work.message.replied_to).earlier

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
        if asked.what == keeping.KEEPING:
            return self._name(asked, found.earlier, note)
        return self.kinds[asked.what].decide(asked, note)

    def _name(self, asked: Wanted, earlier: Wanted | None, note: Note) -> Wanted:
        if earlier is None or earlier.what != CORRECTION:
            return replace(asked, phrase="fix_which")
        if asked.after == NOT_NOW:
            return replace(asked, phrase="kept_not", language=earlier.language)
        named = replace(asked, language=earlier.language, before=earlier.before, after=earlier.after)
        return self.kinds[keeping.KEEPING].decide(named, note)
