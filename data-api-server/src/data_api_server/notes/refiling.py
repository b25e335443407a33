"""How a note becomes one of another kind: it keeps what both kinds have, and the rest is empty."""

from typing import Any, get_origin

from ai_voice_shared.intents import INTENTS, AnyIntent, Intent, name


def filed_as(structure: AnyIntent, intent: str = "", tag: str = "") -> AnyIntent:
    """What was understood, as this intent and with this tag; empty ones change nothing."""
    kept = structure.model_dump(mode="json") | ({"tag": tag} if tag else {})
    kind = next((one for one in INTENTS if name(one) == intent), type(structure))
    own = {field: kept.get(field, _empty(kind, field)) for field in kind.own_fields()}
    common = {field: kept[field] for field in Intent.model_fields}
    filed: AnyIntent = kind.model_validate(common | own | {"intent": name(kind)})  # type: ignore[assignment]
    return filed


def _empty(kind: type[Intent], field: str) -> Any:
    annotation = kind.model_fields[field].annotation
    if get_origin(annotation) is list:
        return []
    return "" if annotation is str else None
