"""Which links a statement may show: those in the notes that it cites. A model may invent others, or be made to."""

import re
from collections.abc import Iterable

_REST = r"[^\s<>()\[\]{}\"'“”«»]"
_LINK = re.compile(
    rf"(?:\b[A-Za-z][A-Za-z0-9+.-]{{0,20}}://|\b(?:mailto|tel|sms|data|javascript):|\b[Ww]{{3}}\.){_REST}+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)*(?=[0-9-]*[a-z])[a-z0-9-]+\.[a-z]{2,24}(?![\w@-])"
    rf"(?::\d+)?(?:[/?#]{_REST}*)?"
)
"""What programs treat as a link: a scheme, `www.`, or a host's name; `AB.CD` is a part, `Pump.Then` two sentences."""

_MARKDOWN = re.compile(r"!?\[([^\[\]]*+)\]\(\s*+<?+([^\s()<>]*+)(?:[^()]|\([^()]*+\))*+\)")
_CLOSING = ".,;:!?…"
_GONE = "…"
_NOTHING_LEFT = re.compile(rf" ?(?:\({_GONE}?\)|<{_GONE}?>)")


def supported(text: str, sources: Iterable[str]) -> str:
    """The text on one line, with dots in place of links that no source has; empty if nothing else is left.

    A link in Markdown is shown as its words and then its address, if a source has it.
    """
    known = {_address(link[0]) for source in sources for link in _LINK.finditer(source.casefold())}
    unfolded = _MARKDOWN.sub(lambda link: f"{link[1]} ({link[2]})" if _address(link[2]) in known else link[1], text)
    shown = _LINK.sub(lambda link: _shown(link[0], known), unfolded)
    told = " ".join(shown.split())
    while (less := _NOTHING_LEFT.sub("", told).strip()) != told:  # one pair of brackets may hold another
        told = less
    return told if told.strip(f"{_CLOSING} ") else ""


def _shown(link: str, known: set[str]) -> str:
    return link if _address(link) in known else _GONE + link[len(link.rstrip(_CLOSING)) :]


def _address(link: str) -> str:
    """One form for all spellings of a link."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.rstrip(_CLOSING).casefold())
    return bare.removesuffix("/")
