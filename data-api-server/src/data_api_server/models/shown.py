"""What of a search has been shown already: its cursor holds a digest of each stretch.

So none comes twice, and none is left out, whatever the index and its ranking do between two pages. Nothing has to be
kept here for a client who may never come back.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from ai_voice_shared.search.model import Hit

MOST = 200
"""Stretches of one search, all pages together: it costs as much as the pages before it, and the best come first."""

_DIGEST = 4
"""Bytes; two of 200 stretches are taken for one in five of a million searches. 200 of them fit into a URL."""

type Shown = tuple[bytes, ...]


def decode(cursor: str) -> Shown:
    """What was shown; raises ValueError on anything but a cursor."""
    try:
        digests = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if not digests or len(digests) % _DIGEST or len(digests) > MOST * _DIGEST:
        raise ValueError("not made of digests")
    return tuple(digests[start : start + _DIGEST] for start in range(0, len(digests), _DIGEST))


def reach(shown: Shown, limit: int) -> int:
    """How many stretches have to be found for a page, and to know whether there is one behind it."""
    return min(len(shown) + limit + 1, MOST)


def page(hits: Sequence[Hit], shown: Shown, limit: int) -> tuple[list[Hit], str | None]:
    """Those of the hits that come next, best first, and the cursor of the page behind them; None where none is."""
    seen = set(shown)
    fresh = [hit for hit in hits if _digest(hit) not in seen]
    here = fresh[:limit]
    told = (*shown, *map(_digest, here))
    return here, _encode(told) if len(fresh) > limit and len(told) < MOST else None


def _encode(shown: Shown) -> str:
    return base64.urlsafe_b64encode(b"".join(shown)).decode().rstrip("=")


def _digest(hit: Hit) -> bytes:
    place = f"{hit.message_id}#{hit.first}#{hit.last}"
    return hashlib.sha256(place.encode()).digest()[:_DIGEST]
