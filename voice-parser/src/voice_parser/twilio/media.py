"""From which hosts a message's file is fetched, how long we try, and how large it may be."""

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
"""Seconds to wait before each try: media can answer 404 for a few seconds after the webhook."""

_UNAUTHORIZED = frozenset({401, 403})
_GONE = frozenset({404, 410})
_SHOWN = frozenset({"audio", "video", "image"})
_HEAD = 512
"""Bytes that show a page."""

_AS_IT_IS = {"accept-encoding": "identity"}
_DECODED = frozenset({"", "identity", "gzip", "deflate"})
"""Content encodings that we decode. With any other, encoded bytes would be kept as the recording."""


class WrongForm(DeadLetter):
    """Twilio has the file, but not in the form that was asked for."""


@dataclass(frozen=True)
class MediaHosts:
    """Where files of messages may come from.

    Attributes:
        url: the API's origin, the only one that gets the credentials.
        origins: those from which media may come; `*` stands for part of a host name.
        largest: bytes; a larger file is refused.
        longest: seconds that one try may take.
    """

    http: httpx.Client
    credentials: Callable[[], tuple[str, str]]
    url: str
    origins: tuple[str, ...]
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    largest: int = LARGEST_MEDIA
    longest: float = _DOWNLOAD_SECONDS

    def fetch(self, url: str, target: BinaryIO, content_type: str = "") -> None:
        """Writes the file of a media URL to `target`; its message declares its type.

        Raises:
            TellSender: it is larger than WhatsApp allows, or does not exist any more.
            RetryLater: Twilio did not answer as it should, or asks us to wait.
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
        deadline = self.clock() + self.longest
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
            except (httpx.HTTPError, httpx.InvalidURL) as error:  # it also reads redirects, but does not follow them
                raise RetryLater("Twilio's media did not arrive, or was incomplete") from error
        raise RetryLater("Twilio's media redirect in circles")

    def _redirected(self, url: str, location: str) -> str:
        """A redirect may also lead to a proxy's login page. It is not followed, and a retry may help."""
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
            raise DeadLetter("the media URL is not a URL") from None
        if parts.username or not any(fnmatchcase(_origin(url), allowed) for allowed in self.origins):
            raise DeadLetter("the media URL is not one of Twilio's hosts")

    def _copy(self, answer: httpx.Response, target: BinaryIO, deadline: float) -> None:
        target.seek(0)
        target.truncate()
        size = 0
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > self.largest:
                raise TellSender("too_large", megabytes=str(self.largest // MEGABYTE))
            if self.clock() > deadline:
                raise RetryLater("the media took too long")
            target.write(chunk)


def _is_there(answer: httpx.Response, content_type: str, *, own: bool) -> bool:
    """Whether the answer is the file; raises like `fetch`. Only Twilio itself (`own`) got the credentials.

    A media host can only refuse the signed link of the redirect; the next try gets a new link.
    """
    status, page = answer.status_code, _is_page(answer, content_type)
    if later := passing(f"{NAME}'s media", status, answer.headers, own=not page):
        raise later
    if status in _GONE:
        return False
    if own and status in _UNAUTHORIZED:
        raise unauthorized(status)
    if own and status == httpx.codes.BAD_REQUEST:
        raise WrongForm(f"{NAME}'s media answered {status}")
    if own and not answer.is_success:
        raise refusal(f"{NAME}'s media", status)
    if status != httpx.codes.OK:
        raise RetryLater(f"{NAME}'s media answered {status}")
    if answer.headers.get("content-encoding", "").strip().casefold() not in _DECODED:
        raise RetryLater(f"{NAME}'s media came in an encoding that we did not ask for")
    return True


def _is_page(answer: httpx.Response, content_type: str) -> bool:
    """Whether a proxy's page came in place of the file. A message may also declare that its file is a page."""
    return is_page(answer.headers.get("content-type", ""), b"") and not is_page(content_type, b"")


def _is_file(target: BinaryIO, content_type: str) -> bool:
    """True; raises RetryLater if a sound or a picture was declared, and a page came under any other type."""
    target.seek(0)
    if content_type.partition("/")[0] in _SHOWN and is_page("", target.read(_HEAD)):
        raise RetryLater(f"{NAME}'s media came as a page")
    return True


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
