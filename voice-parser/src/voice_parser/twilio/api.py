"""The only calls to Twilio: fetch a message's media, send an answer, list what was sent, delete it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlencode

import httpx
from pydantic import ValidationError

from ai_voice_shared.aws.secrets import Secrets, field
from ai_voice_shared.errors import DeadLetter, RetryLater
from voice_parser.twilio.answers import Gone, bounded, done, settled
from voice_parser.twilio.lists import Copy, CutShort, Listed, ListedMedia, ListedReply, Walk
from voice_parser.twilio.media import MediaHosts, WrongForm

LONGEST_BODY = 1600
"""Characters of one outbound message; more cause error 21617."""

_PAGE = 1000
"""How many messages Twilio lists at once at most."""

_LARGEST_RECORDING = 500_000_000
"""Bytes; four hours, the longest call, of two channels of 16 bits at 8 kHz."""
_LONGEST_DOWNLOAD = 300.0
"""Seconds."""

_RECENT_PAGE = 50
_CLOCKS_DIFFER = timedelta(seconds=5)
"""Twilio's times are whole seconds of another clock."""


class FeedbackRefused(Exception):  # noqa: N818 - reads as what it is
    """Twilio will not deliver this answer, now or later; `code` is Twilio's error code (63016: after 24 h, …)."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Twilio refused the answer with code {code}")
        self.code = code


@dataclass(frozen=True)
class Template:
    """An approved template (Twilio, "Content API"): its sid, and the values of its placeholders, by their numbers."""

    sid: str
    variables: dict[str, str]


RECORDING = "RE"
"""How the sids of recordings begin."""


@dataclass(frozen=True)
class TwilioApi:
    """Twilio's REST API for one account.

    Attributes:
        url: the API's origin, the only one that gets the credentials.
        media_origins: origins from which media may come; `*` stands for part of a host name.
        status_url: the URL at which Twilio reports the states of what we send; empty for none.
    """

    http: httpx.Client
    secrets: Secrets
    secret_name: str
    url: str
    media_origins: tuple[str, ...]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    status_url: str = ""

    def fetch(self, url: str, target: BinaryIO, content_type: str = "") -> None:
        """Writes the file of a media URL to `target`; its message declares its type.

        Raises TellSender, RetryLater or DeadLetter.
        """
        hosts = MediaHosts(self.http, self.credentials, self.url, self.media_origins, self.sleep, self.clock)
        hosts.fetch(url, target, content_type)

    def fetch_recording(self, recording_id: str, target: BinaryIO) -> None:
        """Writes the recording of a call to `target`: a WAV file, each side on a channel of its own if it has two.

        Twilio refuses two channels of a recording that has one (Twilio, "Recordings resource"). Raises like `fetch`.
        """
        hosts = MediaHosts(
            *(self.http, self.credentials, self.url, self.media_origins, self.sleep, self.clock),
            largest=_LARGEST_RECORDING,
            longest=_LONGEST_DOWNLOAD,
        )
        file = f"{self.url}{self._recordings()}/{recording_id}.wav"
        try:
            hosts.fetch(f"{file}?RequestedChannels=2", target, "audio/wav")
        except WrongForm:
            hosts.fetch(file, target, "audio/wav")

    def delete_recording(self, recording_id: str) -> None:
        """Deletes the recording of a call; a missing one is no error; raises like `delete`."""
        self.delete(f"{self._recordings()}/{recording_id}.json")

    def paths_of_call(self, call_id: str) -> list[str]:
        """The paths of a call's recordings, then of the call, which is needed to list them; raises like `received`."""
        own = f"/2010-04-01/Accounts/{self.credentials()[0]}/Calls/{call_id}"
        try:
            page = self._read(f"{own}/Recordings.json?PageSize={_PAGE}")
            with _unreadable():
                recordings = [f"{self._recordings()}/{one['sid']}.json" for one in page["recordings"]]
        except Gone:
            recordings = []
        return [*recordings, f"{own}.json"]

    def send(
        self,
        sender: str,
        recipient: str,
        body: str,
        media_url: str | None = None,
        *,
        template: Template | None = None,
        about: dict[str, str] | None = None,
    ) -> str:
        """Sends a WhatsApp message of at most 1600 characters and returns its sid.

        Twilio fetches the media from their URL by itself, soon after; Ogg/Opus arrives as a voice message, which can
        have no body (Twilio, "WhatsApp media messages").

        Args:
            sender: our number, as `whatsapp:+15550100000`.
            recipient: the receiver.
            body: the text; empty for media and for a template.
            media_url: a URL that needs no credentials.
            template: replaces the body.
            about: comes back as the query of each status callback.

        Raises FeedbackRefused for a refusal with Twilio's own code, RetryLater (or Wait, which is one) or DeadLetter.
        After RetryLater it may have been sent all the same: ask `sent` before you try again (`replying.outgoing`).
        """
        fields = {"From": sender, "To": recipient, "Body": body, "MediaUrl": media_url or ""}
        if self.status_url and about:
            fields["StatusCallback"] = f"{self.status_url}?{urlencode(about)}"
        if template:
            fields |= {"ContentSid": template.sid, "ContentVariables": json.dumps(template.variables)}
        given = {name: value for name, value in fields.items() if value}
        answer = self._call("POST", f"{self._messages()}.json", given)
        told = settled(answer)
        if not answer.is_success:
            raise FeedbackRefused(str(told["code"]))
        if not told.get("sid"):
            raise RetryLater(f"Twilio answered {answer.status_code} without a sid")
        return str(told["sid"])

    def received(self, since: date, recipient: str = "") -> Iterator[Listed]:
        """All messages sent to us, or to this number of ours, on that day (UTC) or later, the newest first.

        Raises RetryLater (CutShort after the last message of a list that does not end; also for a list that is not as
        documented), or DeadLetter if Twilio refuses.
        """
        for page in self._pages({"DateSent>": since.isoformat(), "PageSize": str(_PAGE), "To": recipient}):
            with _unreadable():
                yield from (Listed.model_validate(one) for one in page if one["direction"] == "inbound")

    def sent(self, sender: str, recipient: str, since: datetime) -> list[ListedReply]:
        """The messages from one of our numbers to a recipient since then, the oldest first; raises like `received`.

        Twilio filters by the time of sending, which a queued message does not have. So the pages are read backwards
        until a message is older.
        """
        found: list[ListedReply] = []
        for page in self._pages({"From": sender, "To": recipient, "PageSize": str(_RECENT_PAGE)}):
            with _unreadable():
                outbound = [ListedReply.model_validate(one) for one in page if one["direction"] != "inbound"]
            recent = [one for one in outbound if one.created_at >= since - _CLOCKS_DIFFER]
            found += recent
            if not recent:
                break
        return sorted(found, key=lambda one: one.created_at)

    def copies(self, until: datetime, asked: Mapping[str, str]) -> Iterator[Copy]:
        """All messages up to the end of that day (UTC), in both directions, the newest first; raises like `received`.

        A page is given out only after the next one is read: Twilio's address of a page names the last message of the
        page before, and the caller may delete that message.

        Args:
            until: a moment of the last day.
            asked: Twilio's filters `To` and `From`.
        """
        earlier: list[Copy] = []
        behind = (until + timedelta(days=1)).date().isoformat()
        try:
            for page in self._pages({**asked, "DateSent<": behind, "PageSize": str(_PAGE)}):
                yield from earlier
                with _unreadable():
                    earlier = [Copy.model_validate(one) for one in page]
        except CutShort:
            yield from earlier
            raise
        yield from earlier

    def media_of(self, message_id: str) -> list[tuple[str, str]]:
        """The URL and content type of each file of a message, as its webhook names them; raises like `received`."""
        page = self._read(f"{self._messages()}/{message_id}/Media.json?PageSize={_PAGE}")
        with _unreadable():
            files = [ListedMedia.model_validate(one) for one in page["media_list"]]
        return [(self.url + file.uri.removesuffix(".json"), file.content_type) for file in files]

    def paths_of(self, message_id: str) -> list[str]:
        """The paths of a message's files, then of the message, which is needed to list them; raises like `received`."""
        try:
            files = [f"{url.removeprefix(self.url)}.json" for url, _ in self.media_of(message_id)]
        except Gone:
            files = []
        return [*files, self._path(message_id)]

    def forget(self, message_id: str, *, files: bool) -> None:
        """Deletes a message's files, and then the message; a missing one is no error; raises like `delete`."""
        for path in self.paths_of(message_id) if files else [self._path(message_id)]:
            self.delete(path)

    def delete(self, path: str) -> bool:
        """Deletes the resource at a Twilio path (as `/2010-04-01/…/Messages/SM….json`); False if it is deleted already.

        Raises RetryLater (or Wait, which is one), or DeadLetter if the path is not Twilio's or Twilio refuses.
        """
        try:
            done(self._call("DELETE", path))
        except Gone:
            return False
        return True

    def _pages(self, asked: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
        """The pages of the message list; if the list does not end, raises CutShort after the last page that is read."""
        walk = Walk()
        path = f"{self._messages()}.json?{urlencode({name: value for name, value in asked.items() if value})}"
        while path:
            walk.enter(path)
            page = self._read(path)
            with _unreadable():
                messages, path = list(page["messages"]), str(page["next_page_uri"] or "")
            yield messages

    def _read(self, path: str) -> dict[str, Any]:
        return done(self._call("GET", path))

    def _call(self, method: str, path: str, form: Mapping[str, str] | None = None) -> httpx.Response:
        """Twilio's answer for one of its own paths: no earlier answer can send the credentials to another server."""
        if not path.startswith("/"):
            raise DeadLetter("Twilio named a page that is not its own")
        try:
            with self.http.stream(method, self.url + path, data=form, auth=self.credentials()) as answer:
                return bounded(answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RetryLater("Twilio did not answer, or its answer was incomplete") from error

    def _path(self, message_id: str) -> str:
        return f"{self._messages()}/{message_id}.json"

    def recording_path(self, recording: str) -> str:
        """The path of a call's recording; its file has an extension more (Twilio, "Recordings resource")."""
        return f"/2010-04-01/Accounts/{self.credentials()[0]}/Recordings/{recording}"

    def _messages(self) -> str:
        return f"/2010-04-01/Accounts/{self.credentials()[0]}/Messages"

    def _recordings(self) -> str:
        return f"/2010-04-01/Accounts/{self.credentials()[0]}/Recordings"

    def credentials(self) -> tuple[str, str]:
        """The account's sid and its token."""
        secret = self.secrets.get(self.secret_name)
        return field(secret, "account_sid", self.secret_name), field(secret, "auth_token", self.secret_name)


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise RetryLater("Twilio's list is not as documented") from error
