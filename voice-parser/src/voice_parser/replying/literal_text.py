"""How words are shown in WhatsApp as they are written: nothing formats, mentions or links by accident.

WhatsApp has no way to escape a mark. What it makes of one is in its help ("How to format your messages") and, more
exactly, in the rules of clients that read it (the bridge mautrix-whatsapp, `formatting.go`): a pair formats where its
first mark follows no letter or digit and its second precedes none, on one line. So `5*3` and `AB_12_C` stay as they
are, and a mark that would format gets a word joiner on both sides. A joiner shows nothing and breaks no line, and
browsers leave it out of a host's name (Unicode, UTS 46: "ignored").
"""

import re

_JOINER = "\u2060"
_ALIKE = rf"A-Za-z0-9{_JOINER}"

_MARKS = "*_~"
_OPENS = {mark: re.compile(rf"(?<![{_ALIKE}])[{mark}](?=[^\s{mark}])") for mark in _MARKS}
_CLOSES = {mark: re.compile(rf"(?<=[^\s{mark}])[{mark}](?![{_ALIKE}])") for mark in _MARKS}
_EDGES = {mark: re.compile(rf"(?<![{_ALIKE}])[{mark}](?=\S)|(?<=\S)[{mark}](?![{_ALIKE}])") for mark in _MARKS}

_CODE = re.compile(rf"(?<!{_JOINER})`|`(?!{_JOINER})")
"""A backtick without a joiner on both sides; that of another mark may stand on one."""
_AT_LINE_START = re.compile(r"^(?=(?:[>*-]|\d+\.) )", re.MULTILINE)
"""Quotes and lists."""

_IN_LINKS = re.compile(r"(?<=\w)(?=://)|(?<=\w\.)(?=[^\W\d_][\w-])|(?<=@)(?=\w)")
"""In a scheme, in a host's name or what could be one under tomorrow's domains, in an address or a mention."""

_IP_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def literal(text: str) -> str:
    """The text as WhatsApp is to be sent it, so that it shows each character and does nothing; again, it stays."""
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
