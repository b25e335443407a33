"""A proven message of a known sender reaches its company's queue; everything else is answered, never a 500."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.account import ACCOUNT_SID, AUTH_TOKEN, TWILIO_SECRET
from unit.webhook_handler.desk import (
    ANN,
    EVENTS,
    MESSAGE,
    OUR_NUMBER,
    SENDER,
    URL,
    Desk,
    event,
    form_event,
    json_event,
    signature,
)

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.jobs import NoteJob

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ANY_TEXT = st.text(alphabet=st.characters(codec=None, categories=None), max_size=40)  # half characters included


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.parametrize("name", ["voice_note", "text_note", "text_note_base64", "text_note_json"])
def test_a_real_event_reaches_the_companys_queue_verbatim(desk: Desk, name: str) -> None:
    answer = desk.endpoint.answer(json.loads((EVENTS / f"whatsapp_{name}.json").read_text()))
    assert answer["body"] == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert answer["headers"] == {"content-type": "text/xml"}
    (message,) = desk.account.queued()
    job = NoteJob.from_json(str(message["Body"]))
    assert (job.company_id, job.customer_id) == ("acme", "ann")
    assert job.message["ProfileName"] == "Zoë Müller"
    assert job.message["NumSegments"] == "1"
    assert message["Attributes"]["MessageGroupId"] == "acme"  # type: ignore[index]


def test_every_parameter_is_kept_those_we_do_not_know_included(desk: Desk) -> None:
    desk.endpoint.answer(form_event(MESSAGE | {"InventedTomorrow": " a\nb "}))
    assert desk.jobs()[0]["message"] == MESSAGE | {"InventedTomorrow": " a\nb "}


def test_fields_of_a_json_body_that_are_no_text_are_kept_as_json(desk: Desk) -> None:
    fields = MESSAGE | {"NumMedia": 0, "Forwarded": True, "Context": {"name": "Zoë"}}
    assert desk.status(json_event(json.dumps(fields))) == 200
    kept = desk.jobs()[0]["message"]
    assert (kept["NumMedia"], kept["Forwarded"], kept["Context"]) == ("0", "true", '{"name": "Zoë"}')


def test_a_stranger_hears_whom_to_ask_and_nothing_is_kept(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.lookup.known = {}
    answer = desk.endpoint.answer(form_event(MESSAGE))
    assert answer["statusCode"] == 200
    assert "not registered" in str(answer["body"])
    assert "administrator" in str(answer["body"])
    assert desk.jobs() == []
    assert [line["UnknownSender"] for line in lines(capsys.readouterr().out) if "UnknownSender" in line] == [1]


def test_a_stranger_is_answered_once_and_then_in_silence(desk: Desk) -> None:
    desk.lookup.known = {}
    answers = [desk.endpoint.answer(form_event(MESSAGE | {"MessageSid": f"SM{number}"})) for number in range(3)]
    assert ["not registered" in str(answer["body"]) for answer in answers] == [True, False, False]
    assert {answer["statusCode"] for answer in answers} == {200}


def test_a_stranger_is_answered_where_nobody_can_tell_whether_they_were(desk: Desk) -> None:
    desk.lookup.known = {}
    desk.lookup.forgetful = True
    assert "not registered" in str(desk.endpoint.answer(form_event(MESSAGE))["body"])


def test_a_sender_behind_a_username_is_known_by_their_external_id(desk: Desk) -> None:
    desk.lookup.known = {"US.77": ANN}
    assert desk.status(form_event(MESSAGE | {"From": "whatsapp:US.77", "ExternalUserId": "US.77"})) == 200
    assert len(desk.jobs()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"MessageSid": ""},
        {"MessageSid": "../SM1"},
        {"AccountSid": "AC9"},
        {"From": "whatsapp:"},
        {"Body": "long" * 300_000},
    ],
)
def test_what_twilio_signed_but_is_no_message_of_ours_is_malformed(desk: Desk, change: dict[str, str]) -> None:
    assert desk.status(form_event(MESSAGE | change)) == 400
    assert desk.jobs() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"From": SENDER}, "it did not come by WhatsApp"),
        ({"From": SENDER, "WaId": SENDER}, "it did not come by WhatsApp"),
        ({"From": f"sms:{SENDER}"}, "it did not come by WhatsApp"),
        ({"From": f"messenger:{SENDER}"}, "it did not come by WhatsApp"),
        ({"From": f" whatsapp:{SENDER}"}, "it did not come by WhatsApp"),
        ({"From": SENDER, "To": OUR_NUMBER.removeprefix("whatsapp:")}, "it did not come by WhatsApp"),
        ({"From": SENDER, "CallSid": "CA1", "CallStatus": "ringing"}, "it did not come by WhatsApp"),
        ({"From": ""}, "it did not come by WhatsApp"),
        ({"To": OUR_NUMBER.removeprefix("whatsapp:")}, "it did not come to one of OUR_NUMBERS"),
        ({"To": "whatsapp:+15550100999"}, "it did not come to one of OUR_NUMBERS"),
        ({"To": ""}, "it did not come to one of OUR_NUMBERS"),
    ],
)
def test_what_twilio_signed_but_is_not_whatsapp_to_a_number_of_ours_is_nobodys(
    desk: Desk, change: dict[str, str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = desk.endpoint.answer(form_event(MESSAGE | change))
    assert (answer["statusCode"], answer["body"]) == (400, "not-whatsapp")
    assert (desk.jobs(), desk.lookup.calls) == ([], 0)
    logged, counted = lines(capsys.readouterr().out)
    assert (logged["outcome"], logged["problem"], counted["NotWhatsApp"]) == ("not-whatsapp", reason, 1)


@pytest.mark.parametrize("name", ["From", "To"])
def test_an_address_that_comes_twice_proves_nobody(desk: Desk, name: str) -> None:
    assert desk.status(form_event([*MESSAGE.items(), (name, "whatsapp:+15550100999"), ("WaId", SENDER)])) == 400
    assert (desk.jobs(), desk.lookup.calls) == ([], 0)


@pytest.mark.parametrize("body", ["[]", "null", "nonsense", "[" * 100_000, b"\xff\xfe", '{"a": "\\ud800"}'])
def test_a_signed_body_that_is_no_json_object_is_malformed(desk: Desk, body: str | bytes) -> None:
    assert desk.status(json_event(body)) == 400


def test_a_signed_empty_body_is_malformed(desk: Desk) -> None:
    assert desk.status(event("", signature(URL, []))) == 400
    assert desk.status(event("", signature(URL, [])) | {"body": None}) == 400


def test_a_signed_form_in_another_charset_is_malformed(desk: Desk) -> None:
    assert desk.status(event("Body=%FF", signature(URL, [("Body", "\ufffd")]))) == 400


def test_other_routes_and_methods_are_told_so(desk: Desk) -> None:
    posted = form_event(MESSAGE)
    context = posted["requestContext"] | {"http": {"method": "GET"}}
    assert desk.status(posted | {"rawPath": "/twilio/message/"}) == 404
    assert desk.endpoint.answer(posted | {"requestContext": context}) == {
        "statusCode": 405,
        "headers": {"content-type": "text/plain", "allow": "POST"},
        "body": "wrong-method",
    }


def test_an_unreachable_lookup_makes_twilio_try_again(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.lookup.reachable = False
    assert desk.status(form_event(MESSAGE)) == 503
    assert any("WebhookUnavailable" in line for line in lines(capsys.readouterr().out))
    desk.lookup.reachable = True
    assert desk.status(form_event(MESSAGE)) == 200


def test_an_unreachable_queue_makes_twilio_try_again_and_the_log_says_whose_message_it_was(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = Queue(desk.account.queue.client, desk.account.queue.url + "-gone")
    away = dataclasses.replace(
        desk.endpoint, routes={"/twilio/message": dataclasses.replace(desk.webhook, queue=gone).handle}
    )
    assert away.answer(form_event(MESSAGE))["statusCode"] == 503
    (line, _counted) = lines(capsys.readouterr().out)
    assert (line["message_id"], line["company_id"]) == ("SM1", "acme")


def test_a_missing_secret_makes_twilio_try_again_and_is_named_in_the_log(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    signature_check = dataclasses.replace(desk.endpoint.signature, secret_name="absent")
    answer = dataclasses.replace(desk.endpoint, signature=signature_check).answer(form_event(MESSAGE))
    assert answer["statusCode"] == 503
    assert "Secret absent does not exist" in lines(capsys.readouterr().out)[0]["problem"]


def test_an_account_sid_that_was_never_put_is_our_fault(desk: Desk) -> None:
    desk.account.put_secret(TWILIO_SECRET, {"account_sid": "unset", "auth_token": AUTH_TOKEN})
    assert desk.status(form_event(MESSAGE)) == 503


def test_the_log_holds_one_line_of_identifiers_only(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.endpoint.answer(form_event(MESSAGE))
    printed = capsys.readouterr().out
    (line,) = lines(printed)
    assert line | {"milliseconds": 0} == {
        "event": "webhook",
        "outcome": "enqueued",
        "message_id": "SM1",
        "company_id": "acme",
        "milliseconds": 0,
    }
    assert SENDER.removeprefix("+") not in printed
    assert "Ventil" not in printed


def test_senders_are_asked_for_once_a_minute(desk: Desk) -> None:
    for _ in range(3):
        desk.endpoint.answer(form_event(MESSAGE))
    assert desk.lookup.calls == 1
    assert len(desk.jobs()) == 3


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    replaced=st.dictionaries(
        st.sampled_from(["rawPath", "rawQueryString", "headers", "requestContext", "body", "isBase64Encoded"]),
        ANY_JSON | ANY_TEXT,
    ),
    context=st.dictionaries(st.sampled_from(["domainName", "stage", "http"]), ANY_JSON | ANY_TEXT),
)
def test_no_event_is_answered_with_a_500(desk: Desk, replaced: dict[str, Any], context: dict[str, Any]) -> None:
    posted = form_event(MESSAGE)
    posted["requestContext"] |= context
    assert desk.status(posted | replaced) in {200, 400, 403, 404, 405, 503}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(
        st.sampled_from(["MessageSid", "AccountSid", "From", "To", "WaId", "Body"]), ANY_JSON | ANY_TEXT
    ),
    known=st.booleans(),
)
def test_no_signed_body_is_answered_with_a_500(desk: Desk, *, body: dict[str, Any], known: bool) -> None:
    identified = (
        {"MessageSid": "SM1", "AccountSid": ACCOUNT_SID, "From": MESSAGE["From"], "To": OUR_NUMBER} if known else {}
    )
    assert desk.status(json_event(json.dumps(body | identified))) in {200, 400}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=ANY_JSON)
def test_what_is_no_event_at_all_is_no_route(desk: Desk, posted: object) -> None:
    assert desk.status(posted) == 404
