"""Where a text may be cut: only between what readers see as characters.

Those are the extended grapheme clusters of Unicode's UAX 29: an emoji with its joiners and skin tone, a flag, a letter
with its marks, an Indic conjunct, a CR with its LF. Lengths are UTF-16 code units, as WhatsApp's and Twilio's are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import regex

LONGEST_CLUSTER = 32
"""Characters. For UAX 15 ("Stream-Safe Text Format"), no letter needs more than 30 marks; emoji have ten."""

_FLAG = r"[\U0001f1e6-\U0001f1ff]{2}[\p{GCB=EX}\p{GCB=ZWJ}\p{GCB=SM}]*+"
_CLUSTER = regex.compile(rf"{_FLAG}|\X")
r"""`\X` alone counts all letters of flags before each one."""

_CONTINUES = r"[\p{M}\u200c\u200d]"
"""A mark or a joiner. Without its letter it shows nothing, or something strange."""

_PIECE = regex.compile(
    rf"(.{{1,{LONGEST_CLUSTER}}}(?!{_CONTINUES})|.{{1,{LONGEST_CLUSTER}}}){_CONTINUES}*+", regex.DOTALL
)
_ORPHANS = regex.compile(rf"(?:\s|{_CONTINUES})+")

_ENDS = ".!?…؟۔।。！？｡"  # noqa: RUF001 - other scripts' own marks
_SENTENCE = rf"[{_ENDS}][\"'”’»›」』）)\]]{{0,4}}"  # noqa: RUF001 - as above
_BREAKS = tuple(
    regex.compile(pattern)
    for pattern in (r"(?:\r?\n){2,}", r"\r?\n", rf"(?<={_SENTENCE})\s|(?<=[。！？｡][」』）]{{0,4}})", r"\s")  # noqa: RUF001
)
"""The places at which to cut: between paragraphs, lines, sentences, words; the best comes first."""


def units(text: str) -> int:
    """The text's length as WhatsApp and Twilio count it."""
    return len(text.encode("utf-16-le")) // 2


def clusters(text: str) -> Iterator[str]:
    """The text's characters as readers see them.

    A character that is longer than in any language is split. Marks that would begin a part are left out: nobody can
    read the hundredth accent of a letter.
    """
    for match in _CLUSTER.finditer(text):
        cluster = match[0]
        if len(cluster) <= LONGEST_CLUSTER:
            yield cluster
        else:
            yield from (piece[1] for piece in _PIECE.finditer(cluster))


def shortened(text: str, limit: int) -> str:
    """The text in at most so many UTF-16 units: whole, or cut at the end of a sentence or a word, with dots.

    If neither ends in the last quarter of what fits, it is cut between two characters.
    """
    text = text.strip()
    if units(text) <= limit:
        return text
    room = max(0, limit - units(" …"))
    kept = cut(list(_beginning(text, room)), room, room * 3 // 4)[0].rstrip(" \t\r\n,;:–-")
    return f"{kept} …" if kept.endswith(tuple(_ENDS)) else f"{kept}…"


def cut(sequence: Sequence[str], most: int, least: int = 0) -> tuple[str, str]:
    """The clusters as a first part of `least` to `most` UTF-16 units, cut at the best place, and the rest.

    If there are several places of the best kind, it is the last; if no cluster ends in between, the last before `most`.
    """
    text = "".join(sequence)
    lengths = list(accumulate(map(units, sequence), initial=0))
    places = list(accumulate(map(len, sequence), initial=0))
    last = bisect_left(lengths, most + 1) - 1
    fitting = places[min(last, bisect_left(lengths, least)) : last + 1]
    for kind in _BREAKS:
        found = {match.start() for match in kind.finditer(text, fitting[0])}.intersection(fitting)
        if found:
            return text[: max(found)], text[max(found) :]
    return text[: fitting[-1]], text[fitting[-1] :]


def without_orphans(text: str) -> str:
    """The text without space, marks and joiners at its beginning."""
    match = _ORPHANS.match(text)
    return text[match.end() :] if match else text


def _beginning(text: str, most: int) -> Iterator[str]:
    """The clusters of the text's first `most` UTF-16 units, and the next one."""
    for cluster in clusters(text):
        yield cluster
        most -= units(cluster)
        if most < 0:
            return
