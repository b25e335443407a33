"""How WhatsApp shows words as they are written: nothing is formatted, mentioned or linked by accident.

WhatsApp cannot escape a mark. Its help says what it does with marks ("How to format your messages"), and the rules of
clients say it more exactly (the bridge mautrix-whatsapp, `formatting.go`): a pair of marks on one line formats if no
letter or digit is before the first mark or after the second. So `5*3` and `AB_12_C` stay as is, and a mark that would
format gets a word joiner on both sides. A joiner is invisible and breaks no line, and browsers leave it out of a host's
name (Unicode, UTS 46: "ignored").
"""

import re

_JOINER = "\u2060"
_ALIKE = rf"A-Za-z0-9{_JOINER}"

_MARKS = "*_~"
_OPENS = {mark: re.compile(rf"(?<![{_ALIKE}])[{mark}](?=[^\s{mark}])") for mark in _MARKS}
_CLOSES = {mark: re.compile(rf"(?<=[^\s{mark}])[{mark}](?![{_ALIKE}])") for mark in _MARKS}
_EDGES = {mark: re.compile(rf"(?<![{_ALIKE}])[{mark}](?=\S)|(?<=\S)[{mark}](?![{_ALIKE}])") for mark in _MARKS}

_CODE = re.compile(rf"(?<!{_JOINER})`|`(?!{_JOINER})")
"""A backtick without a joiner on both sides; for other marks, one side is enough."""
_AT_LINE_START = re.compile(r"^(?=(?:[>*-]|\d+\.) )", re.MULTILINE)
"""Quotes and lists."""

_IN_LINKS = re.compile(r"(?<=\w)(?=://)|(?<=\w\.)(?=[^\W\d_][\w-])|(?<=@)(?=\w)")
"""In a scheme, in a host's name (also under domains that do not exist yet), in an address or a mention."""

_IP_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def literal(text: str) -> str:
    """The text for WhatsApp, so that each character is shown as is. A second call changes nothing."""
    lines = "\n".join(map(_without_pairs, text.split("\n")))
    if lines.count("`") > 1:
        lines = _CODE.sub(f"{_JOINER}`{_JOINER}", lines)
    unlisted = _AT_LINE_START.sub(_JOINER, lines)
    unlinked = _IN_LINKS.sub(_JOINER, unlisted)
    return _IP_ADDRESS.sub(lambda address: address[0].replace(".", f".{_JOINER}"), unlinked)


def _without_pairs(line: str) -> str:
    for mark in _MARKS:
        first = _OPENS[mark].search(line)
        if first and _CLOSES[mark].search(line, first.end()):
            line = _EDGES[mark].sub(f"{_JOINER}{mark}{_JOINER}", line)
    return line
