"""A caller's calls, questions, PIN and messages go with them; the words of answers go with any note of the company."""

from dataclasses import dataclass

import pytest
from support.account import Account
from support.app import FakeApp
from unit.voice_parser.test_call_turns import CALL, QUESTION, Line

from ai_voice_shared.calls import asking
from ai_voice_shared.calls.asking import AskedCall, AskedCalls
from ai_voice_shared.calls.pin_words import seal
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.domain import now
from ai_voice_shared.erasure.held import Held
from voice_parser.calling.erasable import ErasableAskedCalls

STARTED = "2026-11-20T10:00:00.000Z"
OTHERS = (("acme", "sam2", "CA2"), ("acme-2", "sam", "CA3"))


@dataclass(frozen=True)
class Ids:
    """A message of a person."""

    company_id: str = "acme"
    customer_id: str = "sam"
    message_id: str = "MM1"


@pytest.fixture
def line(app: FakeApp) -> Line:
    """Sam asked, and got the answer by WhatsApp; others called, too."""
    line, calls = Line(app), AskedCalls(app.account.ledger)
    for company_id, customer_id, call_id in OTHERS:
        number = "+15550100009"
        calls.begin(AskedCall(call_id, company_id, customer_id, number, number, "whatsapp", "en-US", STARTED))
        calls.ask(call_id, 1, QUESTION)
        Pins(app.account.ledger).set(company_id, customer_id, seal("1234"), now())
    line.calls.ask(CALL, 1, QUESTION)
    line.calls.becomes(CALL, line.turn(), "later", since=("asked",))
    assert line.work("asked", 1)
    Pins(app.account.ledger).set("acme", "sam", seal("4711"), now())
    return line


def left(account: Account, *words: str) -> list[str]:
    """The items that hold one of these words."""
    items = account.ledger.client.scan(TableName=account.ledger.table)["Items"]
    return [str(item) for item in items if any(word in str(item) for word in words)]


def erased(held: Held) -> dict[str, int]:
    """Erases it; how much there was."""
    held.erase()
    return dict(held.counts)


def test_everything_of_a_persons_calls_goes_with_them(app: FakeApp, line: Line) -> None:
    records = ErasableAskedCalls(app.account.ledger, app.twilio.api(app.account))
    assert len(app.twilio.log) == 1
    assert erased(records.of_person(Ids())) == {"calls": 1}
    assert erased(Pins(app.account.ledger).erasable().of_person(Ids())) == {"phone_pins": 1}
    assert app.twilio.log == []
    assert (left(app.account, CALL), line.calls.get(CALL)) == ([], None)
    assert all(AskedCalls(app.account.ledger).get(call_id) for _, _, call_id in OTHERS)
    assert Pins(app.account.ledger).state("acme", "sam2") == "open"
    assert erased(records.of_person(Ids())) == {"calls": 0}


def test_an_erased_note_takes_the_words_of_all_of_the_companys_answers(app: FakeApp, line: Line) -> None:
    records = ErasableAskedCalls(app.account.ledger, app.twilio.api(app.account))
    assert erased(records.of_message(Ids())) == {"call_questions": 2}
    assert line.calls.turns(CALL) == []
    assert line.calls.get(CALL) is not None
    assert len(line.calls.turns("CA3")) == 1


def test_a_company_takes_all_its_calls_and_no_others(app: FakeApp, line: Line) -> None:
    records = ErasableAskedCalls(app.account.ledger, app.twilio.api(app.account))
    assert erased(records.of_company("acme")) == {"calls": 2}
    assert asking.listed(app.account.ledger, "acme") == []
    assert line.calls.get("CA3") is not None
    assert erased(Pins(app.account.ledger).erasable().of_company("acme")) == {"phone_pins": 2}
    assert Pins(app.account.ledger).state("acme-2", "sam") == "open"
