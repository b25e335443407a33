"""Sends a signed form, as Twilio does, and tries again where the URL asks for it."""

import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
    """One request and what came of it.

    Attributes:
        method: `POST`, or `GET`, whose URL has the parameters.
        phone: the number that it is about, where its form does not say it.
        unsigned: the names of parameters that the signature leaves out.
        location: where the answer leads to; empty where it leads nowhere.
        status: of the answer; 0 without one.
        problem: `ct` no connection, `rt` no answer in time or a broken one; empty with an answer.
        ms: how long it took, in milliseconds.
    """

    kind: Literal["webhook", "callback"]
    url: str
    form: Mapping[str, str]
    headers: Mapping[str, str]
    at: str
    method: str = "POST"
    phone: str = ""
    unsigned: frozenset[str] = frozenset()
    location: str = ""
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
    """Sends forms; `attempted` gets each attempt.

    Attributes:
        auth_token: signs them.
        patience: seconds that an answer may take, where Twilio's 15 are too few for a slow machine; 0 for Twilio's.
    """

    auth_token: Callable[[], str]
    attempted: Callable[[Attempt], None] = lambda _attempt: None
    patience: float = 0.0
    _client: httpx.Client | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(
        self,
        kind: Literal["webhook", "callback"],
        url: str,
        form: Mapping[str, str],
        method: str = "POST",
        phone: str = "",
        unsigned: frozenset[str] = frozenset(),
    ) -> Attempt:
        """Sends, and sends again what failed, as the URL's fragment asks; returns the last attempt."""
        retries, plain = Retries.of(url), url.partition("#")[0]
        if method == "GET" and form:
            plain += ("&" if "?" in plain else "?") + urllib.parse.urlencode(dict(form))
        sent = {} if method == "GET" else dict(form)
        signature = RequestValidator(self.auth_token()).compute_signature(plain, signed(sent, unsigned))
        token = token_hex(16)
        began = time.monotonic()
        for number in range(retries.count + 1):
            headers = {"X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1 (twilio-in-a-box)"}
            headers |= {"I-Twilio-Idempotency-Token": token} if number else {}
            attempt = self._attempt(Attempt(kind, plain, sent, headers, _now(), method, phone, unsigned), retries)
            self.attempted(attempt)
            out_of_time = time.monotonic() - began >= (self.patience or TOTAL_SECONDS)
            if (
                attempt.is_done
                or attempt.location
                or out_of_time
                or not retries.apply_to(attempt.problem or str(attempt.status))
            ):
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
            data = dict(attempt.form) if attempt.method == "POST" else None
            answer = self._http().request(
                attempt.method, attempt.url, data=data, headers=attempt.headers, timeout=timeout
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL):
            return _after(attempt, began, problem="ct")
        except httpx.HTTPError:
            return _after(attempt, began, problem="rt")
        text, told = answer.text[: LONGEST_ANSWER + 1], answer.headers
        location = told.get("location", "") if answer.is_redirect else ""
        content_type = told.get("content-type", "")
        after = replace(attempt, status=answer.status_code, answer=text, content_type=content_type, location=location)
        return _after(after, began)


def signed(form: Mapping[str, str], unsigned: frozenset[str]) -> dict[str, str]:
    """The parameters of a form that are signed."""
    return {name: value for name, value in form.items() if name not in unsigned}


def _after(attempt: Attempt, began: float, problem: str = "") -> Attempt:
    return replace(attempt, problem=problem, ms=round((time.monotonic() - began) * 1000))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
