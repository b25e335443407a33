"""What identifies a sender, and the form in which identities are compared: the only place that makes this form."""

import unicodedata
from dataclasses import dataclass, field
from typing import Self

from customer_lookup_server.phone_numbers import normal


@dataclass(frozen=True)
class Identity:
    """A phone number or an external id.

    A business-scoped id names a sender whose number is hidden (Twilio, "WhatsApp usernames").

    Attributes:
        form: the same for every spelling of a number, including WhatsApp's; an external id as is; may be empty.
        written: the number as it was written, but only `+` and digits; an external id as is.
    """

    form: str
    written: str = field(compare=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """Understands `whatsapp:` and `tel:`, spaces and punctuation, `(0)`, a leading `00`, digits of any script."""
        text = _bare(text)
        number = _number(text.replace("(0)", ""))
        if not number:
            return cls(text, text)
        # In some countries the 0 is part of the number, so `(0)` is tried both ways.
        return cls(normal(*([_number(text)] if "(0)" in text else []), number), number)


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    for scheme in ("whatsapp:", "tel:"):
        text = text.removeprefix(scheme).strip()
    return text


def _number(text: str) -> str:
    """`+` and the digits; empty if it is not a phone number."""
    digits = "".join(str(unicodedata.digit(char)) for char in text if unicodedata.digit(char, None) is not None)
    if not digits or any(char.isalpha() or char in "_@" for char in text):
        return ""
    return f"+{digits if text.startswith('+') else digits.removeprefix('00')}"
