"""An operator has a person exported or erased and a company erased, and is asked before anything is deleted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from support.account import Account
from support.api import FakeCompanies
from support.app import FakeTwilio
from support.erasing import EraserFunction, erasing, everything, function, keep, request_runs

from ai_voice_operations.__main__ import main
from ai_voice_operations.data_desk import DataDesk
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.domain import Company
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes

SENDERS = {"+15550100001": ("acme", "sam"), "+15550100002": ("bolt", "kim")}


@dataclass
class Registered(FakeCompanies):
    """A customer lookup that knows some companies only."""

    companies: set[str] = field(default_factory=set)

    def company(self, company_id: str) -> Company | None:  # type: ignore[override]
        """The company, where it is registered."""
        return super().company(company_id) if company_id in self.companies else None


@dataclass
class Operator:
    """Somebody at a desk; the eraser's function runs while they wait."""

    account: Account
    twilio: FakeTwilio
    answers: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    registered: set[str] = field(default_factory=set)

    def desk(self, work: Callable[[], object] | None = None) -> DataDesk:
        ledger = self.account.ledger
        known = Registered(senders=SENDERS, companies=self.registered)
        runs = work or (lambda: request_runs(self.account, self.twilio).run(lambda: True))
        return DataDesk(
            requests=DataRequests(ledger),
            notes=Notes(ledger),
            keys=ApiKeys(ledger),
            customers=cast("Any", known),
            erasing=erasing(self.function),
            store=self.account.store,
            terminal=Terminal(say=self.told.append, ask=lambda _question: self.answers.pop(0)),
            pause=lambda _seconds: cast("None", runs()),
        )

    @property
    def function(self) -> EraserFunction:
        return function(self.account, self.twilio)


@pytest.fixture
def operator(account: Account) -> Operator:
    return Operator(account, FakeTwilio())


def test_an_export_is_followed_and_tells_where_its_files_are(operator: Operator) -> None:
    keep(operator.account, operator.twilio, "MM1")
    operator.desk().export_person("acme", "+15550100001")
    assert [line.split()[1] for line in operator.told[:2]] == ["open", "done"]
    name, size, _, url = operator.told[2].split()
    assert (name, int(size) > 0) == ("part-1.zip", True)
    assert "/_exports/acme/" in url
    assert "attachment" in url


def test_a_person_is_erased_once_their_id_is_typed(operator: Operator) -> None:
    keep(operator.account, operator.twilio, "MM1")
    before = everything(operator.account, operator.twilio)
    operator.answers = ["yes"]
    with pytest.raises(Failed):
        operator.desk().erase_person("acme", "sam")
    assert everything(operator.account, operator.twilio) == before
    operator.answers = ["sam"]
    operator.desk().erase_person("acme", "sam")
    assert operator.told[-1].split()[1:4] == ["done", "(notes:", "1,"]
    assert Notes(operator.account.ledger).get("acme", "MM1") is None


@pytest.mark.parametrize("sender", ["kim", "+15550100002", "nobody"])
def test_anothers_sender_is_nobody(operator: Operator, sender: str) -> None:
    keep(operator.account, operator.twilio, "MM2", "bolt", "kim")
    for ask in (operator.desk().export_person, operator.desk().erase_person):
        with pytest.raises(Refused, match="no such sender"):
            ask("acme", sender)
    assert not list(DataRequests(operator.account.ledger).open())


def test_what_waits_is_told_and_the_same_command_looks_again_without_asking(operator: Operator) -> None:
    keep(operator.account, operator.twilio, "MM1")

    def busy() -> None:
        request = DataRequests(operator.account.ledger).open_for("erase", "acme", "sam")
        assert request
        operator.account.ledger.update(request.partition, request.request_id, {"problem": "Twilio wants us to wait"})

    operator.answers = ["sam"]
    operator.desk(busy).erase_person("acme", "sam")
    assert "by itself" in operator.told[-1]
    assert "Twilio wants us to wait" in operator.told[-2]
    operator.told.clear()
    operator.desk(busy).erase_person("acme", "sam")
    assert "Twilio wants us to wait" in operator.told[0]


def test_a_company_is_erased_once_it_is_out_of_the_customers_file_and_its_id_typed(operator: Operator) -> None:
    keep(operator.account, operator.twilio, "MM1")
    keys = ApiKeys(operator.account.ledger)
    secret, _ = keys.create("acme", "console")
    theirs, _ = keys.create("acme-1", "theirs")
    operator.registered = {"acme"}
    with pytest.raises(Refused, match="customers-put"):
        operator.desk().erase_company("acme")
    operator.registered = set()
    operator.answers = ["acme-1"]
    with pytest.raises(Failed):
        operator.desk().erase_company("acme")
    assert keys.find(secret)
    assert any("notes: 1, senders: 1" in line for line in operator.told)
    operator.answers = ["acme"]
    operator.desk().erase_company("acme")
    assert keys.find(secret) is None
    assert keys.find(theirs)
    assert operator.told[-1].split()[1] == "done"
    assert Notes(operator.account.ledger).get("acme", "MM1") is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["person-export", "--company", "", "--sender", "sam"], "Which company?"),
        (["person-erase", "--company", "ACME", "--sender", "sam"], "COMPANY is a company's id"),
        (["person-erase", "--company", "acme", "--sender", " "], "Which sender?"),
        (["company-erase", "--company", "../x"], "COMPANY is a company's id"),
    ],
)
def test_a_mistake_changes_nothing(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--environment", "dev"]) == 2
    assert sentence in capsys.readouterr().err
