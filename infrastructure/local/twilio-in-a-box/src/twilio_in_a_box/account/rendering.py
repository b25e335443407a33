"""What a template says once its variables are filled: a text, with buttons or a list."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twilio_in_a_box.account.content import (
    LIST_PICKER,
    LONGEST,
    LONGEST_TEXT,
    MOST_BUTTONS_UNAPPROVED,
    QUICK_REPLY,
    TEXT,
    Content,
    is_variables,
)
from twilio_in_a_box.account.errors import TwilioError

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Rendered:
    """A template with its variables filled.

    Attributes:
        interactive: as in `Sent`.
        too_much: whether a filled part is longer, or there are more buttons, than WhatsApp takes.
        opens: whether it may be sent while the 24-hour window is over.
    """

    body: str
    interactive: dict[str, Any] | None
    too_much: bool
    opens: bool


def variables_of(text: str) -> dict[str, str]:
    """The variables that a request names; raises TwilioError 21656."""
    try:
        variables = json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise TwilioError(21656, "it is not JSON") from None
    if not is_variables(variables) or not all(variables.values()):
        raise TwilioError(21656, "it has to be an object of strings that are not empty")
    return dict(variables)


def rendered(content: Content, variables: Mapping[str, str]) -> Rendered:
    """The template as WhatsApp shows it: its richest type, with defaults where a variable is not given.

    Raises TwilioError 21656 if a variable has no value at all.
    """
    kind = next(one for one in (LIST_PICKER, QUICK_REPLY, TEXT) if one in content.types)
    filled = _filled(content.types[kind], content.variables | dict(variables))
    interactive = _interactive(kind, filled)
    too_much = _is_too_long(kind, filled) or _has_too_many(filled, approved=content.approved)
    return Rendered(filled["body"], interactive, too_much, content.approved and kind != LIST_PICKER)


def _is_too_long(kind: str, filled: dict[str, Any]) -> bool:
    longest = LONGEST_TEXT if kind == TEXT else LONGEST["body"]
    parts = [*filled.get("actions", []), *filled.get("items", [])]
    return len(filled["body"]) > longest or any(
        len(str(part.get(name) or "")) > limit for part in parts for name, limit in LONGEST.items()
    )


def _has_too_many(filled: dict[str, Any], *, approved: bool) -> bool:
    return not approved and len(filled.get("actions", [])) > MOST_BUTTONS_UNAPPROVED


def _interactive(kind: str, filled: dict[str, Any]) -> dict[str, Any] | None:
    if kind == QUICK_REPLY:
        return {"buttons": [{"id": one.get("id") or one["title"], "title": one["title"]} for one in filled["actions"]]}
    if kind == LIST_PICKER:
        items = [
            {"id": one["id"], "title": one["item"], "description": one.get("description") or ""}
            for one in filled["items"]
        ]
        return {"list": {"button": filled["button"], "items": items}}
    return None


def _value(name: str, variables: Mapping[str, str]) -> str:
    if name not in variables:
        raise TwilioError(21656, f"there is no value for {name}")
    return variables[name]


def _filled(part: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return _VARIABLE.sub(lambda found: _value(found[1], variables), part)
    if isinstance(part, list):
        return [_filled(one, variables) for one in part]
    return {name: _filled(one, variables) for name, one in part.items()} if isinstance(part, dict) else part
