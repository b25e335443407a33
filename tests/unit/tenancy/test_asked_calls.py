"""Whatever a caller says, presses or asks for, they hear nothing of another person's call, PIN or company."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.app import FakeAnswering, FakeApp
from unit.hostile.bounded import bounded
from unit.webhook_handler.phone import ACME, BASE, CALL, QUESTION, Lookup, Phone, whatsapp

from ai_voice_shared.answering.answers import Answer
from ai_voice_shared.calls.asking import AskedTurn
from ai_voice_shared.calls.pin_words import seal
from ai_voice_shared.calls.turn_job import CallTurnJob, What
from ai_voice_shared.domain import now, timestamp

MARK = "quartzfinch"
GLOBEX = replace(ACME, company_id="globex", name="Globex", glossary=("Globex",))
STEPS = st.sampled_from(
    [
        ("/turn?turn=1", {"SpeechResult": QUESTION}),
        ("/turn?turn=2", {"Digits": "2"}),
        ("/turn?turn=1&known_as=pin&company_id=acme", {"SpeechResult": "play it", "known_as": "whatsapp"}),
        ("/wait?turn=1&waits=1", {}),
        (f"/wait?turn=1&waits=99&call={CALL}", {"ParentCallSid": CALL}),
        ("/pin", {"Digits": "4711"}),
        ("/pin?company_id=acme", {"Digits": "4711", "Caller": "+491512345678"}),
        ("/note", {"RecordingSid": "RE7"}),
        ("/status", {"CallStatus": "completed", "CallDuration": "5"}),
        ("", {}),
    ]
)
_NUMBERS = itertools.count()


def victim(account: Account) -> Phone:
    """Ann of Acme has a PIN, and an answer that waits in her call."""
    phone = whatsapp(account)
    phone.get()
    phone.pins.set("acme", "ann", seal("4711"), now())
    phone.calls.ask(CALL, 1, f"Where is {MARK}?")
    until = timestamp(now() + timedelta(minutes=5))
    answered = AskedTurn(1, "", "answered", f"{MARK} is here.", f"https://clips/{MARK}", until, f"{MARK} is here.")
    phone.calls.move(CALL, answered, since=("asked",))
    return phone


@bounded(30)
@given(steps=st.lists(STEPS, min_size=1, max_size=5), known=st.sampled_from([whatsapp, Phone]))
def test_a_caller_of_another_company_hears_nothing_of_it(
    account: Account, steps: list[tuple[str, dict[str, str]]], known: Callable[..., Phone]
) -> None:
    ann = victim(account)
    open_before = ann.calls.turns(CALL)
    eve = known(account, call_id=f"CAeve{next(_NUMBERS)}", lookup=Lookup(GLOBEX))
    for path, form in [("", dict[str, str]()), *steps]:
        assert MARK not in str(eve.request(f"{BASE}{path}", **form)["body"])
    assert ann.calls.turns(CALL) == open_before
    assert ann.pins.check("acme", "ann", "4711") == "right"
    assert all(job["company_id"] == "globex" for job in eve.jobs())


@bounded(20)
@given(
    company_id=st.sampled_from(["globex", "acm", "acme-2"]),
    customer_id=st.sampled_from(["ann", "eve", 'ann", "']),
    what=st.sampled_from(["asked", "ended", "locked"]),
)
def test_a_job_in_another_name_reaches_no_call(account: Account, company_id: str, customer_id: str, what: What) -> None:
    app = FakeApp(account, answering=FakeAnswering([Answer((), MARK, "en", "fake")]))
    ann = victim(account)
    before = ann.calls.turns(CALL)
    job = CallTurnJob(CALL, company_id, customer_id, 1)
    assert app.deliver(replace(job, what=what))
    assert (ann.calls.turns(CALL), app.replies()) == (before, [])
