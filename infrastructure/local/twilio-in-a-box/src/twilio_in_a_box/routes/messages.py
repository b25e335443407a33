"""Twilio's API for messages, their files, and typing indicators."""

import re

from starlette.responses import Response

from twilio_in_a_box import leaving
from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.account.messages import Received, page
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import Asked, answered

_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")


def create(account: Account, asked: Asked) -> Response:
    """Sends a message to a phone (Twilio, "Create a Message")."""
    if asked.count("MediaUrl") > 1:
        raise TwilioError(21623, "WhatsApp takes one file a message")
    status, told = leaving.take(account, asked.form())
    return answered(told, status)


def list_all(account: Account, asked: Asked) -> Response:
    """A page of the messages of both directions (Twilio, "List all Message resources")."""
    for name in ("Page", "PageSize"):
        if not _is_small_number(asked.query.get(name, "0")):
            raise TwilioError(20001, f"{name} has to be a number")
    found, told = page(account.log.there(), asked.query, account.largest_page)
    return answered(told | {"messages": [account.log.listed(one) for one in found]})


def fetch(account: Account, asked: Asked) -> Response:
    """One message (Twilio, "Fetch a Message")."""
    message = account.log.find(asked.path["sid"])
    if message is None:
        raise _unknown(asked)
    return answered(account.log.listed(message))


def delete(account: Account, asked: Asked) -> Response:
    """Deletes a message with its files (Twilio, "Delete a Message")."""
    if not account.delete(asked.path["sid"]):
        raise _unknown(asked)
    return Response(status_code=204)


def list_media(account: Account, asked: Asked) -> Response:
    """The files of a message (Twilio, "Media resource")."""
    files = account.media_of(asked.path["sid"])
    if files is None:
        raise _unknown(asked)
    return answered({"media_list": files})


def fetch_media(account: Account, asked: Asked) -> Response:
    """Redirects to the host of files; with `.json`, tells of the file."""
    found, as_json = _media_of(account, asked)
    if account.is_late(asked.path["sid"]):
        raise _unknown(asked)
    if as_json:
        return answered(found)
    return Response(status_code=307, headers={"Location": account.public_url(found["sid"])})


def delete_media(account: Account, asked: Asked) -> Response:
    """Deletes one file (Twilio, "Delete a Media resource")."""
    found, _ = _media_of(account, asked)
    account.delete(asked.path["sid"], found["sid"])
    return Response(status_code=204)


def show_typing(account: Account, asked: Asked) -> Response:
    """Shows on a phone that somebody is typing, and marks its message as read (Twilio, "Typing Indicators")."""
    form = asked.form()
    if form.get("channel") != "whatsapp":
        raise TwilioError(20001, "channel has to be whatsapp")
    if not _SID.fullmatch(form.get("messageId", "")):
        raise TwilioError(20001, "messageId has to be the sid of a message")
    message = account.log.find(form["messageId"])
    if not isinstance(message, Received):
        raise TwilioError(20404, form["messageId"])
    account.log.become(message.sid, ("read", ""))
    account.phones.type_to(message.parties["From"])
    return answered({"success": True})


def _media_of(account: Account, asked: Asked) -> tuple[dict[str, str], bool]:
    name = asked.path["media"]
    sid = name.removesuffix(".json")
    files = account.media_of(asked.path["sid"]) or []
    found = next((file for file in files if file["sid"] == sid), None)
    if found is None:
        raise _unknown(asked)
    return found, name != sid


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7  # noqa: PLR2004 - six digits are more pages than there are


def _unknown(asked: Asked) -> TwilioError:
    return TwilioError(20404, asked.path["sid"])
