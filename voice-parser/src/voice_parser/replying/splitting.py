"""How a reply that is too long for one message becomes two."""

from voice_parser.replying.clusters import LONGEST_CLUSTER, clusters, cut, shortened, units, without_orphans
from voice_parser.replying.literal_text import literal
from voice_parser.twilio.api import LONGEST_BODY

_COUNT = "({}/2) "
_ROOM = LONGEST_BODY - units(_COUNT.format(1))

LONGEST_REPLY = 2 * (_ROOM - LONGEST_CLUSTER * units("😀"))
"""UTF-16 units that always fit into two messages, at whatever place they are cut."""


def split(text: str) -> list[str]:
    """The text as one message, or two numbered ones, cut between paragraphs, or else lines, sentences or words.

    No cluster is cut. The limit counts UTF-16 code units, so that an emoji never makes a message too long. Replies are
    made no longer than LONGEST_REPLY; if another text does not fit into two messages, its end is left out.

    WhatsApp has to show the text as it is written. The callers take care of this, because they need to know the length.
    """
    text = literal(without_orphans(text).rstrip())
    if units(text) > LONGEST_BODY:
        text = "".join(clusters(text))
    if units(text) <= LONGEST_BODY:
        return [text] if text else []
    first, rest = cut(list(clusters(text)), _ROOM, min(_ROOM, units(text) - _ROOM))
    parts = [part for part in (first.rstrip(), shortened(without_orphans(rest), _ROOM)) if part]
    return [_COUNT.format(number) + part for number, part in enumerate(parts, 1)] if len(parts) > 1 else parts
