"""The S3 key grammar of a note's artifacts: `{company_id}/{message_intent}/{tag}_{message_id}_{file_type}.{ext}`."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self, TypeGuard

COMPANY_ID = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
"""A company id. It never starts with `_`, so the prefixes below cannot belong to a company."""

MESSAGE_ID = "[A-Za-z0-9]{1,64}"
"""A message's id: Twilio's sid of it."""

STAGING_PREFIX = "_receipts/"
INDEX_PREFIX = "_index/"
CLIPS_PREFIX = "_clips/"
EXPORTS_PREFIX = "_exports/"
RULES_PREFIX = "_rules/"

FILE_TYPES = {"voice": "audio", "video": "video", "image": "image", "document": "document", "contact": "contact"}
"""The names of a message's own files, by the note's kind (a second one is `image-2`). All other names are ours."""

TAG_LENGTH = 60

_KEY = (
    rf"(?P<company_id>{COMPANY_ID})/(?P<intent>[a-z]+(?:-[a-z]+)*)/"
    r"(?P<tag>[a-z0-9]+(?:-[a-z0-9]+)*)_"
    rf"(?P<message_id>{MESSAGE_ID})_"
    r"(?P<file_type>[a-z]+(?:[_-][a-z0-9]+)*)\.(?P<extension>[a-z0-9]+)"
)
"""Compiled when the first key is read: the webhook reads none, and would start a millisecond later."""


@dataclass(frozen=True)
class ArtifactKey:
    """One artifact's place in the bucket; the tag is decided once per message, then kept."""

    company_id: str
    intent: str
    tag: str
    message_id: str
    file_type: str
    extension: str

    def __str__(self) -> str:
        """The S3 key; raises ValueError if a part breaks the grammar, so that no part can leave its folder."""
        name = f"{self.tag}_{self.message_id}_{self.file_type}.{self.extension}"
        key = f"{self.company_id}/{self.intent}/{name}"
        if not re.fullmatch(_KEY, key):
            raise ValueError(f"not an artifact key: {key!r}")
        return key

    @classmethod
    def parse(cls, key: str) -> Self:
        """The parts of an S3 key; raises ValueError when it is no artifact's."""
        match = re.fullmatch(_KEY, key)
        if match is None:
            raise ValueError(f"not an artifact key: {key!r}")
        return cls(**match.groupdict())


def is_message_id(text: object) -> TypeGuard[str]:
    """Whether it is what a message's id looks like, so that it can name one in keys and paths."""
    return isinstance(text, str) and re.fullmatch(MESSAGE_ID, text) is not None


def is_upload(message_id: str) -> bool:
    """Whether a message is an upload, which Twilio does not know: no sid of Twilio's begins with "UP"."""
    return message_id.startswith("UP")


def is_call(message_id: str) -> bool:
    """Whether a message is a call: Twilio's sids of calls, and no others, begin with "CA"."""
    return message_id.startswith("CA")


def upload_key(company_id: str, message_id: str, number: int) -> str:
    """The key to which a message's file of this number (0 to 9) is uploaded."""
    return f"{STAGING_PREFIX}{company_id}/{message_id}/upload-{number}"


def intent_prefix(company_id: str, intent: str) -> str:
    """The folder of a company's artifacts of one intent."""
    return f"{company_id}/{intent}/"


def tag_from(text: str, fallback: str = "note") -> str:
    """A tag of lower-case ASCII words joined by hyphens, cut at a word; `fallback` if nothing of the text is left."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", folded)
    tag = ""
    for word in words:
        longer = f"{tag}-{word}" if tag else word[:TAG_LENGTH]
        if len(longer) > TAG_LENGTH:
            break
        tag = longer
    return tag or fallback
