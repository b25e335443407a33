"""Which hosts are asked for a message's file, how long, and how much of it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx

from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender
from ai_voice_shared.vendor_failures import is_page, passing, refusal
from voice_parser.twilio.answers import NAME, unauthorized

MEGABYTE = 1_000_000
LARGEST_MEDIA = 16 * 1024 * 1024
"""Bytes; WhatsApp's limit for media (Twilio, "WhatsApp media messages")."""

_DOWNLOAD_SECONDS = 60.0
_REDIRECTS = 3

_NOT_YET = (0.0, 1.0, 3.0)
"""Media can answer 404 for a few seconds after the webhook: seconds to wait before each try."""

_UNAUTHORIZED = frozenset({401, 403})
_GONE = frozenset({404, 410})
_SHOWN = frozenset({"audio", "video", "image"})
_HEAD = 512
"""Bytes that tell a page."""

_AS_IT_IS = {"accept-encoding": "identity"}
_DECODED = frozenset({"", "identity", "gzip", "deflate"})
"""Content encodings that we undo; the bytes of any other would be kept for a recording."""


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

    def fetch(self, url: str, target: BinaryIO, content_type: str = "") -> None:
        """Writes the file behind a media URL, of the type its message declares, to `target`.

        Raises:
            TellSender: it is larger than WhatsApp allows, or gone.
            RetryLater: Twilio did not answer as it should, or wants us to wait.
            DeadLetter: the URL is not Twilio's, or Twilio refuses our credentials.
        """
        self._only_from_twilio(url)
        for seconds in _NOT_YET:
            self.sleep(seconds)
            if self._fetched(url, target, content_type):
                return
        raise TellSender("media_gone")

    def _fetched(self, url: str, target: BinaryIO, content_type: str) -> bool:
        """Whether the file was there, and is in `target`."""
        deadline = self.clock() + _DOWNLOAD_SECONDS
        for _ in range(_REDIRECTS + 1):
            own = _origin(url) == self.url
            try:
                with self.http.stream(
                    "GET", url, headers=_AS_IT_IS, auth=self.credentials() if own else None
                ) as answer:
                    if answer.has_redirect_location:
                        url = self._redirected(url, answer.headers["location"])
                    elif _is_there(answer, content_type, own=own):
                        self._copy(answer, target, deadline)
                        return _is_file(target, content_type)
                    else:
                        return False
            except (httpx.HTTPError, httpx.InvalidURL) as error:  # it reads redirects, too, which it does not follow
                raise RetryLater("Twilio's media did not arrive, or not to the end") from error
        raise RetryLater("Twilio's media redirect in circles")

    def _redirected(self, url: str, location: str) -> str:
        """A proxy's login page is behind a redirect, too; it is not followed, and passes."""
        try:
            target = urljoin(url, location)
            self._only_from_twilio(target)
        except (ValueError, DeadLetter):
            raise RetryLater("Twilio's media redirect to a host that is not Twilio's") from None
        return target

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


def _is_there(answer: httpx.Response, content_type: str, *, own: bool) -> bool:
    """Whether the answer is the file; raises as `fetch`. Only Twilio itself (`own`) was sent the credentials.

    What a media host refuses is the signed link of the redirect, which the next try gets new.
    """
    status, page = answer.status_code, _is_page(answer, content_type)
    if later := passing(f"{NAME}'s media", status, answer.headers, own=not page):
        raise later
    if status in _GONE:
        return False
    if own and status in _UNAUTHORIZED:
        raise unauthorized(status)
    if own and not answer.is_success:
        raise refusal(f"{NAME}'s media", status)
    if status != httpx.codes.OK:
        raise RetryLater(f"{NAME}'s media answered {status}")
    if answer.headers.get("content-encoding", "").strip().casefold() not in _DECODED:
        raise RetryLater(f"{NAME}'s media came in an encoding that nobody asked for")
    return True


def _is_page(answer: httpx.Response, content_type: str) -> bool:
    """Whether a proxy's page came in place of the file; a message may also declare that its file is a page."""
    return is_page(answer.headers.get("content-type", ""), b"") and not is_page(content_type, b"")


def _is_file(target: BinaryIO, content_type: str) -> bool:
    """True; raises RetryLater where a sound or a picture was declared, and a page came under any other name."""
    target.seek(0)
    if content_type.partition("/")[0] in _SHOWN and is_page("", target.read(_HEAD)):
        raise RetryLater(f"{NAME}'s media came as a page")
    return True


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
