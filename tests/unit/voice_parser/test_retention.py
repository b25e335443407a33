"""A company's notes are kept for as long as it wants, and never for less."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from support.account import Account
from support.app import FakeTwilio
from support.erasing import eraser, keep

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.domain import timestamp
from ai_voice_shared.errors import Misconfigured, RetryLater
from ai_voice_shared.records.note_lists import Filter
from ai_voice_shared.records.notes import Note, Notes
from voice_parser import eraser_handler
from voice_parser.eraser.retention import Expired, Retention

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Context:
    """Lambda's, with so much time left at each look."""

    def __init__(self, *seconds: int) -> None:
        self._left = list(seconds)

    def get_remaining_time_in_millis(self) -> int:
        return (self._left.pop(0) if len(self._left) > 1 else self._left[0]) * 1000


class Counting:
    """A ledger's client that counts its queries."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.queries = 0

    def __getattr__(self, name: str) -> Any:
        self.queries += name == "query"
        return getattr(self._client, name)


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def retention(account: Account, twilio: FakeTwilio, days: Mapping[str, int]) -> Retention:
    return Retention(account.ledger, eraser(account, twilio), lambda: days, lambda: NOW)


def listed(account: Account, sid: str, days: float, company_id: str = "acme") -> None:
    """A note that is so old."""
    at = timestamp(NOW - timedelta(days=days))
    Notes(account.ledger).open(Note(company_id, sid, "sam", at))


def left(account: Account, company_id: str = "acme") -> list[str]:
    """The notes that are still there, the newest first."""
    return [note.message_id for note in Notes(account.ledger).list(company_id, Filter(), 1000).notes]


def always() -> bool:
    return True


def test_what_is_older_than_its_company_keeps_it_is_erased_and_nothing_else(
    account: Account, twilio: FakeTwilio
) -> None:
    for days in (0.5, 6.99, 7.01, 30, 400):
        listed(account, f"MM{int(days * 100)}", days)
        listed(account, f"XX{int(days * 100)}", days, "bolt")
        listed(account, f"YY{int(days * 100)}", days, "clay")
    run = retention(account, twilio, {"acme": 7, "bolt": 365}).run(always)
    assert run == Expired(erased=4, failed=0)
    assert left(account) == ["MM50", "MM699"]
    assert len(left(account, "bolt")) == 4
    assert len(left(account, "clay")) == 5


def test_an_expired_note_leaves_as_little_as_a_deleted_one(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")  # two hours old
    assert retention(account, twilio, {"acme": 1}).run(always).erased == 0
    later = Retention(account.ledger, eraser(account, twilio), lambda: {"acme": 1}, lambda: NOW + timedelta(days=1))
    assert later.run(always).erased == 1
    assert not account.store.versions("")
    assert (twilio.received, twilio.log, twilio.media) == ([], [], {})


def test_it_stops_when_its_time_runs_low_and_the_next_run_goes_on_the_oldest_first(
    account: Account, twilio: FakeTwilio
) -> None:
    for days in (8, 9, 10, 11):
        listed(account, f"MM{days}", days)
    expiring = retention(account, twilio, {"acme": 7})
    assert eraser_handler.expire(expiring, Context(900, 900, 59)) == {"erased": 2}
    assert left(account) == ["MM8", "MM9"]
    assert eraser_handler.expire(expiring, Context(900)) == {"erased": 2}
    assert left(account) == []


def test_a_note_that_brings_out_a_bug_does_not_hold_up_the_others(account: Account, twilio: FakeTwilio) -> None:
    for days in (8, 9, 10):
        listed(account, f"MM{days}", days)
    Notes(account.ledger).update("acme", "MM10", {"kind": "unheard-of"})
    assert retention(account, twilio, {"acme": 7}).run(always) == Expired(erased=2, failed=1)


def test_a_large_company_does_not_hold_up_a_small_one(account: Account, twilio: FakeTwilio) -> None:
    for number in range(30):
        listed(account, f"MM{number}", 10 + number)
    listed(account, "XX1", 10, "bolt")
    eraser_handler.expire(retention(account, twilio, {"acme": 7, "bolt": 7}), Context(900, 900, 1))
    assert left(account, "bolt") == []
    assert len(left(account)) == 29


def test_a_run_costs_what_expires_not_what_a_company_has(account: Account, twilio: FakeTwilio) -> None:
    for number in range(120):
        listed(account, f"MM{number}", number / 100)
    expiring = retention(account, twilio, {"acme": 7})
    client = Counting(account.ledger.client)
    ledger = Ledger(cast("Any", client), account.ledger.table)
    counted = Retention(ledger, expiring.eraser, expiring.retentions, expiring.clock)
    assert counted.run(always) == Expired(0, 0)
    assert client.queries == 1


def test_more_than_a_page_expires_in_one_run(account: Account, twilio: FakeTwilio) -> None:
    for number in range(60):
        listed(account, f"MM{number}", 10 + number / 100)
    assert retention(account, twilio, {"acme": 7}).run(always).erased == 60
    assert left(account) == []


def test_one_that_fails_does_not_hold_up_the_others_and_the_run_tells(
    account: Account, twilio: FakeTwilio, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in (8, 9, 10):
        listed(account, f"MM{days}", days)
    twilio.answers = [httpx.ConnectError("away")]
    with pytest.raises(RetryLater, match="1 expired notes"):
        eraser_handler.expire(retention(account, twilio, {"acme": 7}), Context(900))
    assert left(account) == ["MM10"]
    told = capsys.readouterr().out
    assert '"NotesExpired": 2' in told
    assert '"RetentionFailed": 1' in told


def test_a_secret_that_nobody_set_stops_the_run_at_once(account: Account, twilio: FakeTwilio) -> None:
    for days in (8, 9):
        listed(account, f"MM{days}", days)
    account.put_secret("ai-voice-tool/test/twilio", {"account_sid": "unset"})
    with pytest.raises(Misconfigured):
        retention(account, twilio, {"acme": 7}).run(always)
    assert left(account) == ["MM8", "MM9"]


def test_without_any_retention_nothing_is_asked_for(account: Account, twilio: FakeTwilio) -> None:
    listed(account, "MM1", 4000)
    assert retention(account, twilio, {}).run(always) == Expired(0, 0)
    assert left(account) == ["MM1"]
