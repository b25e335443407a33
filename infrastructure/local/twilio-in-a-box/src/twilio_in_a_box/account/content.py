"""The Content API: templates with variables and buttons, checked as Twilio checks them (Twilio, "Content API")."""

import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.messages import ACCOUNT_SID

TEXT, QUICK_REPLY, LIST_PICKER = "twilio/text", "twilio/quick-reply", "twilio/list-picker"

LONGEST = {"body": 1024, "title": 20, "id": 200, "button": 20, "item": 24, "description": 72}
"""Characters; a plain text's body may have 1600 (Twilio, "twilio/quick-reply", "twilio/list-picker")."""

LONGEST_TEXT = 1600
MOST_BUTTONS, MOST_ITEMS = 10, 10
MOST_BUTTONS_UNAPPROVED = 3
"""Of a message within the 24-hour window whose template WhatsApp has not approved."""

_BROKEN_VARIABLE = re.compile(r"\{\{(?!\s*\w+\s*\}\})")


@dataclass(frozen=True)
class Content:
    """A template; `approved` says whether WhatsApp lets it open a conversation."""

    sid: str
    friendly_name: str | None
    language: str
    variables: dict[str, str]
    types: dict[str, Any]
    at: str
    approved: bool = False

    def json(self) -> dict[str, Any]:
        """The template in Twilio's API (Twilio, "Content resource")."""
        url = f"https://content.twilio.com/v1/Content/{self.sid}"
        asked = {"approval_create": f"{url}/ApprovalRequests/whatsapp", "approval_fetch": f"{url}/ApprovalRequests"}
        dates = {"date_created": self.at, "date_updated": self.at}
        named = {"sid": self.sid, "account_sid": ACCOUNT_SID, "friendly_name": self.friendly_name}
        what = {"language": self.language, "variables": self.variables, "types": self.types}
        return named | what | dates | {"url": url, "links": asked}


@dataclass
class Contents:
    """The templates of the account, kept from run to run."""

    kept: Kept
    all: dict[str, Content] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self) -> None:
        """Reads what earlier runs kept."""
        self.all = {one["sid"]: Content(**one) for one in self.kept.read("content.json", [])}

    def create(self, asked: Any) -> Content:
        """Makes a template of a request's JSON; raises TwilioError."""
        if not isinstance(asked, dict):
            raise TwilioError(20001, "the body has to be a JSON object")
        name, language, variables = asked.get("friendly_name"), asked.get("language"), asked.get("variables") or {}
        if not isinstance(language, str) or not language:
            raise TwilioError(20001, "language is required")
        if not (name is None or isinstance(name, str)) or not is_variables(variables):
            raise TwilioError(20001, "friendly_name has to be a string, variables an object of strings")
        types = _without_nulls(asked.get("types"))
        check_types(types)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return self.keep(Content("HX" + secrets.token_hex(16), name, language, variables, types, now))

    def keep(self, content: Content) -> Content:
        """Adds a template, or another version of it."""
        self.all[content.sid] = content
        self._write()
        return content

    def find(self, sid: str) -> Content:
        """The template; raises TwilioError 20404."""
        if sid not in self.all:
            raise TwilioError(20404, f"/v1/Content/{sid}")
        return self.all[sid]

    def delete(self, sid: str) -> None:
        """Deletes a template; raises TwilioError 20404."""
        self.find(sid)
        del self.all[sid]
        self._write()

    def _write(self) -> None:
        with self._lock:  # else an older list could be written last
            self.kept.write("content.json", [asdict(one) for one in list(self.all.values())])


def is_variables(variables: Any) -> bool:
    """Whether these are a template's variables: names of letters, digits and `_`, and texts."""
    return isinstance(variables, Mapping) and all(
        isinstance(name, str) and re.fullmatch(r"\w+", name) and isinstance(value, str)
        for name, value in variables.items()
    )


def _without_nulls(types: Any) -> Any:
    """The types that are there: Twilio's own library for Python names all others, too, as null."""
    return {name: one for name, one in types.items() if one is not None} if isinstance(types, dict) else types


def check_types(types: Any) -> None:
    """Raises TwilioError unless the types of a template are right."""
    if not isinstance(types, dict) or not types:
        raise TwilioError(20001, "types is required")
    for name, content in types.items():
        if name not in _CHECKS:
            raise TwilioError(20001, f"{name} is not a type that is served here; {', '.join(_CHECKS)} are")
        if not isinstance(content, dict):
            raise TwilioError(20001, f"{name} has to be an object")
        _CHECKS[name](content)


def _check_text(content: dict[str, Any]) -> None:
    _text(content, "body", LONGEST_TEXT)


def _check_quick_reply(content: dict[str, Any]) -> None:
    _text(content, "body")
    for action in _objects(content, "actions", MOST_BUTTONS):
        _text(action, "title")
        _text(action, "id", required=False)


def _check_list_picker(content: dict[str, Any]) -> None:
    _text(content, "body")
    _text(content, "button")
    items = _objects(content, "items", MOST_ITEMS)
    for item in items:
        _text(item, "item")
        _text(item, "id")
        _text(item, "description", required=False)
    if len({item["id"] for item in items}) < len(items):
        raise TwilioError(20001, "the ids of items have to differ")


_CHECKS = {TEXT: _check_text, QUICK_REPLY: _check_quick_reply, LIST_PICKER: _check_list_picker}


def _objects(content: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found = content.get(name)
    if not isinstance(found, list) or not 1 <= len(found) <= most or not all(isinstance(one, dict) for one in found):
        raise TwilioError(20001, f"{name} has to be a list of 1 to {most} objects")
    return found


def _text(content: dict[str, Any], name: str, longest: int = 0, *, required: bool = True) -> None:
    value = content.get(name)
    if value is None and not required:
        return
    if not isinstance(value, str) or (required and not value) or len(value) > (longest or LONGEST[name]):
        raise TwilioError(20001, f"{name} has to be text of at most {longest or LONGEST[name]} characters")
    if _BROKEN_VARIABLE.search(value):
        raise TwilioError(20001, f"{name} has a variable that is not like {{{{1}}}}")
