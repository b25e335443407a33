"""Which orders a sentence has: "order the valve and call Mr Smith by Friday" has two."""

import re
from collections.abc import Iterator
from itertools import batched

from voice_parser.understanding.cues import Cues

_SHORTEST = 2
"""Words of an order: its verb, and what it is about."""


def orders(sentence: str, cues: Cues) -> list[str]:
    """The orders of a sentence, in their order; the whole sentence if it has one order, or none that we recognize.

    It is cut at a comma or a joining word if another order begins after it, or ends after it, as in German.
    """
    found: list[list[str]] = []
    before, whole = "", False
    for joint, piece in _pieces(sentence, cues):
        if not found or (whole and _is_another(before, piece, cues)):
            found.append([piece])
            whole = False
        else:
            found[-1] += [joint, piece]
        before, whole = piece, whole or _is_whole(piece, cues)
    return ["".join(parts).strip() for parts in found]


def _pieces(sentence: str, cues: Cues) -> Iterator[tuple[str, str]]:
    """Each with what joins it to the one before."""
    joint = rf"(\s*[,;]\s*(?:(?:{cues.joining})\s+)?|\s+(?:{cues.joining})\s+)"
    parts = re.split(joint, sentence, flags=re.IGNORECASE)
    yield "", parts[0]
    yield from ((one, piece) for one, piece in batched(parts[1:], 2, strict=True))


def _is_whole(piece: str, cues: Cues) -> bool:
    """Whether it is an order with its object: "check and repair the pump" is one order."""
    said = piece.casefold()
    asks = re.search(cues.job, said) or _begins_as_one(said, cues) or _ends_as_one(said, cues)
    alone = re.search(rf"(?<!\w)(?:{cues.verbs})\W*$", said)
    return bool(asks) and not alone and len(re.sub(cues.polite, "", said).split()) >= _SHORTEST


def _is_another(before: str, piece: str, cues: Cues) -> bool:
    said = piece.casefold()
    if len(said.split()) < _SHORTEST:
        return False
    return _begins_as_one(said, cues) or (_ends_as_one(before.casefold(), cues) and _ends_as_one(said, cues))


def _begins_as_one(said: str, cues: Cues) -> bool:
    return re.match(rf"(?:(?:{cues.polite})[\s,]*)?(?:{cues.verbs})(?!\w)", said) is not None


def _ends_as_one(said: str, cues: Cues) -> bool:
    return bool(cues.last_verbs) and re.search(rf"(?<!\w)(?:{cues.last_verbs})\W*$", said) is not None
