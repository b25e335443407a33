"""Rules heard in a live call: talking points, quiet for a while, and what this customer was promised before."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from support.account import Account
from support.stored import file_text, file_voice, stored_notes

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.model import Hearing, LiveCall, Memory, Sentence, Speaker
from ai_voice_shared.domain import Company, Segment
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.keywords.rules import Rules
from ai_voice_shared.search.model import Hit
from ai_voice_shared.search.segment_index import SegmentIndexes
from voice_parser.live.keyword_listener import KeywordListener
from voice_parser.live.promise_words import promises
from voice_parser.live.promises import Promises
from voice_parser.live.wiring import keywords

NUMBER = "+15550100099"
CALL = Call("CA1", "acme", "2026-11-29T09:00:00.000Z", customer=NUMBER, customer_name="Mira Olsen", language="en")
LEAVES = Rule("", "Leaves", ("cancel the contract",), cool_down=60, priority=80, points="- Ask why.")


@dataclass
class Desk:
    """A listener over an account with a real index."""

    account: Account
    folder: Path

    def listener(self) -> KeywordListener:
        """As a new process has it."""
        return keywords(self.account.ledger, self.account.store, self.folder)

    def index(self, company_id: str, *sids: str) -> None:
        """Makes the notes known to the search."""
        stored = stored_notes(self.account)
        notes = [note for sid in sids if (note := stored.to_index(company_id, sid))]
        SegmentIndexes(self.account.store, self.folder / "writer").change(company_id, notes)

    def rule(self, rule: Rule = LEAVES, company_id: str = "acme") -> str:
        """Saves a rule, and returns its id."""
        made = Rules(self.account.ledger, CompiledRules(self.account.store)).add(company_id, rule)
        assert made
        return made.rule_id


@pytest.fixture
def desk(account: Account, tmp_path: Path) -> Desk:
    Calls(account.ledger).begin(CALL)
    return Desk(account, tmp_path)


def hearing(text: str, at: float = 10.0, memory: Memory = None, speaker: Speaker = "customer") -> Hearing:
    """A sentence of the call."""
    company = Company("acme", "Acme", ("en",))
    return Hearing(company, CALL.live, Sentence(int(at), speaker, text, at, at + 2), (), memory)


def quotes(content: Any) -> list[str]:
    return [one["quote"] for one in content["promised"]]


def test_a_hit_shows_its_talking_points_and_where_it_was_said(desk: Desk) -> None:
    rule_id = desk.rule()
    reaction = desk.listener().hear(hearing("So I am cancelling my contract."))
    (hint,) = reaction.hints
    assert (hint.kind, hint.hint_id, hint.number) == ("keyword", f"keyword-{rule_id}-10", 10)
    assert hint.content == {
        "rule_id": rule_id,
        "name": "Leaves",
        "phrase": "cancel the contract",
        "begin": 8,
        "stop": 30,
        "points": "- Ask why.",
        "promised": [],
    }
    assert desk.listener().hear(hearing("So I am cancelling my contract.")) == reaction  # after a kill


def test_without_a_rule_nothing_is_said_or_remembered(desk: Desk) -> None:
    desk.rule(company_id="bolt")
    reaction = desk.listener().hear(hearing("I cancel the contract.", memory={"quiet_until": {}}))
    assert (reaction.hints, reaction.memory) == ((), {"quiet_until": {}})


def test_a_rule_is_quiet_for_its_cool_down(desk: Desk) -> None:
    desk.rule()
    other = desk.rule(replace(LEAVES, name="Price", words=("price",), cool_down=0))
    listener, memory, shown = desk.listener(), None, []
    for at in (10.0, 40.0, 80.0):
        reaction = listener.hear(hearing("Cancel the contract, the price is too high.", at, memory))
        memory = reaction.memory
        shown.append(len(reaction.hints))
    assert shown == [2, 1, 2]
    assert other in [hint.content["rule_id"] for hint in reaction.hints]


def test_of_many_rules_the_most_important_ones_are_shown(desk: Desk) -> None:
    for priority in range(5):
        desk.rule(replace(LEAVES, name=str(priority), priority=priority))
    hints = desk.listener().hear(hearing("I cancel the contract")).hints
    assert [hint.content["name"] for hint in hints] == ["4", "3", "2"]


def test_what_the_customer_was_promised_before_is_quoted_and_can_be_played(desk: Desk) -> None:
    desk.rule()
    talk = [
        Segment(0.0, 3.0, "My contract says that I will pay less.", "Mira Olsen"),
        Segment(3.0, 6.5, "We will lower the price of the contract by May. I have noted it.", "Ben"),
        Segment(6.5, 8.0, "The weather is nice.", "Ben"),
    ]
    file_voice(desk.account, "CA0", talk, customer_id=NUMBER)
    others = [Segment(0.0, 4.0, "I promised Mira Olsen a new contract."), Segment(4.0, 6.0, "We will paint it blue.")]
    file_voice(desk.account, "SM2", others, customer_id="ben")
    file_voice(desk.account, "SM3", [Segment(0.0, 4.0, "We will cancel the contract of Kim.")], customer_id="ben")
    file_text(desk.account, "SM4", "We promised Mira Olsen a contract.", "bolt")
    desk.index("acme", "CA0", "SM2", "SM3")
    desk.index("bolt", "SM4")
    (hint,) = desk.listener().hear(hearing("I cancel the contract")).hints
    promised: Any = hint.content["promised"]
    assert promised == [
        {
            "message_id": "CA0",
            "segment": 1,
            "start": 3.0,
            "end": 6.5,
            "quote": "We will lower the price of the contract by May.",
            "sender_name": "Ben",
            "received_at": "2026-11-20T09:12:04.000Z",
        }
    ]


def test_notes_of_others_that_name_the_customer_are_searched_as_well(desk: Desk) -> None:
    desk.rule()
    named = [Segment(0.0, 4.0, "I promised Mira Olsen a new contract."), Segment(4.0, 6.0, "It rains.")]
    file_voice(desk.account, "SM2", named, customer_id="ben")
    called = [Segment(0.0, 4.0, "For 5550100099: we will call back.")]
    file_voice(desk.account, "SM3", called, customer_id="ben")
    desk.index("acme", "SM2", "SM3")
    (hint,) = desk.listener().hear(hearing("I cancel the contract")).hints
    assert "I promised Mira Olsen a new contract." in quotes(hint.content)


def test_if_the_search_does_not_answer_the_points_are_shown_all_the_same(desk: Desk) -> None:
    desk.rule()

    class Silent(SegmentIndexes):
        def search(self, *_: object, **__: object) -> list[Hit]:
            raise RetryLater("S3 did not answer")

    silent = Promises(Silent(desk.account.store, desk.folder), stored_notes(desk.account))
    listener = KeywordListener(CompiledRules(desk.account.store), silent, Calls(desk.account.ledger).get)
    (hint,) = listener.hear(hearing("I cancel the contract")).hints
    assert hint.content["promised"] == []


def test_if_the_rules_cannot_be_read_the_sentence_comes_again(desk: Desk) -> None:
    nowhere = CompiledRules(ObjectStore(desk.account.store.client, "no-such-bucket"))
    listener = replace(desk.listener(), rules=nowhere)
    with pytest.raises(RetryLater):
        listener.hear(hearing("I cancel the contract"))


def test_a_call_that_nobody_knows_has_its_points_too(desk: Desk) -> None:
    desk.rule()
    hidden = replace(hearing("I cancel the contract"), call=LiveCall("CA9", "acme", "", "ben", CALL.started_at, ""))
    (hint,) = desk.listener().hear(hidden).hints
    assert hint.content["promised"] == []


def test_a_memory_stays_small(desk: Desk) -> None:
    desk.rule()
    memory = {"quiet_until": {f"ru_{number:016x}": 1_000.0 for number in range(900)}}
    kept: Any = desk.listener().hear(hearing("I cancel the contract", memory=memory)).memory
    assert len(kept["quiet_until"]) == 300


@pytest.mark.parametrize(
    ("language", "said", "yes"),
    [
        ("en", "We'll be there on Friday.", True),
        ("en", "I like the wheel.", False),
        ("de", "Das haben wir Ihnen zugesagt.", True),
        ("de", "Das Wetter ist gut.", False),
        ("es", "Le enviaremos la bomba.", True),
        ("fr", "Nous passerons lundi.", True),
        ("it", "Le garantiamo il prezzo.", True),
        ("nl", "Ik zal u bellen.", True),
        ("pt", "Vamos trocar a caldeira.", True),
        ("xx", "We promised it.", True),
    ],
)
def test_promises_are_known_by_their_words(language: str, said: str, yes: bool) -> None:  # noqa: FBT001 - a table
    assert promises(said, language) == yes
