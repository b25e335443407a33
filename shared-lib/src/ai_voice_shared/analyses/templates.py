"""A company's own templates, as the ledger has them."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

from ai_voice_shared.analyses import built_in
from ai_voice_shared.analyses.template import OWN, Template, from_json
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord

MOST = 100
"""Templates of a company; more are refused, so that the list needs no pages."""


@dataclass(frozen=True)
class Templates:
    """The templates of all companies. Every method needs the company and sees only its templates."""

    ledger: Ledger

    def all(self, company_id: str, language: str) -> list[Template]:
        """Those that are built in, in this language, and then the company's own, by name."""
        own = map(_template, self.ledger.partition(_partition(company_id)))
        return [*built_in.built_in(language), *sorted(own, key=lambda one: one.name.casefold())]

    def get(self, company_id: str, template_id: str, language: str) -> Template | None:
        """The template, or None if there is none of this id, or it is another company's."""
        if not OWN.fullmatch(template_id):
            return built_in.find(template_id, language)
        item = self.ledger.get(_partition(company_id), template_id)
        return _template(item) if item else None

    def add(self, company_id: str, wanted: Template) -> Template | None:
        """Keeps a new one, under an id of its own; None if the company has as many as it may have."""
        if len(self.ledger.places(_partition(company_id))) >= MOST:
            return None
        made = replace(wanted, template_id=f"tm_{secrets.token_hex(8)}", updated_at=timestamp(now()))
        self.ledger.put_new(_item(company_id, made))
        return made

    def change(self, company_id: str, before: Template, after: Template) -> Template | None:
        """Replaces it; None if it has changed since it was read, or is deleted."""
        changed = replace(after, template_id=before.template_id, updated_at=timestamp(now()))
        item = _item(company_id, changed)
        place = (str(item.pop("pk")), str(item.pop("sk")))
        made = self.ledger.update(*place, item, condition="tag = :seen", known={"seen": before.tag})
        return changed if made else None

    def delete(self, company_id: str, template_id: str) -> None:
        """Deletes it; analyses that were made with it stay."""
        self.ledger.delete(_partition(company_id), template_id)

    def exported(self, company_id: str) -> list[dict[str, Any]]:
        """What a company's export has of it."""
        own = map(_template, self.ledger.partition(_partition(company_id)))
        return [_told(one) for one in own]

    def erasable(self) -> LedgerRecord:
        """Templates are the company's; they hold nothing of a message or a person."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="templates",
            message=None,
            person=None,
            company=lambda company_id: Items(_partition(company_id)),
        )


def _told(one: Template) -> dict[str, Any]:
    fields = [vars(field) for field in one.fields]
    names = ("template_id", "name", "instructions", "layout", "over", "updated_at")
    return {name: getattr(one, name) for name in names} | {"fields": fields}


def _item(company_id: str, one: Template) -> Item:
    return {"pk": _partition(company_id), "sk": one.template_id, "content": one.to_json(), "tag": one.tag}


def _template(item: Item) -> Template:
    return from_json(text(item, "content"))


def _partition(company_id: str) -> str:
    return f"TEMPLATES#{company_id}"
