"""What makes somebody's text harmless in a file that another program opens."""

import re

_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows (Unicode, UAX 9): a name could look like another one."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")

_UNSEEN = "\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""What some programs leave out where a cell begins."""

_FORMULA = re.compile(f"^(?=[\t\r\n])|(^|[;|\t\r\n])(?=[{_UNSEEN}]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a formula would begin: OWASP, "CSV Injection", and the wide forms of the same signs.

Where lists are written with semicolons, for example in German, Excel ends a cell at the first one, although it is
quoted; and a line as well. So a formula may begin inside of a text, too.
"""

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:$])")
"""The colon, too: many readers make a link of every address."""


def plain(text: str) -> str:
    """The text without characters that are not seen but change how the rest is shown."""
    return _CONTROLS.sub(" ", _DIRECTIONS.sub("", text))


def literal(text: str) -> str:
    """The text on one line, with no sign that Markdown would read (CommonMark, "Backslash escapes")."""
    return _MARKS.sub(r"\\\1", " ".join(plain(text).split()))


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", plain(text))
