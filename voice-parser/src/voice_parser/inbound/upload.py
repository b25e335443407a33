"""Uploads as a source of messages: files that the office puts into our bucket itself, with a few words, and no reply.

A job's `message` has these parameters:

* `MessageSid`: the message's id, `UP` and then letters and digits, 64 in all at most. Who takes the upload makes it.
* `SenderName`: as the note is listed; may be missing.
* `Body`: the words with the files; may be missing.
* `FileKey0`, `FileType0` and so on: each file's S3 key (`artifacts.upload_key`) and declared content type.

An uploaded file is kept next to the message's other files, so it is erased with them.
"""

from dataclasses import dataclass
from typing import BinaryIO

from ai_voice_shared.artifacts import is_upload, upload_key
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.errors import DeadLetter, TellSender
from ai_voice_shared.jobs import NoteJob
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.inbound.work import ReplyChannel
from voice_parser.visible_text import on_one_line, visible

FILES_AT_MOST = 10
"""How many files one message may have, as in WhatsApp."""

_LONGEST_NAME = 200
"""UTF-16 units."""


@dataclass(frozen=True)
class Uploads:
    """Messages whose files are in our bucket already."""

    store: ObjectStore
    channel: ReplyChannel | None = None

    def read(self, job: NoteJob) -> InboundMessage:
        """The message in a job; raises DeadLetter if a parameter is wrong, or if a file is not the message's own."""
        if not is_upload(job.message_id):
            raise DeadLetter("an upload's id does not begin as it has to")
        if not all(isinstance(value, str) for value in job.message.values()):
            raise DeadLetter("an upload's parameter has more than one value")
        told = {name: str(value) for name, value in job.message.items()}
        return InboundMessage(
            message_id=job.message_id,
            parameters=job.message,
            sender_name=on_one_line(told.get("SenderName", ""), _LONGEST_NAME),
            body=visible(told.get("Body", "")),
            media=tuple(
                Media(_own(told[f"FileKey{number}"], job), told.get(f"FileType{number}", ""))
                for number in range(FILES_AT_MOST)
                if f"FileKey{number}" in told
            ),
        )

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """Copies the uploaded file to `target`; raises TellSender when it is gone, or RetryLater."""
        try:
            target.writelines(self.store.chunks(media.reference))
        except ObjectMissing:
            raise TellSender("media_gone") from None

    def settled(self, message: InboundMessage) -> None:
        """Deletes what was uploaded: the note has its own copy. Raises RetryLater."""
        for media in message.media:
            self.store.delete(media.reference)


def _own(key: str, job: NoteJob) -> str:
    """The key, if it belongs to this company's message: a job cannot name what another company uploaded."""
    if key not in {upload_key(job.company_id, job.message_id, number) for number in range(FILES_AT_MOST)}:
        raise DeadLetter("an upload names a file that is not its own")
    return key
