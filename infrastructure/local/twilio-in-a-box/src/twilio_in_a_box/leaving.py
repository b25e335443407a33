"""The way of a message from the bot to a phone: taken or refused, shown or not, its states told."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from twilio_in_a_box.account import sending
from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.account.messages import Sent
from twilio_in_a_box.core import MIXED_UP, RATE_LIMITED, Account
from twilio_in_a_box.webhooks.callbacks import Callback


def take(account: Account, fields: Mapping[str, str], direction: str = "outbound-api") -> tuple[int, dict[str, Any]]:
    """Twilio's answer to a request to send a message to a phone: status and JSON."""
    try:
        if refusal := account.refuse_sending(_words(fields)):
            return refusal
        _check_rate(account)
        ordered = sending.order(fields, account.number, account.contents, account.kept)
    except TwilioError as error:
        return error.status, error.json()
    trouble = ordered.trouble or _trouble(account, fields["To"], is_template=ordered.is_template)
    sent = replace(ordered.message(fields, shown=not trouble), direction=direction)
    account.log.send(sent)
    taken = account.log.listed(sent)
    _show(account, sent, trouble, fields.get("StatusCallback", ""))
    return 201, taken


def read(account: Account, number: str) -> None:
    """The phone shows its conversation: what was delivered becomes read, and that is told."""
    address = account.phones.find(number).sender.address
    for sent in list(account.log.sent):
        if sent.to == address and account.log.statuses.get(sent.sid, ("", ""))[0] == "delivered":
            url = account.log.callback_urls.get(sent.sid, "")
            account.callbacks.post(Callback(url, sent, (("read", ""),)))


def _check_rate(account: Account) -> None:
    if account.switches.is_on(RATE_LIMITED):
        raise TwilioError(20429)


def _trouble(account: Account, address: str, *, is_template: bool) -> str:
    """Why WhatsApp does not deliver to this phone; empty if it does."""
    wrong = account.switches.of(account.phones.number_of(address))
    if wrong.blocked:
        return "63014"
    in_window = account.log.is_open(address) and not wrong.window_over
    return "" if is_template or in_window else "63016"


def _show(account: Account, sent: Sent, trouble: str, callback_url: str) -> None:
    account.log.callback_urls[sent.sid] = callback_url
    account.tell_message(sent)
    if sent.shown:
        account.phones.stop_typing(sent.to)
    fate = sending.failing(trouble) if trouble else account.fate(sent.body, len(account.log.sent) - 1)
    if account.switches.is_on(MIXED_UP):
        fate = (*reversed(fate), *fate)
    slow = account.switches.of(account.phones.number_of(sent.to)).slow
    account.callbacks.post(Callback(callback_url, sent, fate), account.slow_seconds if slow else account.told_after)


def _words(fields: Mapping[str, str]) -> str:
    """The words of a message; of a template, what fills its variables."""
    if body := fields.get("Body", ""):
        return body
    try:
        return " ".join(map(str, json.loads(fields.get("ContentVariables", "{}")).values()))
    except (ValueError, AttributeError, RecursionError):
        return ""
