"""A company's rules, as the ledger has them, and what is compiled of them whenever one changes."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.erasure.stored_objects import objects_below
from ai_voice_shared.keywords.compiled_rules import CompiledRules, folder
from ai_voice_shared.keywords.expression_set import ExpressionSet
from ai_voice_shared.keywords.rule import (
    MOST_EXPRESSIONS_TOGETHER,
    MOST_RULES,
    MOST_WORDS_TOGETHER,
    Refused,
    Rule,
    from_json,
)
from ai_voice_shared.keywords.translating import translated

_ID = "ru_"

_COMPILED = "compiled"
"""The place of the item that says which rules were compiled last."""

_TRIES = 10
"""More people than that do not save rules of one company at the same moment."""


@dataclass(frozen=True)
class Rules:
    """The rules of all companies. Every method needs the company and sees only its rules.

    A change is first written, and then all rules are compiled. If it is killed in between, `settle` compiles them.
    """

    ledger: Ledger
    compiled: CompiledRules

    def all(self, company_id: str) -> list[Rule]:
        """The company's rules, by name."""
        return sorted(map(_rule, self.ledger.partition(_partition(company_id), _ID)), key=_by_name)

    def get(self, company_id: str, rule_id: str) -> Rule | None:
        """The rule, or None if there is none of this id, or it is another company's."""
        item = self.ledger.get(_partition(company_id), rule_id) if rule_id.startswith(_ID) else None
        return _rule(item) if item else None

    def add(self, company_id: str, wanted: Rule) -> Rule | None:
        """Keeps a new one, under an id of its own; None if the company has as many as it may have. Raises Refused."""
        every = self.all(company_id)
        if len(every) >= MOST_RULES:
            return None
        made = replace(wanted, rule_id=f"{_ID}{secrets.token_hex(8)}", updated_at=timestamp(now()))
        _check(made, every)
        self.ledger.put_new(_item(company_id, made))
        self.compile(company_id)
        return made

    def change(self, company_id: str, before: Rule, after: Rule) -> Rule | None:
        """Replaces it; None if it has changed since it was read, or is deleted. Raises Refused."""
        changed = replace(after, rule_id=before.rule_id, updated_at=timestamp(now()))
        _check(changed, [one for one in self.all(company_id) if one.rule_id != changed.rule_id])
        item = _item(company_id, changed)
        place = (str(item.pop("pk")), str(item.pop("sk")))
        if not self.ledger.update(*place, item, condition="tag = :seen", known={"seen": before.tag}):
            return None
        self.compile(company_id)
        return changed

    def delete(self, company_id: str, rule_id: str) -> None:
        """Deletes it; what it has marked stays marked."""
        self.ledger.delete(_partition(company_id), rule_id)
        self.compile(company_id)

    def settle(self, company_id: str, every: Sequence[Rule]) -> None:
        """Compiles these rules, which were just read, unless they are what was compiled last."""
        item = self.ledger.get(_partition(company_id), _COMPILED)
        if text(item or {}, "of") != (_digest(every) if every or item else ""):
            self.compile(company_id)

    def compile(self, company_id: str) -> None:
        """Compiles all of them. Raises Conflict, or RetryLater; the next change or list of the rules tries again.

        Of several who do so at the same time, the last one to write has read what all had changed before.
        """
        from ai_voice_shared.keywords.compiling import compiled  # noqa: PLC0415 - who only erases pays for none of it

        for _ in range(_TRIES):
            etag = self.compiled.etag(company_id)  # before the rules are read
            every = self.all(company_id)
            try:
                self.compiled.write(company_id, compiled(every), etag)
            except Conflict:
                continue
            self.ledger.put({"pk": _partition(company_id), "sk": _COMPILED, "of": _digest(every)})
            return
        raise Conflict

    def exported(self, company_id: str) -> list[dict[str, Any]]:
        """What a company's export has of it."""
        return [vars(one) for one in self.all(company_id)]


@dataclass(frozen=True)
class ErasableRules:
    """Rules are the company's; they hold nothing of a message or a person."""

    rules: Rules

    def of_message(self, message: MessageIds) -> Held:
        """Nothing."""
        del message
        return NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """Nothing."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """All of them, and what was compiled of them."""
        ledger, pk = self.rules.ledger, _partition(company_id)
        places = ledger.places(pk)
        stored = objects_below(self.rules.compiled.store, [folder(company_id)], "objects")

        def erase() -> None:
            ledger.delete_all(pk, places)
            stored.erase()

        return Held({"rules": sum(one.startswith(_ID) for one in places), **stored.counts}, erase)


def _check(one: Rule, others: Sequence[Rule]) -> None:
    """Whether it can be compiled, and there is room for it."""
    from ai_voice_shared.keywords.compiling import compiled  # noqa: PLC0415 - as above

    compiled([one])
    written = [text for rule in (one, *others) for text in rule.expressions]
    words = sum(len(rule.words) for rule in (one, *others))
    if words > MOST_WORDS_TOGETHER or len(written) > MOST_EXPRESSIONS_TOGETHER:
        most = f"{MOST_WORDS_TOGETHER} words and phrases and {MOST_EXPRESSIONS_TOGETHER} expressions"
        raise Refused(f"All your rules together can have {most}.")
    if one.expressions and not ExpressionSet(translated(written)).fits:
        raise Refused("The expressions of all your rules are too large together. Make some of them shorter.")


def _by_name(one: Rule) -> tuple[str, str]:
    return one.name.casefold(), one.rule_id


def _digest(every: Sequence[Rule]) -> str:
    return hashlib.sha256(" ".join(sorted(one.tag for one in every)).encode()).hexdigest()[:32]


def _item(company_id: str, one: Rule) -> Item:
    return {"pk": _partition(company_id), "sk": one.rule_id, "content": one.to_json(), "tag": one.tag}


def _rule(item: Item) -> Rule:
    return from_json(text(item, "content"))


def _partition(company_id: str) -> str:
    return f"RULES#{company_id}"
