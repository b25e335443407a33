"""Only what Twilio signed is read."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from support.account import ACCOUNT_SID, TWILIO_SECRET, Account
from unit.webhook_handler.desk import MESSAGE, URL, Desk, event, form_event, json_event, signature


def test_the_tests_sign_as_twilio_documents_it() -> None:
    parameters = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
        ("Caller", "+14158675309"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature(url, parameters, "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_form_with_blank_and_non_latin_parameters_is_proven(desk: Desk) -> None:
    assert desk.status(form_event(MESSAGE)) == 200


def test_repeated_parameters_are_signed_and_kept(desk: Desk) -> None:
    assert desk.status(form_event([*MESSAGE.items(), ("Label", "b"), ("Label", "a"), ("Label", "a")])) == 200
    assert desk.jobs()[0]["message"]["Label"] == ["b", "a", "a"]


def test_the_query_is_signed_as_it_was_sent(desk: Desk) -> None:
    assert desk.status(form_event(MESSAGE, query="team=B%c3%bcro+1&empty=&x=%7E")) == 200
    resent = form_event(MESSAGE, query="team=B%c3%bcro+1")
    assert desk.status(resent | {"rawQueryString": f"team={quote('Büro 1')}"}) == 403


def test_an_encoded_body_is_decoded_before_it_is_proven(desk: Desk) -> None:
    plain = form_event(MESSAGE)
    encoded = base64.b64encode(plain["body"].encode()).decode()
    assert desk.status(plain | {"body": encoded, "isBase64Encoded": True}) == 200


def test_a_url_signed_with_its_port_is_proven(desk: Desk) -> None:
    assert desk.status(form_event(MESSAGE, url=URL.replace(".com/", ".com:443/"))) == 200


def test_the_public_url_is_what_twilio_calls_whatever_the_event_names(account: Account) -> None:
    desk = Desk(account, public_url="https://hooks.example.com/whatsapp")
    posted = form_event(MESSAGE, url="https://hooks.example.com/whatsapp/twilio/message")
    assert desk.status(posted) == 200
    assert desk.status(form_event(MESSAGE)) == 403


def test_no_header_changes_the_host(desk: Desk) -> None:
    posted = form_event(MESSAGE, url="https://evil.example.com/twilio/message")
    for name in ("host", "x-forwarded-host", "forwarded", "x-original-host"):
        headers = posted["headers"] | {name: "evil.example.com"}
        assert desk.status(posted | {"headers": headers}) == 403


def test_a_stage_belongs_to_the_signed_url_but_not_to_the_route(desk: Desk) -> None:
    posted = form_event(MESSAGE, url=URL.replace("/twilio", "/dev/twilio"))
    context = posted["requestContext"] | {"stage": "dev"}
    assert desk.status(posted | {"rawPath": "/dev/twilio/message", "requestContext": context}) == 200


def test_the_header_is_found_whatever_its_case(desk: Desk) -> None:
    posted = form_event(MESSAGE)
    signed = posted["headers"]["x-twilio-signature"]
    assert desk.status(posted | {"headers": {"X-TWILIO-Signature": signed}}) == 200


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {}},
        {"headers": {"x-twilio-signature": ""}},
        {"headers": {"x-twilio-signature": "bm90IHRoZSBzaWduYXR1cmUh"}},
        {"body": "MessageSid=SM1&AccountSid=" + ACCOUNT_SID},
        {"body": "%%%", "isBase64Encoded": True},
        {"body": "a=1&" * 5000},
        {"rawQueryString": "x=1"},
    ],
)
def test_what_is_unsigned_changed_or_unreadable_is_refused(desk: Desk, change: dict[str, Any]) -> None:
    assert desk.status(form_event(MESSAGE) | change) == 403
    assert desk.jobs() == []
    assert desk.lookup.calls == 0


def test_a_json_body_is_proven_by_the_hash_in_its_query(desk: Desk) -> None:
    posted = json_event(json.dumps(MESSAGE))
    assert desk.status(posted) == 200
    assert desk.status(posted | {"body": "e30="}) == 403


def test_a_json_body_without_its_hash_is_refused(desk: Desk) -> None:
    posted = event('{"MessageSid": "SM1"}', signature(URL, []))
    assert desk.status(posted) == 403


def test_both_tokens_work_during_a_rotation(desk: Desk) -> None:
    fields = {"account_sid": ACCOUNT_SID, "auth_token": "new", "auth_token_secondary": "old"}
    desk.account.put_secret(TWILIO_SECRET, fields)
    assert desk.status(form_event(MESSAGE, token="old")) == 200
    assert desk.status(form_event(MESSAGE, token="new")) == 200


def test_a_rotation_is_picked_up_at_once(desk: Desk) -> None:
    assert desk.status(form_event(MESSAGE)) == 200
    desk.account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": "rotated"})
    desk.clock.seconds += 31
    assert desk.status(form_event(MESSAGE, token="rotated")) == 200


@pytest.mark.parametrize("token", ["unset", "", "None", " "])
def test_a_placeholder_is_never_a_valid_token(desk: Desk, token: str) -> None:
    desk.account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": token})
    assert desk.status(form_event(MESSAGE, token=token)) == 503
    desk.account.put_secret(TWILIO_SECRET, {"account_sid": ACCOUNT_SID, "auth_token": "good"})
    desk.clock.seconds += 31
    assert desk.status(form_event(MESSAGE, token="good")) == 200


def test_a_null_secondary_token_is_no_token(desk: Desk) -> None:
    fields: dict[str, Any] = {"account_sid": ACCOUNT_SID, "auth_token": "good", "auth_token_secondary": None}
    desk.account.put_secret(TWILIO_SECRET, fields)
    assert desk.status(form_event(MESSAGE, token="None")) == 403
