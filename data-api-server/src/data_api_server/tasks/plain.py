"""What makes somebody's text harmless in a file that another program opens."""

import re

_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows (Unicode, UAX 9): a name could look like another one."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")

_BEGINS_FORMULA = re.compile(r"^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""OWASP, "CSV Injection", and the wide forms of the same signs."""


def plain(text: str) -> str:
    """The text without characters that are not seen but change how the rest is shown."""
    return _CONTROLS.sub(" ", _DIRECTIONS.sub("", text))


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    shown = plain(text)
    return f"'{shown}" if _BEGINS_FORMULA.match(shown) else shown
