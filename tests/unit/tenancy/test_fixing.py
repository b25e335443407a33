"""No reply to another company's note, and no press, changes or shows anything of that company."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from support.app import FakeApp, job
from unit.hostile.bounded import bounded

from ai_voice_shared.correcting.quick_replies import CHOICES
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.tasks.tasks import Tasks

MARK = "quartzfinch"
_NUMBERS = itertools.count()

WORDS = st.sampled_from(
    [
        "task",
        "Knowledge",
        "other",
        "done",
        "done 1",
        "all done",
        "2",
        "yes",
        "Yes, keep it",
        f"no, Anna, not {MARK}",
        f"{MARK} should be Anna",
        "no, Anna, not Maria",
        f"Anna statt {MARK}",
        "keep:yes",
        "forget that",
        "play 1",
    ]
)
PAYLOADS = st.sampled_from(["", *(payload for payloads in CHOICES.values() for payload in payloads)]) | st.text()
QUOTED = st.sampled_from(["SM1", "REPLY", "SM404", "", "SM1#", "ACME"])
SENDERS = st.sampled_from([("globex", "sam"), ("globex", "eve"), ("acme-2", "sam"), ("acm", "sam"), ("acme", "eve")])


@pytest.fixture
def app(account: Account) -> FakeApp:
    """The victim acme has one note of Sam's, which was answered."""
    app = FakeApp(account)
    assert app.deliver(job("SM1", Body=f"Please order two {MARK} valves, Maria."))
    return app


def _owned(app: FakeApp) -> list[object]:
    stored = [(key, app.account.store.get(key).body) for key in app.artifacts() if "SM1_" in key]
    tasks = list(Tasks(app.account.ledger).of_message("acme", "SM1"))
    return [app.note("SM1"), stored, tasks, Glossary(app.account.ledger).suggestions("acme", ())]


@bounded(40)
@given(sender=SENDERS, quoted=QUOTED, text=WORDS, pressed=PAYLOADS)
def test_only_its_sender_changes_a_note(
    app: FakeApp, sender: tuple[str, str], quoted: str, text: str, pressed: str
) -> None:
    before = _owned(app)
    reply = Replies(app.account.ledger).get("SM1", "feedback-1")
    assert reply
    sid = f"SMX{next(_NUMBERS)}"
    asked = job(sid, Body=text, ButtonPayload=pressed, OriginalRepliedMessageSid=quoted.replace("REPLY", reply.sid))
    there = len(app.twilio.sent)
    app.deliver(NoteJob(asked.message, *sender, asked.received_at))
    assert _owned(app) == before
    told = json.dumps(app.twilio.sent[there:])
    assert MARK not in told or MARK in text
