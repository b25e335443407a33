"""One table for both vendors: a failure that it does not list as a refusal is temporary."""

import pytest

from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.vendor_failures import REFUSALS, given_up, is_page, passing, refusal

REFUSED = {400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 451}


def test_the_table_of_refusals_is_short_and_gives_a_reason_for_each() -> None:
    assert set(REFUSALS) == REFUSED
    assert all(REFUSALS.values())


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_but_a_success_and_a_refusal_of_the_vendor_itself_is_tried_again(status: int) -> None:
    later = passing("Twilio", status, {}, own=True)
    if status in REFUSED or 200 <= status < 300:
        assert later is None
    else:
        assert str(later) == f"Twilio answered {status}"
        assert isinstance(later, Wait) == (status == 429)


@pytest.mark.parametrize("status", range(100, 600))
def test_what_somebody_between_answers_is_tried_again_whatever_its_status(status: int) -> None:
    later = passing("OpenAI", status, {}, own=False)
    assert isinstance(later, RetryLater)
    assert f"OpenAI answered {status}" in str(later)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {}, 20),
        (429, {"Retry-After": "0"}, 1),
        (503, {"Retry-After": "7"}, 7),
        (503, {"retry-after": "9999"}, 3600),
    ],
)
def test_who_says_when_to_come_again_is_waited_for(status: int, headers: dict[str, str], seconds: int) -> None:
    for own in (True, False):
        wait = passing("OpenAI", status, headers, own=own)
        assert isinstance(wait, Wait)
        assert wait.seconds == seconds


@pytest.mark.parametrize("code", ["insufficient_quota", "billing_not_active", "billing_hard_limit_reached"])
def test_a_used_up_account_is_no_rate_limit(code: str) -> None:
    assert passing("OpenAI", 429, {"retry-after": "1"}, own=True, code=code) is None
    assert f"OpenAI answered 429 {code}: the account" in str(refusal("OpenAI", 429, code))
    assert isinstance(given_up("OpenAI", code), DeadLetter)


def test_a_reason_never_holds_what_could_be_text() -> None:
    said = "Jane called +1 555 0100"
    assert str(refusal("OpenAI", 400, said)) == "OpenAI answered 400: our request is wrong"
    assert str(given_up("OpenAI", said)) == "OpenAI failed with no code"


@pytest.mark.parametrize(
    ("content_type", "head", "page"),
    [
        ("text/html; charset=utf-8", b"", True),
        ("application/xhtml+xml", b"", True),
        ("application/json", b"\n <!DOCTYPE html><title>Sign in</title>", True),
        ("", b"\xef\xbb\xbf<html>", True),
        ("audio/ogg", b"OggS", False),
        ("application/xml", b'<?xml version="1.0"?><Error/>', False),
        ("image/svg+xml", b"<svg>", False),
    ],
)
def test_a_page_is_told_by_its_type_or_its_first_bytes(content_type: str, head: bytes, *, page: bool) -> None:
    assert is_page(content_type, head) is page
