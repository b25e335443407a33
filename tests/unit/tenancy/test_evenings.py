"""Nothing that another sender or another company says changes or shows whose evening message, tasks and questions."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.app import FakeApp, job
from unit.hostile.bounded import bounded

from ai_voice_shared.people.evenings import Evening, Evenings, Listed
from ai_voice_shared.people.open_questions import OpenQuestion, OpenQuestions
from ai_voice_shared.people.sender_records import partition, place
from ai_voice_shared.tasks.model import BY_HAND, Task
from ai_voice_shared.tasks.tasks import Tasks

MARK = "quartzfinch"
TASK_ID = f"{BY_HAND}.{'0' * 20}"
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
WORDS = st.sampled_from(
    ["1 done", "2 done", "all done", "1 tomorrow", "evening 18:00", "evening off", "abends aus", "play 1", "1", "help"]
)
QUOTED = st.sampled_from(["SMEVENING", "", "SM1"])
SENDERS = st.sampled_from([("globex", "sam"), ("acme-2", "sam"), ("acm", "sam"), ("acme", "eve"), ("acme", 'sam", "')])
_NUMBERS = itertools.count()


@pytest.fixture
def app(account: Account) -> FakeApp:
    """Acme's Sam has an evening message with a task and a question in it."""
    ledger = account.ledger
    Tasks(ledger).add(Task("acme", TASK_ID, f"Order {MARK} valves", "Sam"))
    OpenQuestions(ledger).add("acme", "sam", OpenQuestion("SM7", f"Where is {MARK}?", "2026-11-20T10:00:00.000Z"))
    parties = ("whatsapp:+15550100000", "whatsapp:+15550100001")
    Evenings(ledger).wish(Evening("acme", "sam", time(18), "UTC", "en", *parties, asked_at=NOW, day=date(2026, 11, 20)))
    Evenings(ledger).remember("acme", "sam", (Listed(TASK_ID, ""), Listed("", "SM7")), ("SMEVENING",))
    return FakeApp(account)


def _owned(app: FakeApp) -> list[object]:
    ledger = app.account.ledger
    places = (place("sam", "evening"), place("sam", "asked", "SM7"))
    return [Tasks(ledger).get("acme", TASK_ID), *(ledger.get(partition("acme"), one) for one in places)]


@bounded(40)
@given(sender=SENDERS, words=WORDS, quoted=QUOTED)
def test_nobody_else_reaches_a_senders_evening(app: FakeApp, sender: tuple[str, str], words: str, quoted: str) -> None:
    before, told = _owned(app), len(app.replies())
    said = job(f"SM8{next(_NUMBERS)}", Body=words, OriginalRepliedMessageSid=quoted)
    assert app.deliver(replace(said, company_id=sender[0], customer_id=sender[1]))
    assert _owned(app) == before
    assert MARK not in "".join(app.replies()[told:])
