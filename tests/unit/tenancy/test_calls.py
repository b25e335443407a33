"""Calls: what is said in one is kept, read, exported, pushed and erased as its own company's, whatever a job claims."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.calls import CountingListener, live_job, said, started, stopped
from unit.hostile.bounded import bounded
from unit.tenancy.companies import Two

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.erasable import ErasableCalls
from ai_voice_shared.calls.exporting import exported
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import DeadLetter
from voice_parser.live.consoles import Consoles
from voice_parser.live.listening import Listening
from voice_parser.live.session import LiveSession

COMPANIES = ("acme", "acme-2", "acm", "bolt")
CALL_IDS = ("CA1", "CA2", "CA3")
WORDS = "the boiler of {}"

_events = st.lists(
    st.tuples(st.sampled_from(COMPANIES), st.sampled_from(CALL_IDS), st.integers(1, 5)), min_size=1, max_size=25
)


class Platform:
    """Live calls over an account."""

    def __init__(self, account: Account) -> None:
        self.account, self.told = account, list[tuple[str, Mapping[str, object]]]()
        for call_id in CALL_IDS:
            for company_id in COMPANIES:
                ErasableCalls(account.ledger).of_company(company_id).erase()
            account.ledger.delete_all(f"CALL#{call_id}", account.ledger.places(f"CALL#{call_id}"))
        self.session = LiveSession(
            calls=Calls(account.ledger),
            records=LiveRecords(account.ledger),
            company=lambda company_id: Company(company_id, company_id),
            is_erased=lambda _call_id: False,
            listening=Listening((CountingListener(),)),
            consoles=Consoles(self._tell),
            notes_queue=account.queue,
        )

    def take(self, company_id: str, call_id: str, number: int) -> None:
        """An event that a job says is of this company's call."""
        words = said(number, WORDS.format(company_id))
        event = started() if number == 1 else stopped(5) if number == 5 else words
        with suppress(DeadLetter):
            self.session.take(live_job(event, call_id, company_id), 1)

    def _tell(self, company_id: str, messages: Sequence[Mapping[str, object]]) -> None:
        self.told += [(company_id, message) for message in messages]


@given(events=_events)
@bounded(200)
def test_a_call_belongs_to_the_company_that_it_began_with(account: Account, events: list[tuple[str, str, int]]) -> None:
    platform = Platform(account)
    for company_id, call_id, number in events:
        platform.take(company_id, call_id, number)

    owners = {call_id: company_id for company_id, call_id, _ in reversed(events)}
    for company_id in COMPANIES:
        own = {call_id for call_id, owner in owners.items() if owner == company_id}
        shown = json.dumps(exported(Calls(account.ledger), company_id))
        assert {call.call_id for call in Calls(account.ledger).every(company_id)} == own
        assert {call_id for call_id in CALL_IDS if Calls(account.ledger).get(company_id, call_id)} == own
        assert not any(f'{WORDS.format(other)}"' in shown for other in COMPANIES if other != company_id)
    assert all(owners[str(message["call_id"])] == company_id for company_id, message in platform.told)


@given(events=_events, gone=st.sampled_from(COMPANIES))
@bounded(100)
def test_an_erased_company_takes_its_calls_along_and_no_others(
    account: Account, events: list[tuple[str, str, int]], gone: str
) -> None:
    platform = Platform(account)
    for company_id, call_id, number in events:
        platform.take(company_id, call_id, number)
    kept = {one: exported(Calls(account.ledger), one) for one in COMPANIES if one != gone}

    ErasableCalls(account.ledger).of_company(gone).erase()

    assert exported(Calls(account.ledger), gone) == []
    assert {one: exported(Calls(account.ledger), one) for one in COMPANIES if one != gone} == kept
    owners = {call_id: company_id for company_id, call_id, _ in reversed(events)}
    left = [call_id for call_id in CALL_IDS if account.ledger.places(f"CALL#{call_id}")]
    assert left == [call_id for call_id in CALL_IDS if owners.get(call_id, gone) != gone]


def test_no_other_company_reads_a_call(companies: Two) -> None:
    calls = Calls(companies.account.ledger)
    calls.begin(Call("CA1", "acme", "2026-11-29T09:00:00.000Z", customer="+15550100077"))

    assert companies.send("acme", "GET", "/v1/calls/CA1").status == 200
    assert companies.send(companies.attacker, "GET", "/v1/calls/CA1").status == 404
    assert companies.send(companies.attacker, "GET", "/v1/calls").json()["calls"] == []
    cursor = companies.send("acme", "GET", "/v1/calls", [("limit", 1)]).json()["next"]
    assert cursor is None
