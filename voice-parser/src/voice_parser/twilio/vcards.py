"""Reads vCards: each contact's names, organisation, numbers and addresses (vCard 2.1; RFC 2426; RFC 6350).

This is our own reader, because we need only a few properties, but from any file. vobject, the usual library, does not
read version 4.0, stops at a line that it does not understand, and decodes the photos.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from voice_parser.visible_text import on_one_line, visible

_CONTACTS_AT_MOST = 100
_VALUES_AT_MOST = 30
"""Values of one contact; phones have far fewer."""

_LONGEST_VALUE = 300
_LONGEST_LINE = 4096
"""Bytes; a longer value is a photo, a sound or a key."""

_NAMES = ("FN", "N", "NICKNAME", "ORG")
"""The properties with a contact's name, the best first."""

_TOLD = ("ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "LABEL", "URL", "NOTE")
"""The other properties that are shown, in this order."""

_PROPERTY = re.compile(rb'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
"""Group, name, parameters, value (RFC 6350, 3.3); each character can match in one way only."""

_CHARSET = re.compile(r"CHARSET=\"?([\w.:-]+)", re.IGNORECASE)
_QUOTED_PRINTABLE = re.compile(r"QUOTED-PRINTABLE", re.IGNORECASE)
_ENCODED = re.compile(r"ENCODING=\"?B(?:ASE64)?\b|;BASE64\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?<!\\);")
_SCHEME = re.compile(r"^(?:tel|mailto|sip):", re.IGNORECASE)


@dataclass
class Contact:
    """One card; the values of each property in their order."""

    values: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The contact's name, on one line; empty if the card has none."""
        known = (value for name in (*_NAMES, *_TOLD) for value in self.values.get(name, []))
        return next(known, "")

    @property
    def line(self) -> str:
        """The contact on one line, so that each number is next to its name."""
        told = [value for name in _TOLD for value in self.values.get(name, [])]
        return ", ".join(dict.fromkeys(part for part in (self.name, *told) if part))

    def add(self, name: str, value: str) -> None:
        """Keeps one more value, as long as there is room."""
        if value and sum(map(len, self.values.values())) < _VALUES_AT_MOST:
            self.values.setdefault(name, []).append(value)


def contacts(content: bytes) -> list[Contact]:
    """The contacts of a file, at most 100; a file that is not a vCard has none."""
    found: list[Contact] = []
    for name, parameters, value in _properties(_as_bytes(content)):
        if name == "BEGIN":
            if len(found) == _CONTACTS_AT_MOST:
                break
            found.append(Contact())
        elif found and name in {*_NAMES, *_TOLD}:
            found[-1].add(name, _told(name, _decoded(value, parameters)))
    return [contact for contact in found if contact.name]


def _as_bytes(content: bytes) -> bytes:
    """The text, in UTF-8 or another encoding that includes ASCII; some address books write UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(b"\xef\xbb\xbf")


def _properties(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Each property's name, parameters and raw value; lines that are not a property are left out."""
    for line in _unfolded(content):
        match = _PROPERTY.fullmatch(line)
        if match:
            parameters = match[2].decode(errors="replace")
            if not _ENCODED.search(parameters):
                yield match[1].decode(errors="replace").upper(), parameters, match[3]


def _unfolded(content: bytes) -> Iterator[bytes]:
    """The logical lines: a blank at its start continues a line (RFC 6350, 3.2), so does "=" at a line's end (2.1)."""
    whole: list[bytes] = []
    size = 0
    soft = quoted = False
    for line in re.split(rb"\r\n|\r|\n", content):
        if whole and (soft or line.startswith((b" ", b"\t"))):
            part = line if soft else line[1:]
        else:
            yield b"".join(whole)
            whole, size, part = [], 0, line
            quoted = b"QUOTED-PRINTABLE" in line[:_LONGEST_LINE].upper()
        soft = quoted and part.endswith(b"=")
        part = part[:-1] if soft else part
        if size < _LONGEST_LINE:
            whole.append(part[: _LONGEST_LINE - size])
        size += len(part)
    yield b"".join(whole)


def _decoded(value: bytes, parameters: str) -> str:
    """The value as text: in its own charset, or in UTF-8, or in Windows' Western one, which accepts every byte."""
    if _QUOTED_PRINTABLE.search(parameters):
        value = quopri.decodestring(value)
    named = _CHARSET.search(parameters)
    for charset in (named[1] if named else "utf-8", "utf-8"):
        try:
            return value.decode(charset)
        except (LookupError, ValueError):
            continue
    return value.decode("cp1252", errors="replace")


def _told(name: str, value: str) -> str:
    """The value for people: its parts joined, its escapes undone (RFC 6350, 3.4)."""
    parts = [on_one_line(_ESCAPED.sub(_unescaped, part), _LONGEST_VALUE) for part in _PARTS.split(value)]
    match name:
        case "N":
            family, given, more, prefix, suffix = [*parts, *[""] * 5][:5]
            parts = [prefix, given, more, family, suffix]
            joint = " "
        case "ORG" | "ADR":
            joint = ", "
        case _:
            parts = [_SCHEME.sub("", "; ".join(filter(None, parts)))]
            joint = ""
    return on_one_line(joint.join(part for part in parts if visible(part)), _LONGEST_VALUE)


def _unescaped(match: re.Match[str]) -> str:
    return " " if match[1] in "nN" else match[1]
