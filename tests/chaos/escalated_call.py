"""A call that needs help, as the function for live calls leaves it."""

import hashlib

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.events import Event
from ai_voice_shared.calls.live_records import KeptEvent, LiveRecords, LiveState
from ai_voice_shared.calls.model import Hint
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.mood.escalation_job import EscalationJob

_SAID = "I want to speak to your manager."
_NUMBER = 4


def escalate(ledger: Ledger, company_id: str) -> EscalationJob:
    """Keeps the call; returns the job that is not sent yet."""
    job = escalation_job(company_id)
    call = Call(job.call_id, company_id, timestamp(now()), customer="+15550199999", agent_name="Dana")
    Calls(ledger).begin(call)
    content = {"cause": job.cause, "sentences": [_NUMBER], "texts": [_SAID]}
    hint = Hint("escalation", f"{job.call_id}.escalation.{job.cause}", _NUMBER, content)
    event = Event("GT1", _NUMBER, "content", now(), "customer", text=_SAID)
    LiveRecords(ledger).keep(call, LiveState(), KeptEvent(event, (hint,)))
    return job


def escalation_job(company_id: str) -> EscalationJob:
    """The job of the company's only call."""
    call_id = f"CA{hashlib.sha256(company_id.encode()).hexdigest()[:32]}"
    return EscalationJob(company_id, call_id, _NUMBER, "manager")
