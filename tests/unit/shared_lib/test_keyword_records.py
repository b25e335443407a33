"""Rules in the ledger and what is compiled of them, on the embedded AWS."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, cast

import pytest
from support.account import Account

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.erasure.held import counted
from ai_voice_shared.keywords import rule as limits
from ai_voice_shared.keywords import rules as records
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.compiling import Compiled
from ai_voice_shared.keywords.rule import Refused, Rule
from ai_voice_shared.keywords.rules import ErasableRules, Rules

PUMP = Rule("", "Pump", ("heat pump",), (r"\bHP-\d+\b",), points="- Offer the visit.")
_NOW = "2026-11-29T12:00:00.000Z"


@pytest.fixture
def rules(account: Account) -> Rules:
    return Rules(account.ledger, CompiledRules(account.store, fresh_seconds=0))


def found(rules: Rules, text: str, company_id: str = "acme") -> list[str]:
    return [one.phrase for one in rules.compiled.find(company_id, text, ["en"], _NOW)]


def test_a_rule_is_found_as_soon_as_it_is_saved_and_in_its_company_only(rules: Rules) -> None:
    made = rules.add("acme", PUMP)
    assert made
    assert rules.get("acme", made.rule_id) == made
    assert found(rules, "two heat pumps") == ["heat pump"]
    assert found(rules, "an HP-12") == [r"\bHP-\d+\b"]
    assert found(rules, "two heat pumps", "bolt") == []
    assert rules.get("bolt", made.rule_id) is None


def test_a_changed_and_a_deleted_rule_are_not_found_any_more(rules: Rules) -> None:
    made = rules.add("acme", PUMP)
    assert made
    changed = rules.change("acme", made, replace(PUMP, words=("boiler",)))
    assert changed
    assert (changed.rule_id, changed.tag != made.tag) == (made.rule_id, True)
    assert (found(rules, "a heat pump"), found(rules, "a boiler")) == ([], ["boiler"])
    assert rules.change("acme", made, PUMP) is None  # as it has changed since
    rules.delete("acme", made.rule_id)
    assert found(rules, "a boiler") == []
    assert rules.change("acme", changed, PUMP) is None
    assert rules.all("acme") == []


def test_of_rules_saved_at_once_none_is_lost(rules: Rules) -> None:
    words = [f"word{'abcdefgh'[number] * 3}" for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda word: rules.add("acme", Rule("", word, (word,))), words))
    assert [found(rules, word) for word in words] == [[word] for word in words]


def test_what_was_killed_before_it_was_compiled_is_compiled_when_the_rules_are_listed(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(Rules, "compile", _killed)
        with pytest.raises(KeyboardInterrupt):
            rules.add("acme", PUMP)
    assert found(rules, "a heat pump") == []
    rules.settle("acme", rules.all("acme"))
    assert found(rules, "a heat pump") == ["heat pump"]
    monkeypatch.setattr(Rules, "compile", _killed)
    rules.settle("acme", rules.all("acme"))  # nothing is left to do


def _killed(_rules: Rules, _company_id: str) -> None:
    raise KeyboardInterrupt


class Killing:
    """A client whose process is killed at one of its writes, before or behind it."""

    def __init__(self, client: Any, left: list[int], *, behind: bool) -> None:
        self._client, self._left, self._behind = client, left, behind

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        return partial(self._write, method) if name in WRITES else method

    def _write(self, method: Any, **request: Any) -> Any:
        self._left[0] -= 1
        if self._left[0] == 0 and not self._behind:
            raise KeyboardInterrupt
        answer = method(**request)
        if self._left[0] == 0:
            raise KeyboardInterrupt
        return answer


def killed_at(rules: Rules, point: int, *, behind: bool) -> Rules:
    """The same rules in a process that is killed at this write."""
    left, ledger, store = [point], rules.ledger, rules.compiled.store
    items = replace(ledger, client=cast("Any", Killing(ledger.client, left, behind=behind)))
    objects = replace(store, client=cast("Any", Killing(store.client, left, behind=behind)))
    return Rules(items, CompiledRules(objects))


WRITES = {"put_item", "update_item", "delete_item", "put_object"}


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("point", [1, 2, 3])
def test_killed_at_any_write_it_ends_right_once_the_rules_are_listed(rules: Rules, point: int, *, behind: bool) -> None:
    made, kept = rules.add("acme", PUMP), rules.add("acme", replace(PUMP, words=("valve",), expressions=()))
    assert made
    assert kept
    changes: tuple[Callable[[Rules], object], ...] = (
        lambda killed: killed.change("acme", made, replace(PUMP, words=("boiler",))),
        lambda killed: killed.delete("acme", kept.rule_id),
        lambda killed: killed.add("acme", replace(PUMP, words=("tank",))),
    )
    for change in changes:
        with pytest.raises(KeyboardInterrupt):
            change(killed_at(rules, point, behind=behind))
        every = rules.all("acme")
        rules.settle("acme", every)
        for word in ("heat pump", "boiler", "valve", "tank"):
            assert found(rules, word) == [word] * any(word in rule.words for rule in every), word


def test_a_write_over_somebody_elses_is_refused(rules: Rules) -> None:
    rules.add("acme", PUMP)
    with pytest.raises(Conflict):
        rules.compiled.write("acme", Compiled(), None)


def test_there_is_room_for_so_many(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_RULES", 1)
    monkeypatch.setattr(records, "MOST_EXPRESSIONS_TOGETHER", 1)
    assert rules.add("acme", PUMP)
    assert rules.add("acme", PUMP) is None
    with pytest.raises(Refused, match="together can have"):
        rules.add("bolt", replace(PUMP, expressions=("ab", "cd")))
    assert limits.MOST_RULES == 1_000


def test_all_of_a_companys_rules_can_be_exported_and_erased(rules: Rules) -> None:
    made = rules.add("acme", PUMP)
    other = rules.add("bolt", PUMP)
    assert made
    assert rules.exported("acme") == [vars(made)]
    held = ErasableRules(rules).of_company("acme")
    assert counted([held]) == {"rules": 1, "objects": 1}
    held.erase()
    assert (rules.all("acme"), found(rules, "a heat pump")) == ([], [])
    assert rules.compiled.store.versions("_rules/acme/") == []
    assert rules.all("bolt") == [other]
