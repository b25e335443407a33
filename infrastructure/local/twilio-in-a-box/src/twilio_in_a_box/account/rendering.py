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
        too_long: whether a filled part is longer than WhatsApp takes.
        opens: whether it may be sent while the 24-hour window is over.
    """

    body: str
    interactive: dict[str, Any] | None
    too_long: bool
    opens: bool


def variables_of(text: str) -> dict[str, str]:
    """The variables that a request names; raises TwilioError 21656."""
    try:
        variables = json.loads(text or "{}")
    except ValueError:
        raise TwilioError(21656, "it is not JSON") from None
    if not is_variables(variables):
        raise TwilioError(21656, "it has to be an object of strings")
    return dict(variables)


def rendered(content: Content, variables: Mapping[str, str]) -> Rendered:
    """The template as WhatsApp shows it: its richest type, with defaults where a variable is not given."""
    kind = next(one for one in (LIST_PICKER, QUICK_REPLY, TEXT) if one in content.types)
    filled = _filled(content.types[kind], content.variables | dict(variables))
    longest = LONGEST_TEXT if kind == TEXT else LONGEST["body"]
    parts = [*filled.get("actions", []), *filled.get("items", [])]
    too_long = len(filled["body"]) > longest or any(
        len(str(part.get(name) or "")) > limit for part in parts for name, limit in LONGEST.items()
    )
    return Rendered(filled["body"], _interactive(kind, filled), too_long, content.approved and kind != LIST_PICKER)


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


def _filled(part: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), part)
    if isinstance(part, list):
        return [_filled(one, variables) for one in part]
    return {name: _filled(one, variables) for name, one in part.items()} if isinstance(part, dict) else part
