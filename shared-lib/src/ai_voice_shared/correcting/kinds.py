"""How a note becomes one of another kind: it keeps what both kinds have, and what only the old one has is set aside."""

from collections.abc import Mapping
from typing import Any, get_origin

from ai_voice_shared.intents import INTENTS, AnyIntent, Intent, name

SET_ASIDE = "set_aside"
"""The field of an analysis.json with what an earlier kind had: if the note is of that kind again, it is there again."""


def filed_as(
    structure: AnyIntent, intent: str = "", tag: str = "", aside: Mapping[str, Any] | None = None
) -> AnyIntent:
    """What was understood, as this intent and with this tag; empty ones change nothing.

    `aside` is what was set aside when the note became of another kind before.
    """
    kept = {**(aside or {}), **structure.model_dump(mode="json")} | ({"tag": tag} if tag else {})
    kind = next((one for one in INTENTS if name(one) == intent), type(structure))
    own = {field: kept.get(field, _empty(kind, field)) for field in kind.own_fields()}
    common = {field: kept[field] for field in Intent.model_fields}
    filed: AnyIntent = kind.model_validate(common | own | {"intent": name(kind)})  # type: ignore[assignment]
    return filed


def set_aside(before: AnyIntent, after: AnyIntent, aside: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What is set aside when one becomes the other, with what was set aside earlier; empty if nothing is."""
    fields = before.model_dump(mode="json", include=set(before.own_fields()))
    lost = {field: value for field, value in fields.items() if value and field not in after.own_fields()}
    return {**(aside or {}), **lost}


def _empty(kind: type[Intent], field: str) -> Any:
    annotation = kind.model_fields[field].annotation
    if get_origin(annotation) is list:
        return []
    return "" if annotation is str else None
