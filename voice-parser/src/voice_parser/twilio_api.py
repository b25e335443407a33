"""The only calls to Twilio: fetch a message's media, send an answer, list what was sent to us."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from typing import Annotated, Any, BinaryIO
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender
from ai_voice_shared.secrets import Secrets, field

MEGABYTE = 1_000_000
LARGEST_MEDIA = 16 * 1024 * 1024
"""Bytes; WhatsApp's limit for media (Twilio, "WhatsApp media messages")."""

LONGEST_BODY = 1600
"""Characters of one outbound message; error 21617 past it."""

_DOWNLOAD_SECONDS = 60.0
_REDIRECTS = 3
_PAGE = 1000
"""The most Twilio lists at once."""

_NOT_YET = (0.0, 1.0, 3.0)
"""Media can answer 404 for a few seconds after the webhook: seconds to wait before each try."""

_GONE = frozenset({404, 410})
_UNAUTHORIZED = frozenset({401, 403})
_RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})


class FeedbackRefused(Exception):  # noqa: N818 - reads as what it is
    """Twilio will not deliver this answer, now or later; `code` is Twilio's error code (63016: after 24 h, …)."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Twilio refused the answer with code {code}")
        self.code = code


class Listed(BaseModel, frozen=True):
    """An inbound message as Twilio's own list tells of it (Twilio, "Messages resource")."""

    sid: str
    account_sid: str
    sender: str = Field(alias="from")
    to: str
    body: str | None
    num_media: int
    sent_at: Annotated[datetime, BeforeValidator(lambda text: parsedate_to_datetime(str(text)))] = Field(
        alias="date_sent"
    )


class ListedMedia(BaseModel, frozen=True):
    """One file of a message (Twilio, "Media resource"); `uri` is a path that ends in `.json`."""

    uri: str
    content_type: str


@dataclass(frozen=True)
class TwilioApi:
    """Twilio's REST API for one account.

    Attributes:
        url: the API's origin, the only one that is ever sent the credentials.
        media_origins: origins media may come from, `*` standing for part of a host name.
    """

    http: httpx.Client
    secrets: Secrets
    secret_name: str
    url: str
    media_origins: tuple[str, ...]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def fetch(self, url: str, target: BinaryIO) -> None:
        """Writes the file behind a media URL to `target`.

        Raises:
            TellSender: it is larger than WhatsApp allows, or gone.
            RetryLater: Twilio did not answer as it should.
            DeadLetter: the URL is not Twilio's, or Twilio refuses our credentials.
        """
        for seconds in _NOT_YET:
            self.sleep(seconds)
            if self._fetched(url, target):
                return
        raise TellSender("media_gone")

    def send(self, sender: str, recipient: str, body: str, media_url: str | None = None) -> str:
        """Sends a WhatsApp message of at most 1600 characters and returns its sid.

        Twilio fetches the media from their URL by itself, soon after; Ogg/Opus arrives as a voice message, which can
        have no body (Twilio, "WhatsApp media messages").
        Raises FeedbackRefused, RetryLater or DeadLetter.
        """
        account, token = self._credentials()
        fields = {"From": sender, "To": recipient, "Body": body, "MediaUrl": media_url or ""}
        try:
            answer = self.http.post(
                f"{self.url}/2010-04-01/Accounts/{account}/Messages.json",
                data={name: value for name, value in fields.items() if value},
                auth=(account, token),
            )
        except httpx.HTTPError as error:
            raise RetryLater("Twilio did not answer") from error
        _settle(answer.status_code)
        settled = _json_object(answer)
        if answer.is_error:
            raise FeedbackRefused(str(settled.get("code", answer.status_code)))
        return str(settled.get("sid", ""))

    def received(self, since: date, recipient: str = "") -> Iterator[Listed]:
        """All messages sent to us, or to this number of ours, on that day (UTC) or later, the newest first.

        Raises RetryLater, or DeadLetter when Twilio refuses or its answer is unreadable.
        """
        account, _ = self._credentials()
        asked = {"DateSent>": since.isoformat(), "PageSize": str(_PAGE), "To": recipient}
        query = urlencode({name: value for name, value in asked.items() if value})
        path = f"/2010-04-01/Accounts/{account}/Messages.json?{query}"
        while path:
            page = self._read(path)
            with _unreadable():
                yield from (Listed.model_validate(one) for one in page["messages"] if one["direction"] == "inbound")
                path = str(page["next_page_uri"] or "")

    def media_of(self, message_id: str) -> list[tuple[str, str]]:
        """The URL and content type of each file of a message, as its webhook names them; raises as `received`."""
        account, _ = self._credentials()
        page = self._read(f"/2010-04-01/Accounts/{account}/Messages/{message_id}/Media.json?PageSize={_PAGE}")
        with _unreadable():
            files = [ListedMedia.model_validate(one) for one in page["media_list"]]
        return [(self.url + file.uri.removesuffix(".json"), file.content_type) for file in files]

    def _read(self, path: str) -> dict[str, Any]:
        """What Twilio answers to a path of its own: no answer can send the credentials elsewhere."""
        if not path.startswith("/"):
            raise DeadLetter("Twilio named a page that is not its own")
        try:
            answer = self.http.get(self.url + path, auth=self._credentials())
        except httpx.HTTPError as error:
            raise RetryLater("Twilio did not answer") from error
        _settle(answer.status_code)
        if not answer.is_success:
            raise DeadLetter(f"Twilio answered {answer.status_code}")
        return _json_object(answer)

    def _fetched(self, url: str, target: BinaryIO) -> bool:
        deadline = self.clock() + _DOWNLOAD_SECONDS
        for _ in range(_REDIRECTS + 1):
            self._only_from_twilio(url)
            own = _origin(url) == self.url
            try:
                with self.http.stream("GET", url, auth=self._credentials() if own else None) as answer:
                    if answer.has_redirect_location:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    if answer.status_code in _GONE:
                        return False
                    _settle(answer.status_code)
                    if not answer.is_success:
                        raise DeadLetter(f"the media answered {answer.status_code}")
                    self._copy(answer, target, deadline)
                    return True
            except httpx.HTTPError as error:
                raise RetryLater("the media did not arrive") from error
        raise DeadLetter("the media redirects in circles")

    def _only_from_twilio(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.username or not any(fnmatchcase(_origin(url), allowed) for allowed in self.media_origins):
            raise DeadLetter("the media URL is not one of Twilio's hosts")

    def _copy(self, answer: httpx.Response, target: BinaryIO, deadline: float) -> None:
        target.seek(0)
        target.truncate()
        size = 0
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > LARGEST_MEDIA:
                raise TellSender("too_large", megabytes=str(LARGEST_MEDIA // MEGABYTE))
            if self.clock() > deadline:
                raise RetryLater("the media took too long")
            target.write(chunk)

    def _credentials(self) -> tuple[str, str]:
        """An API key where there is one (it can be revoked alone), else the account's token."""
        secret = self.secrets.get(self.secret_name)
        return field(secret, "account_sid", self.secret_name), field(secret, "auth_token", self.secret_name)


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except (ValidationError, KeyError, TypeError) as error:
        raise DeadLetter("Twilio's list is not as documented") from error


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _settle(status: int) -> None:
    if status in _UNAUTHORIZED:
        raise DeadLetter(f"Twilio answered {status}: check the Twilio secret")
    if status in _RETRYABLE:
        raise RetryLater(f"Twilio answered {status}")


def _json_object(answer: httpx.Response) -> dict[str, Any]:
    try:
        fields = answer.json()
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
