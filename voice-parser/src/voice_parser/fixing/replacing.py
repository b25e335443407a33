"""How a wrong word of a note is replaced wherever the note has it, and where that was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from ai_voice_shared.correcting.words import with_segments
from ai_voice_shared.domain import Segment
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.phrases import phrase

_MOST_TIMES = 3
"""Times that a reply names."""


@dataclass(frozen=True)
class Replacing:
    """What stands for what, in whole words, in upper or lower case."""

    wrong: str
    right: str

    def text(self, text: str) -> str:
        """The text with the right words. What already stands around the wrong one is not said twice.

        "Holden Street" for "Halden" makes "Holden Street" of "Halden Street".
        """
        return self._pattern.sub(self._in_case, text)

    def segments(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        """The segments with the right words; they keep their times."""
        return with_segments(segments, {place: self.text(one.text) for place, one in enumerate(segments)})

    def structure(self, structure: AnyIntent) -> AnyIntent:
        """What was understood, with the right words; the tag stays, because files are named by it."""
        fields = structure.model_dump(mode="json", exclude={"tag", "intent"})
        right: AnyIntent = type(structure).model_validate(
            structure.model_dump(mode="json") | {name: self._in(value) for name, value in fields.items()}
        )
        return right

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        before, after = self._around()
        said = r"\s+".join(map(re.escape, self.wrong.split()))
        led = "".join(rf"(?:{re.escape(word)}\s+)?" for word in before)
        followed = "".join(rf"(?:\s+{re.escape(word)})?" for word in after)
        return re.compile(rf"(?<!\w){led}{said}{followed}(?!\w)", re.IGNORECASE)

    def _around(self) -> tuple[Sequence[str], Sequence[str]]:
        """The words of the right side before and after those that stand in the place of the wrong ones."""
        wrong, right = self.wrong.split(), self.right.split()
        if len(right) <= len(wrong):
            return (), ()
        places = range(len(right) - len(wrong) + 1)
        at = max(places, key=lambda place: _ratio(self.wrong, " ".join(right[place : place + len(wrong)])))
        return right[:at], right[at + len(wrong) :]

    def _in_case(self, found: re.Match[str]) -> str:
        """As the sender has written it; with capitals if they wrote none and the note has them."""
        words = self.right.split()
        if self.right.islower() and all(word[:1].isupper() for word in found[0].split()):
            return " ".join(word[:1].upper() + word[1:] for word in words)
        return " ".join(words)

    def _in(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._in(one) for one in value]
        return {name: self._in(one) for name, one in value.items()} if isinstance(value, dict) else value


def places(
    before: Sequence[Segment], after: Sequence[Segment], was: AnyIntent | None, now: AnyIntent | None, language: str
) -> str:
    """Where something was replaced, for the sender: times of the recording, the text, the title, the summary, tasks."""
    changed = [old for old, new in zip(before, after, strict=True) if old.text != new.text]
    times = [_time(one.start) for one in changed if not one.written]
    found = [phrase("place_at", language, times=_listed(times))] if times else []
    found += [phrase("place_text", language)] if any(one.written for one in changed) else []
    if was and now:
        found += [phrase("place_title", language)] if was.title != now.title else []
        own = [name for name in was.own_fields() if name != "action_items" and getattr(was, name) != getattr(now, name)]
        found += [phrase("place_summary", language)] if own else []
        tasks = sum(old != new for old, new in zip(was.tasks, now.tasks, strict=True))
        found += [phrase("place_task" if tasks == 1 else "place_tasks", language, count=str(tasks))] if tasks else []
    return ", ".join(found)


def _listed(times: Sequence[str]) -> str:
    shown = list(dict.fromkeys(times))
    return ", ".join(shown[:_MOST_TIMES]) + (" …" if len(shown) > _MOST_TIMES else "")


def _time(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
