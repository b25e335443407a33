"""Which failures of a vendor's API are final: those in one short table, in the vendor's own words. All others may pass.

The table is the same for OpenAI (or a server with its API) and for Twilio. If a call is tried again without need, this
costs seconds, and the message is parked with its reason in the end. If a call is given up too early, the note is lost.
"""

import re
from collections.abc import Mapping

from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.openai.rate_limits import asked_to_wait, seconds_to_wait
from ai_voice_shared.twilio_errors import TOO_MANY_REQUESTS

REFUSALS = {
    400: "our request is wrong",
    401: "our credentials are not accepted",
    402: "the account has to be paid first",
    403: "our credentials do not allow it",
    404: "it does not exist",
    405: "the method is not allowed there",
    410: "it is gone",
    413: "our request is too large",
    415: "it does not accept this type of content",
    422: "our request cannot be carried out",
    451: "the law forbids it",
}
"""By status, why the same request would be refused again. Statuses that are not here may pass: every 1xx, 3xx and 5xx,
408, 409 (a conflict with another request; at Twilio also a message that is still being sent and cannot be deleted yet),
425, 429, and the statuses that only proxies use (499, 520 to 530, 599).
"""

_SPENT = {
    "insufficient_quota": "the account's quota is used up",
    "billing_hard_limit_reached": "the account's budget is used up",
    "billing_not_active": "the account has to be paid first",
}
"""OpenAI's codes for which waiting does not help, although they come with 429 (OpenAI, "Error codes")."""

_WAITING = frozenset({"rate_limit_exceeded", TOO_MANY_REQUESTS, "21611"})
"""Codes for too many requests, with any status: OpenAI's in a streamed answer; Twilio's for the account, and for a
number whose queue is full (Twilio, "Error and warning dictionary").
"""

_UNAVAILABLE = 503
_TOO_MANY = 429
_CODE = re.compile(r"[A-Za-z0-9_.\-]{1,60}")
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def passing(vendor: str, status: int, headers: Mapping[str, str], *, own: bool, code: str = "") -> RetryLater | None:
    """What to raise if a later try may succeed: RetryLater, or Wait; None for a success and for a refusal.

    Args:
        vendor: its name in the reason.
        status: of the answer.
        headers: of the answer, found in upper or lower case.
        own: whether the body is the vendor's own. A proxy's page is not, with any status: a login page (200), a
            block page (403) or a page about an unknown host (404) says nothing about the vendor.
        code: the vendor's own error code.
    """
    told = f"{vendor} answered {status}"
    if own and code in _SPENT:
        return None
    if status == _TOO_MANY or (own and code in _WAITING) or (status == _UNAVAILABLE and asked_to_wait(headers)):
        return Wait(told, seconds_to_wait(headers))
    if not (_is_success(status) or status in REFUSALS):
        return RetryLater(told)
    return None if own else RetryLater(f"{told}, but not in its own words")


def refusal(vendor: str, status: int, code: str = "") -> DeadLetter:
    """What to raise for a refusal: it names the status, the vendor's code and why it is final."""
    why = _SPENT.get(code) or REFUSALS.get(status, "")
    named = f"{vendor} answered {status} {safe_code(code)}".strip()
    return DeadLetter(f"{named}: {why}" if why else named)


def given_up(vendor: str, code: str) -> RetryLater | DeadLetter:
    """What to raise if the vendor began well (200), then failed with this code."""
    if code in _SPENT:
        return DeadLetter(f"{vendor} failed with {code}: {_SPENT[code]}")
    told = f"{vendor} failed with {safe_code(code) or 'no code'}"
    return Wait(told, seconds_to_wait({})) if code in _WAITING else RetryLater(told)


def is_page(content_type: str, head: bytes) -> bool:
    """Whether a body is an HTML page, by its declared type or its first bytes. No API answers with a page."""
    return "html" in content_type.casefold() or bool(_PAGE.match(head))


def safe_code(code: str) -> str:
    """The code, if it looks like one; empty for anything that could be a text."""
    return code if _CODE.fullmatch(code) else ""


def _is_success(status: int) -> bool:
    return status // 100 == 2  # noqa: PLR2004 - 2xx
