"""How a large file whose hash is known beforehand is fetched: from known hosts only, resumed, and checked before use.

huggingface_hub, which comes with faster-whisper, does less: it compares a file's size but not its content, follows
redirects to any host, begins again after its process has ended, and asks a mirror for more than files.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_AS_IT_IS = {"accept-encoding": "identity"}
_REDIRECTS = 5
_FIRST_PAUSES = (1.0, 2.0, 4.0)
_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds to wait before each new try: at the beginning, and after something came, when a network may come back."""
_FIRST_SECONDS = 120.0
_SLOWEST = 50_000
"""Bytes a second: a file may take so long, and no longer."""
_STEP = 5
"""Percent from one line about the progress to the next."""
_MEGABYTE = 1_000_000


class NotFetched(Exception):  # noqa: N818 - reads as what it is
    """The file could not be fetched; the message says why, without a full stop."""


class _TryAgain(Exception):  # noqa: N818 - named after what happens next
    """The answer is of no use now; the next one may be."""


@dataclass(frozen=True)
class PinnedFile:
    """A file, known by its content.

    Attributes:
        size: bytes.
        sha256: in hexadecimal digits.
    """

    name: str
    size: int
    sha256: str

    def is_in(self, folder: Path) -> bool:
        """Whether the folder holds a file of this name and size."""
        return _size(folder / self.name) == self.size

    def is_whole_in(self, folder: Path) -> bool:
        """Whether the folder holds this file; reads all of it."""
        return self.is_in(folder) and _sha256(folder / self.name) == self.sha256


@dataclass(frozen=True)
class Origin:
    """Where files are fetched from.

    Attributes:
        url: what stands before each path, without a slash at its end.
        redirects_to: the other hosts to which it may lead; `*` stands for part of a name.
    """

    http: httpx.Client
    url: str
    redirects_to: tuple[str, ...] = ()
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    @property
    def shown(self) -> str:
        """The URL for people, without a password."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def fetch(self, path: str, file: PinnedFile, folder: Path, progress: Callable[[int], None]) -> None:
        """Puts the file into the folder, under its name only when it is whole and checked.

        What came is kept beside it (`.part`), and the next call goes on from there. `progress` gets the bytes so far.

        Raises:
            NotFetched: it did not come, or is another file.
            OSError: the folder cannot be written.
        """
        part = folder / f"{file.name}.part"
        goes_on = part.exists()
        self._receive(path, file, part, progress)
        if _sha256(part) != file.sha256:
            part.unlink()
            if not goes_on:
                raise NotFetched(f"what came as {file.name} is another file: its SHA-256 is not the one that we pin")
            self.fetch(path, file, folder, progress)  # the part of an earlier run may have been the wrong one
            return
        part.replace(folder / file.name)

    def _receive(self, path: str, file: PinnedFile, part: Path, progress: Callable[[int], None]) -> None:
        """Goes on after each break, as long as something comes."""
        deadline = self.clock() + _FIRST_SECONDS + file.size / _SLOWEST
        pauses = iter(_FIRST_PAUSES)
        while (before := _size(part)) < file.size:
            reason = "it sends nothing"
            try:
                self._receive_once(f"{self.url}/{path}", file, part, deadline, progress)
            except (httpx.TransportError, _TryAgain) as error:
                reason = str(error) or type(error).__name__
            except (httpx.InvalidURL, ValueError):
                raise NotFetched("it redirects to what is no URL") from None
            if _size(part) > before:
                pauses = iter(_PAUSES)
            elif (pause := next(pauses, None)) is None:
                raise NotFetched(reason)
            else:
                self.sleep(pause)

    def _receive_once(
        self, url: str, file: PinnedFile, part: Path, deadline: float, progress: Callable[[int], None]
    ) -> None:
        with (
            self._answer(url, part) as answer,
            part.open("ab" if answer.status_code == httpx.codes.PARTIAL_CONTENT else "wb") as target,
        ):
            for chunk in answer.iter_raw():
                if target.tell() + len(chunk) > file.size:
                    target.truncate(0)
                    raise NotFetched(f"what comes as {file.name} is larger than the file that we pin")
                if self.clock() > deadline:
                    raise NotFetched(f"{file.name} comes too slowly; the next try goes on where this one ended")
                target.write(chunk)
                progress(target.tell())

    @contextmanager
    def _answer(self, url: str, part: Path) -> Iterator[httpx.Response]:
        """The answer with the file's bytes: from the end of the part on, or all of them."""
        start = _size(part)
        headers = _AS_IT_IS | ({"range": f"bytes={start}-"} if start else {})
        for _ in range(_REDIRECTS + 1):
            self._only_known(url)
            with self.http.stream("GET", url, headers=headers, follow_redirects=False) as answer:
                if not answer.has_redirect_location:
                    _check(answer, part, start)
                    yield answer
                    return
                url = urljoin(url, answer.headers["location"])
        raise NotFetched("it redirects in circles")

    def _only_known(self, url: str) -> None:
        """Raises NotFetched for another host than ours, and where others could read or change what comes."""
        parts, own = urlsplit(url), urlsplit(self.url).hostname
        host = parts.hostname or ""
        local = host in LOOPBACK and own in LOOPBACK
        if host != own and not local and not any(fnmatchcase(host, known) for known in self.redirects_to):
            raise NotFetched(f"it redirects to {host}, which is not a host that we fetch from")
        if parts.scheme != "https" and not (local and parts.scheme == "http"):
            raise NotFetched(f"{parts.scheme}://{host} is not https")


class Progress:
    """Tells how much of several files is there, at every few percent.

    Attributes:
        done: bytes of the files that are there already.
    """

    def __init__(self, what: str, size: int, tell: Callable[[str], None]) -> None:
        self._what, self._size, self._tell = what, size, tell
        self._next = 0
        self.done = 0

    def __call__(self, of_this_file: int) -> None:
        """So many bytes of the file that comes now are there."""
        there = self.done + of_this_file
        percent = 100 * there // self._size
        if percent >= self._next:
            self._next = percent - percent % _STEP + _STEP
            self._tell(f"{self._what}: {percent} %, {megabytes(there)} of {megabytes(self._size)} MB")


def megabytes(size: int) -> str:
    """Bytes as whole megabytes, for people."""
    return f"{size / _MEGABYTE:,.0f}"


def _check(answer: httpx.Response, part: Path, start: int) -> None:
    """Raises for an answer that does not hold the wanted bytes."""
    status, told = answer.status_code, f"it answers {answer.status_code}"
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.unlink(missing_ok=True)
        raise _TryAgain(told)
    if status == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        raise _TryAgain(told)
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise NotFetched(told)
    if status == httpx.codes.PARTIAL_CONTENT and not answer.headers.get("content-range", "").startswith(
        f"bytes {start}-"
    ):
        part.unlink(missing_ok=True)
        raise _TryAgain("it sends another part than the one that was asked for")


def _size(file: Path) -> int:
    """Bytes; 0 for a file that is not there."""
    return file.stat().st_size if file.is_file() else 0


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
