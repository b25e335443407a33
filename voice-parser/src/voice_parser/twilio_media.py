"""Which hosts are asked for a message's file, how long, and how much of it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx

from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender
from voice_parser.twilio_answers import settle

MEGABYTE = 1_000_000
LARGEST_MEDIA = 16 * 1024 * 1024
"""Bytes; WhatsApp's limit for media (Twilio, "WhatsApp media messages")."""

_DOWNLOAD_SECONDS = 60.0
_REDIRECTS = 3

_NOT_YET = (0.0, 1.0, 3.0)
"""Media can answer 404 for a few seconds after the webhook: seconds to wait before each try."""

_GONE = frozenset({404, 410})


@dataclass(frozen=True)
class MediaHosts:
    """Where files of messages may come from.

    Attributes:
        url: the API's origin, the only one that is ever sent the credentials.
        origins: those media may come from, `*` standing for part of a host name.
    """

    http: httpx.Client
    credentials: Callable[[], tuple[str, str]]
    url: str
    origins: tuple[str, ...]
    sleep: Callable[[float], None]
    clock: Callable[[], float]

    def fetch(self, url: str, target: BinaryIO) -> None:
        """Writes the file behind a media URL to `target`.

        Raises:
            TellSender: it is larger than WhatsApp allows, or gone.
            RetryLater: Twilio did not answer as it should, or wants us to wait.
            DeadLetter: the URL is not Twilio's, or Twilio refuses our credentials.
        """
        for seconds in _NOT_YET:
            self.sleep(seconds)
            if self._fetched(url, target):
                return
        raise TellSender("media_gone")

    def _fetched(self, url: str, target: BinaryIO) -> bool:
        deadline = self.clock() + _DOWNLOAD_SECONDS
        for _ in range(_REDIRECTS + 1):
            self._only_from_twilio(url)
            own = _origin(url) == self.url
            try:
                with self.http.stream("GET", url, auth=self.credentials() if own else None) as answer:
                    if answer.has_redirect_location:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    if answer.status_code in _GONE:
                        return False
                    settle(answer)
                    if not answer.is_success:
                        raise DeadLetter(f"the media answered {answer.status_code}")
                    self._copy(answer, target, deadline)
                    return True
            except httpx.HTTPError as error:
                raise RetryLater("the media did not arrive") from error
        raise DeadLetter("the media redirects in circles")

    def _only_from_twilio(self, url: str) -> None:
        try:
            parts = urlsplit(str(httpx.URL(url)))
        except (ValueError, httpx.InvalidURL):
            raise DeadLetter("the media URL is none") from None
        if parts.username or not any(fnmatchcase(_origin(url), allowed) for allowed in self.origins):
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


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
