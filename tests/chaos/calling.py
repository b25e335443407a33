"""A call to a company's line, as far as it has come before a function is killed over it."""

import uuid
from typing import Any, Protocol, cast

from support.calls import live_job, said, started, stopped

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.domain import Company
from ai_voice_shared.jobs import Parameters
from chaos.kinds import Kind
from voice_parser.live.consoles import Consoles
from voice_parser.live.listening import Listening
from voice_parser.live.session import LiveSession, note_job

_BEGAN = "2026-11-29T08:59:50.000Z"
_WORDS = said(2, "Please order two valves for Elm Street by Friday.", second=8)


class Called(Protocol):
    """A run that is a call."""

    name: str
    phone: str
    kind: Kind
    sids: list[str]


def begin(ledger: Ledger, run: Called) -> dict[str, str]:
    """The call has begun; its sentence is heard, unless that is what comes next."""
    run.sids.append(f"CA{uuid.uuid4().hex}")
    Calls(ledger).begin(_call(run))
    session = LiveSession(
        calls=Calls(ledger),
        records=LiveRecords(ledger),
        company=lambda company_id: Company(company_id, company_id),
        is_erased=lambda _call_id: False,
        listening=Listening(()),
        consoles=Consoles(lambda _company_id, _messages: None),
        notes_queue=Queue(cast("Any", None), ""),  # no job comes of these
    )
    for event in (started(), *(() if run.kind.called == "sentence" else (_WORDS,))):
        session.take(live_job(event, run.sids[-1], run.name), 1)
    return {}


def announce(notes: Queue, calls: Queue, run: Called) -> None:
    """What comes next of the call; a queue in order would drop a second one, which is wanted here."""
    if run.kind.called == "filed":
        notes.send(note_job(_call(run)).to_json(), run.name)
        return
    fields: Parameters = _WORDS if run.kind.called == "sentence" else stopped(3, 9)
    job = live_job(fields, run.sids[-1], run.name)
    calls.send_once(job.to_json(), job.call_id, uuid.uuid4().hex)


def _call(run: Called) -> Call:
    return Call(
        run.sids[-1],
        run.name,
        _BEGAN,
        ended_at="2026-11-29T09:00:09.000Z",
        customer=run.phone,
        customer_id="sam",
        customer_name=f"Sam {run.name}",
        language="en",
    )
