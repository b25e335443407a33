"""A job that names another company's call, or a hint that it has not, tells nobody of anything."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.app import FakeApp
from unit.hostile.bounded import bounded

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.company_calls import CompanyCalls
from ai_voice_shared.calls.events import Event
from ai_voice_shared.calls.live_records import KeptEvent, LiveRecords, LiveState
from ai_voice_shared.calls.model import Hint
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer, now, timestamp
from ai_voice_shared.mood.causes import CAUSES
from ai_voice_shared.mood.escalation_job import EscalationJob
from ai_voice_shared.records.notes import Note, Notes

MARK = "quartzfinch"
JOB = EscalationJob("acme", "CA1", 4, "manager")
OTHERS = st.builds(
    EscalationJob,
    company_id=st.sampled_from(["globex", "acme-2", "acm", "acme"]),
    call_id=st.sampled_from(["CA1", "CA2", "CA", "1", "CA1#state", "acme"]),
    number=st.sampled_from([0, 4, 5, -4, 10**9]),
    cause=st.sampled_from(CAUSES),
).filter(lambda job: job != JOB)


@pytest.fixture
def app(account: Account) -> FakeApp:
    """Acme's call needs help; the company that a job names has a supervisor, who has just written."""
    call = Call("CA1", "acme", timestamp(now()), customer="+15550100001", customer_name=MARK)
    Calls(account.ledger).begin(call)
    content = {"cause": "manager", "sentences": [4], "texts": [MARK]}
    kept = KeptEvent(Event("GT1", 4, "content", now(), "customer", text=MARK), (Hint("escalation", "h", 4, content),))
    LiveRecords(account.ledger).keep(call, LiveState(), kept)
    return FakeApp(account)


@bounded(40)
@given(job=OTHERS)
def test_nobody_hears_of_another_companys_call(app: FakeApp, job: EscalationJob) -> None:
    company = Company(job.company_id, job.company_id, ("en",), calls=CompanyCalls(supervisor="+15550100009"))
    app.lookup.company = company
    app.lookup.known = IdentifiedSender(Customer("boss", job.company_id, "Boss"), company)
    Notes(app.account.ledger).open(Note(job.company_id, "SM5", "boss", timestamp(now()), "Boss", "text"))
    before = len(app.twilio.sent)
    assert app.deliver(job)
    assert len(app.twilio.sent) == before
    assert MARK not in json.dumps(app.twilio.sent)


def test_two_companies_never_share_a_message() -> None:
    assert replace(JOB, company_id="globex").message_id != JOB.message_id
