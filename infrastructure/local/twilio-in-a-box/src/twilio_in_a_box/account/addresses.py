"""WhatsApp addresses: a phone number, or the id of a user whose number is hidden."""

import re
import urllib.parse

CHANNEL = "whatsapp:"

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_USER_ID = re.compile(r"[A-Z]{2}\.[0-9A-Za-z]{1,128}")
"""WhatsApp's id of a user for one business (BSUID): a country's code, a full stop, letters and digits."""


def is_address(address: str) -> bool:
    """Whether this is a WhatsApp address: `whatsapp:`, then a number as in E.164 or an id of a user."""
    if not address.startswith(CHANNEL):
        return False
    identity = address.removeprefix(CHANNEL)
    return is_number(identity) or is_user_id(identity)


def is_number(text: str) -> bool:
    """Whether this is a phone number as in E.164."""
    return bool(_NUMBER.fullmatch(text))


def is_user_id(text: str) -> bool:
    """Whether this is an id that WhatsApp gives to a user whose number is hidden."""
    return bool(_USER_ID.fullmatch(text))


def is_absolute_url(text: str) -> bool:
    """Whether this is a URL with a host, of HTTP or HTTPS."""
    try:
        url = urllib.parse.urlsplit(text)
        return url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
    except ValueError:
        return False
