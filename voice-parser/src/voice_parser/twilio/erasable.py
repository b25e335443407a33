"""What Twilio has of a message: the message, its files, and each message that we sent about it."""

from dataclasses import dataclass

from ai_voice_shared.artifacts import is_call, is_upload
from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from voice_parser.eraser.registry import ErasedMessage
from voice_parser.twilio.api import RECORDING, TwilioApi


@dataclass(frozen=True)
class MessagesAtTwilio:
    """What Twilio keeps."""

    twilio: TwilioApi

    def of_message(self, message: ErasedMessage) -> Held:
        """The message and its replies, files first: without their message they could not be listed again."""
        if is_upload(message.message_id):
            return NOTHING
        if is_call(message.message_id):
            calls = self.twilio.paths_of_call(message.message_id)
            return Held({"twilio_media": len(calls) - 1, "twilio_messages": 1}, lambda: self._delete(calls))
        sids = (message.message_id, *(reply.sid for reply in message.replies if reply.sid))
        paths = [path for sid in sids for path in self._paths_of(sid)]
        media = sum("/Media/" in path for path in paths)
        return Held({"twilio_media": media, "twilio_messages": len(paths) - media}, lambda: self._delete(paths))

    def of_person(self, person: PersonIds) -> Held:
        """All that is ours goes with the messages."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """All that is ours goes with the messages."""
        del company_id
        return NOTHING

    def _paths_of(self, sid: str) -> list[str]:
        """Of a note by phone, Twilio has a recording, if the worker has not deleted it yet."""
        if sid.startswith(RECORDING):
            return [f"{self.twilio.recording_path(sid)}.json"]
        return self.twilio.paths_of(sid)

    def _delete(self, paths: list[str]) -> None:
        for path in paths:
            self.twilio.delete(path)
