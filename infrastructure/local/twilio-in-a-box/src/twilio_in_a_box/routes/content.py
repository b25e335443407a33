"""Twilio's Content API: templates and their approval by WhatsApp (Twilio, "Content API resources")."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from twilio_in_a_box.account.content import LIST_PICKER, Content
from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import Asked, answered


def create(account: Account, asked: Asked) -> Response:
    """Makes a template."""
    return answered(account.contents.create(asked.json()).json(), 201)


def list_all(account: Account, _asked: Asked) -> Response:
    """All templates, on one page."""
    found = [one.json() for one in list(account.contents.all.values())]
    url = "https://content.twilio.com/v1/Content?PageSize=50&Page=0"
    meta = {"page": 0, "page_size": 50, "first_page_url": url, "url": url, "key": "contents"}
    return answered({"contents": found, "meta": meta | {"next_page_url": None, "previous_page_url": None}})


def fetch(account: Account, asked: Asked) -> Response:
    """One template."""
    return answered(account.contents.find(asked.path["sid"]).json())


def delete(account: Account, asked: Asked) -> Response:
    """Deletes a template."""
    account.contents.delete(asked.path["sid"])
    return Response(status_code=204)


def approve(account: Account, asked: Asked) -> Response:
    """Asks WhatsApp to approve a template; the box says yes at once, where WhatsApp needs minutes to days."""
    content, wanted = account.contents.find(asked.path["sid"]), asked.json()
    if not isinstance(wanted, dict) or not wanted.get("name") or not wanted.get("category"):
        raise TwilioError(20001, "name and category are required")
    if LIST_PICKER in content.types:
        raise TwilioError(20001, f"{LIST_PICKER} cannot be approved")
    return answered(_approval(account.contents.keep(replace(content, approved=True))), 201)


def approval(account: Account, asked: Asked) -> Response:
    """Whether WhatsApp has approved a template."""
    content = account.contents.find(asked.path["sid"])
    return answered({"sid": content.sid, "whatsapp": _approval(content)})


def _approval(content: Content) -> dict[str, Any]:
    status = "approved" if content.approved else "unsubmitted"
    return {"name": content.friendly_name or content.sid, "status": status, "rejection_reason": ""}
