"""A message that a person writes on a phone of the page: text, file, place, contact, a press of a button or item."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response

from twilio_in_a_box import arriving
from twilio_in_a_box.account.addresses import is_number
from twilio_in_a_box.account.fetching import LARGEST_FILE
from twilio_in_a_box.arriving import Said
from twilio_in_a_box.control import contacts
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import answered
from twilio_in_a_box.routes.control import Problem, guarded

LONGEST_TEXT = 4096
"""Characters of a message on WhatsApp."""

_FIELDS = frozenset(
    {"phone", "text", "quoting", "forwarded", "latitude", "longitude", "address", "label", "contact", "button", "item"}
)


def write_route(account: Account) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that sends a message from a phone, and answers when the webhook has answered."""

    async def endpoint(request: Request) -> Response:
        try:
            async with request.form(max_files=1, max_fields=len(_FIELDS), max_part_size=100_000) as form:
                texts, file, content_type = await _read(form)
        except (MultiPartException, AssertionError) as error:
            raise Problem(400, f"The form cannot be read: {error}") from None
        return await run_in_threadpool(_write, account, texts, file, content_type)

    return guarded(account, endpoint)


async def _read(form: FormData) -> tuple[dict[str, str], bytes, str]:
    file = form.get("file")
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    if unknown := texts.keys() - _FIELDS:
        raise Problem(422, f"There is no field {', '.join(sorted(unknown))}.")
    if not isinstance(file, UploadFile):
        return texts, b"", ""
    content = await file.read()
    if len(content) > LARGEST_FILE:
        raise Problem(413, "WhatsApp takes files of at most 16 MB.")
    return texts, content, file.content_type or "application/octet-stream"


def _write(account: Account, texts: dict[str, str], file: bytes, content_type: str) -> Response:
    number = texts.get("phone", "")
    if not is_number(number):
        raise Problem(422, "phone has to be as in +15550100001.")
    said = _said(account, texts, file, content_type)
    parameters = arriving.receive(account, arriving.sender(account, number, ""), said)
    delivered = arriving.pass_on(account, parameters)
    status = account.log.statuses[delivered.sid][0]
    webhook = {"status": delivered.status, "answer": delivered.body}
    return answered({"sid": delivered.sid, "status": status, "webhook": webhook}, 201)


def _said(account: Account, texts: dict[str, str], file: bytes, content_type: str) -> Said:
    text, quoting = texts.get("text", ""), texts.get("quoting", "")
    if len(text) > LONGEST_TEXT:
        raise Problem(422, f"WhatsApp takes texts of at most {LONGEST_TEXT} characters.")
    more = _place(texts) | _forwarded(texts.get("forwarded", ""))
    if texts.get("contact"):
        file, content_type = _contact(texts["contact"]), "text/vcard"
    if pressed := texts.get("button") or texts.get("item"):
        text, press = _press(account, quoting, pressed, "buttons" if texts.get("button") else "list")
        more |= press
    if not (text.strip() or content_type or "Latitude" in more):
        raise Problem(422, "There is nothing to send.")
    return Said(text, file, content_type, quoting, more)


def _place(texts: dict[str, str]) -> dict[str, str]:
    found = {
        name.capitalize(): texts[name] for name in ("latitude", "longitude", "address", "label") if texts.get(name)
    }
    if not found:
        return {}
    try:
        latitude, longitude = float(found["Latitude"]), float(found["Longitude"])
    except (KeyError, ValueError):
        raise Problem(422, "A place has a latitude and a longitude.") from None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - degrees
        raise Problem(422, "A latitude is within 90 degrees, a longitude within 180.")
    return found


def _forwarded(asked: str) -> dict[str, str]:
    if asked.lower() in {"", "false", "0", "no"}:
        return {}
    return {"Forwarded": "true"} | ({"FrequentlyForwarded": "true"} if asked == "frequently" else {})


def _contact(asked: str) -> bytes:
    try:
        return contacts.card(asked)
    except (ValueError, json.JSONDecodeError):
        raise Problem(422, "contact has to be a vCard, or JSON with name and phone.") from None


def _press(account: Account, sid: str, pressed: str, kind: str) -> tuple[str, dict[str, str]]:
    """The words and parameters of a press, on the message with this sid."""
    message = next((one for one in account.log.sent if one.sid == sid), None)
    shown: Any = (message.interactive or {}).get(kind) if message else None
    choices = shown["items"] if kind == "list" and shown else shown or []
    found = next((one for one in choices if one["id"] == pressed), None)
    if found is None:
        raise Problem(422, "There is no such button or item; quoting has to be the sid of the message with it.")
    if kind == "buttons":
        template = account.contents.all.get(message.content_sid) if message else None
        approved = template is not None and template.approved
        press = {"ButtonText": found["title"], "ButtonPayload": found["id"]}
        return found["title"], press | {"MessageType": "button" if approved else "interactive"}
    more = {"ListDescription": found["description"]} if found["description"] else {}
    return found["title"], {"ListId": found["id"], "ListTitle": found["title"]} | more
