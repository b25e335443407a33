"""Which names a correction has changed: words that replace others, sound like them, and look like names."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ai_voice_shared.domain import Segment
from ai_voice_shared.records.glossary import LONGEST_WORD

_MOST_WORDS = 3
"""Limits for a name, and for the words that it replaces."""

_LONGEST_COMPARED = 400
"""Words of a segment. A longer one is a written page, in which no name was misheard."""

_ALIKE = 0.5
"""From this ratio on, the engine may have misheard one as the other (difflib, "ratio")."""

_MOST = 20
"""Names in one correction. If a correction changes more, it is a new text."""

_EDGES = re.compile(r"^\W+|\W+$|['’]s$")


def names(before: Sequence[Segment], after: Sequence[Segment]) -> list[tuple[str, str]]:
    """Pairs of the old words and the new name, each name once.

    Segments are compared by their positions. So if a correction has removed some, nothing is suggested.
    """
    if len(before) != len(after):
        return []
    found: dict[str, tuple[str, str]] = {}
    for old, new in zip(before, after, strict=True):
        if old.text != new.text:
            for pair in _in_segment(old.text.split(), new.text.split()):
                found.setdefault(pair[1].casefold(), pair)
    return list(found.values())[:_MOST]


def _in_segment(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return
    bare_before, bare_after = [_bare(word) for word in before], [_bare(word) for word in after]
    for kind, start, end, begins, ends in SequenceMatcher(None, bare_before, bare_after, autojunk=False).get_opcodes():
        if kind != "replace" or max(end - start, ends - begins) > _MOST_WORDS:
            continue
        old, new = " ".join(bare_before[start:end]), " ".join(bare_after[begins:ends])
        if _is_name(new) and _alike(old, new):
            yield old[:LONGEST_WORD], new


def _bare(word: str) -> str:
    return _EDGES.sub("", _EDGES.sub("", word))


def _is_name(text: str) -> bool:
    """Languages with capitals write names with them. A part number has a figure and a letter."""
    if len(text) > LONGEST_WORD:
        return False
    code = any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    return code or any(word[:1].isupper() for word in text.split())


def _alike(old: str, new: str) -> bool:
    """Whether the two sound alike. Another spelling of the same letters is not a new word for a glossary."""
    one, other = old.casefold(), new.casefold()
    return one != other and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
