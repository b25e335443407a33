"""Which passages of a search have been shown already: the cursor holds a digest of each one.

So no passage comes twice, and none is left out, even if the index or its ranking changes between two pages. Nothing has
to be kept here for a client that may never come back.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from ai_voice_shared.search.model import Hit

MOST = 200
"""Passages of one search, in all pages together. A page costs as much as all pages before it; the best come first."""

_DIGEST = 4
"""Bytes. In five of a million searches, two of 200 passages have the same digest. 200 digests fit into a URL."""

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
    """How many passages have to be found for a page, and to know whether another page follows."""
    return min(len(shown) + limit + 1, MOST)


def page(hits: Sequence[Hit], shown: Shown, limit: int) -> tuple[list[Hit], str | None]:
    """The hits that come next, best first, and the cursor of the next page; None if there is no next page."""
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
