"""When a message sets a PIN ("pin 4711"), and how its digits leave the message before it is kept anywhere."""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

from ai_voice_shared.jobs import Parameters

SALT, HASH, UNUSABLE = "PinSalt", "PinHash", "PinUnusable"
"""Parameters that stand in place of the digits: hexadecimal, or "1" for digits that are no PIN."""

_COST, _BLOCK = 2**14, 8
"""scrypt's: 16 MB and about 50 ms for one guess (RFC 7914). It protects a PIN of eight digits that leaks for a while;
no hash protects one of four."""

_LONGEST = 80
"""Characters, with the blanks and marks around the words."""

_BEFORE = (
    r"(?:my|new|set|change|for|calls?|meine?|neuer?|setze|ändere|mi|nuevo|cambiar?|mon|nouveau|changer?"
    r"|(?:o )?meu|novo|mudar?|(?:il )?mio|nuovo|cambia|mijn|nieuwe|wijzig)"
)
_IS = r"(?:is|to|ist|lautet|auf|es|est|é|è|a|à|in|op|naar)"
_PIN = r"(?:pin(?:[- ]?code|[- ]?nummer|[- ]?number)?|code[- ]pin|codice[- ]pin|código[- ]pin|pincode)"
_PLEASE = r"(?:please|bitte|por favor|s'il (?:te|vous) plaît|per favore|alsjeblieft|alstublieft)"
_ASKED = re.compile(
    rf"\W*(?:(?:{_BEFORE}\W+){{1,4}}{_PIN}(?:\W+{_IS}\b)?|{_PIN})\W*(?P<digits>\d[\d\s.-]*)?\W*(?:{_PLEASE}\W*)?"
)
"""Nothing else may stand in it: "the pin of the gate is 4711" is a note."""

_USABLE = re.compile("[0-9]{4,8}")


@dataclass(frozen=True)
class SealedPin:
    """A PIN as it is kept: its hash with a salt of its own."""

    salt: bytes
    hash: bytes


def seal(pin: str) -> SealedPin:
    """The PIN's salted slow hash; a new one each time."""
    salt = secrets.token_bytes(16)
    return SealedPin(salt, hash_of(pin, salt))


def hash_of(pin: str, salt: bytes) -> bytes:
    """The slow hash of a PIN with this salt (scrypt)."""
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=64 * 2**20, dklen=32)


def digits_of(text: str) -> str | None:
    """The digits with which a text sets a PIN, empty if it has none; None if the text is about something else."""
    said = unicodedata.normalize("NFKC", text).casefold().strip()
    asked = _ASKED.fullmatch(said) if len(said) <= _LONGEST else None
    return None if asked is None else "".join(str(int(one)) for one in asked["digits"] or "" if one.isdecimal())


def is_usable(digits: str) -> bool:
    """Whether it is a PIN: four to eight digits."""
    return _USABLE.fullmatch(digits) is not None


def without_digits(message: Parameters) -> Parameters:
    """The message as it may be queued and kept: a PIN is replaced by its salted hash, and its digits are gone.

    Parameters that only we write are taken out of messages that come with them.
    """
    ours = (SALT, HASH, UNUSABLE)
    kept = {name: value for name, value in message.items() if name not in ours}
    body = message.get("Body", "")
    digits = digits_of(body) if isinstance(body, str) else None
    if not digits:
        return kept
    sealed = seal(digits) if is_usable(digits) else None
    marks = {SALT: sealed.salt.hex(), HASH: sealed.hash.hex()} if sealed else {UNUSABLE: "1"}
    return {**kept, "Body": "pin", **marks}


def sealed_in(message: Parameters) -> SealedPin | None:
    """The PIN that a queued message sets; None if it sets none."""
    salt, digest = message.get(SALT), message.get(HASH)
    if not isinstance(salt, str) or not isinstance(digest, str):
        return None
    return SealedPin(bytes.fromhex(salt), bytes.fromhex(digest))
