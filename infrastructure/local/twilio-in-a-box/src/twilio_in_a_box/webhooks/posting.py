"""Posts a signed form, as Twilio does, and tries again where the URL asks for it."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Literal

import httpx
from twilio.request_validator import RequestValidator

from twilio_in_a_box.webhooks.retries import Retries

TOTAL_SECONDS = 15.0
"""All attempts together (Twilio, "Connection overrides")."""

LONGEST_ANSWER = 64_000
"""Bytes of an answer that are read; TwiML is 64 kB at most (Twilio, "TwiML")."""


@dataclass(frozen=True)
class Attempt:
    """One POST and what came of it.

    Attributes:
        status: of the answer; 0 without one.
        problem: `ct` no connection, `rt` no answer in time or a broken one; empty with an answer.
        ms: how long it took, in milliseconds.
    """

    kind: Literal["webhook", "callback"]
    url: str
    form: Mapping[str, str]
    headers: Mapping[str, str]
    at: str
    status: int = 0
    answer: str = ""
    content_type: str = ""
    problem: str = ""
    ms: int = 0

    @property
    def is_done(self) -> bool:
        """Whether the receiver has taken it."""
        return httpx.codes.is_success(self.status)


@dataclass
class Poster:
    """Posts forms; `attempted` gets each attempt.

    Attributes:
        auth_token: signs them.
        patience: seconds that an answer may take, where Twilio's 15 are too few for a slow machine; 0 for Twilio's.
    """

    auth_token: Callable[[], str]
    attempted: Callable[[Attempt], None] = lambda _attempt: None
    patience: float = 0.0
    _client: httpx.Client | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, kind: Literal["webhook", "callback"], url: str, form: Mapping[str, str]) -> Attempt:
        """Posts, and posts again what failed, as the URL's fragment asks; returns the last attempt."""
        retries, plain = Retries.of(url), url.partition("#")[0]
        signature = RequestValidator(self.auth_token()).compute_signature(plain, dict(form))
        token = token_hex(16)
        began = time.monotonic()
        for number in range(retries.count + 1):
            headers = {"X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1 (twilio-in-a-box)"}
            headers |= {"I-Twilio-Idempotency-Token": token} if number else {}
            attempt = self._attempt(Attempt(kind, plain, dict(form), headers, _now()), retries)
            self.attempted(attempt)
            out_of_time = time.monotonic() - began >= (self.patience or TOTAL_SECONDS)
            if attempt.is_done or out_of_time or not retries.apply_to(attempt.problem or str(attempt.status)):
                break
        return attempt

    def close(self) -> None:
        """Closes all connections."""
        if self._client:
            self._client.close()

    def _http(self) -> httpx.Client:
        """Made when it is first needed: whom it trusts depends on the environment, which a host may set meanwhile."""
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))
        return self._client

    def _attempt(self, attempt: Attempt, retries: Retries) -> Attempt:
        timeout = httpx.Timeout(self.patience or retries.read_seconds, connect=retries.connect_seconds)
        began = time.monotonic()
        try:
            answer = self._http().post(attempt.url, data=dict(attempt.form), headers=attempt.headers, timeout=timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL):
            return _after(attempt, began, problem="ct")
        except httpx.HTTPError:
            return _after(attempt, began, problem="rt")
        content_type = answer.headers.get("content-type", "")
        text = answer.text[:LONGEST_ANSWER]
        return _after(attempt, began, status=answer.status_code, answer=text, content_type=content_type)


def _after(
    attempt: Attempt, began: float, *, status: int = 0, answer: str = "", content_type: str = "", problem: str = ""
) -> Attempt:
    ms = round((time.monotonic() - began) * 1000)
    asked = (attempt.kind, attempt.url, attempt.form, attempt.headers, attempt.at)
    return Attempt(*asked, status=status, answer=answer, content_type=content_type, problem=problem, ms=ms)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
