"""The Content API: templates, their limits, and messages made from them."""

from typing import Any

import pytest
from support.bots import SAM, Boxed

from twilio_in_a_box.box import TwilioInABox

TEXT, QUICK_REPLY, LIST_PICKER = "twilio/text", "twilio/quick-reply", "twilio/list-picker"
BUTTON = {"title": "Task", "id": "task"}


def quick_reply(count: int = 1, body: str = "Filed.", **changed: str) -> dict[str, Any]:
    return {"body": body, "actions": [BUTTON | {"id": f"b{number}"} | changed for number in range(count)]}


def list_picker(count: int = 1, **changed: str) -> dict[str, Any]:
    items = [{"item": "Hall", "id": f"i{number}"} | changed for number in range(count)]
    return {"body": "Where?", "button": "Choose", "items": items}


def test_a_template_is_made_listed_fetched_and_deleted(there: Boxed) -> None:
    asked = {"friendly_name": "filed", "variables": {"1": "a note"}}
    made = there.template(TEXT, {"body": "Filed: {{1}}"}, **asked)
    assert made.status_code == 201
    content = made.json()
    assert content["sid"].startswith("HX")
    assert asked.items() <= content.items()
    assert content["types"] == {TEXT: {"body": "Filed: {{1}}"}}
    assert there.api("GET", f"/v1/Content/{content['sid']}").json() == content
    listed = there.api("GET", "/v1/Content").json()
    assert (listed["contents"], listed["meta"]["key"]) == ([content], "contents")
    assert there.api("DELETE", f"/v1/Content/{content['sid']}").status_code == 204
    assert there.api("DELETE", f"/v1/Content/{content['sid']}").json()["code"] == 20404
    assert there.refusal(ContentSid=content["sid"]) == (400, 21655)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (TEXT, {"body": "x" * 1600}),
        (QUICK_REPLY, quick_reply(10)),
        (QUICK_REPLY, quick_reply(body="x" * 1024, title="x" * 20)),
        (LIST_PICKER, list_picker(10, item="x" * 24, description="x" * 72)),
    ],
)
def test_what_is_just_within_the_limits_is_made(there: Boxed, kind: str, content: dict[str, Any]) -> None:
    assert there.template(kind, content).status_code == 201


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (TEXT, {"body": "x" * 1601}),
        (TEXT, {"body": ""}),
        (TEXT, {"body": "hello {{}}"}),
        (TEXT, {"body": "hello {{a b}}"}),
        (TEXT, {}),
        (TEXT, "hello"),
        (QUICK_REPLY, quick_reply(0)),
        (QUICK_REPLY, quick_reply(11)),
        (QUICK_REPLY, quick_reply(body="x" * 1025)),
        (QUICK_REPLY, quick_reply(title="x" * 21)),
        (QUICK_REPLY, quick_reply(title="")),
        (QUICK_REPLY, quick_reply(id="x" * 201)),
        (QUICK_REPLY, {"body": "x", "actions": "Task"}),
        (QUICK_REPLY, {"body": "x", "actions": ["Task"]}),
        (LIST_PICKER, list_picker(0)),
        (LIST_PICKER, list_picker(11)),
        (LIST_PICKER, list_picker(item="x" * 25)),
        (LIST_PICKER, list_picker(description="x" * 73)),
        (LIST_PICKER, list_picker(2, id="same")),
        (LIST_PICKER, list_picker() | {"button": "x" * 21}),
        ("twilio/carousel", {"body": "x"}),
    ],
)
def test_a_template_that_is_not_right_is_refused(there: Boxed, kind: str, content: Any) -> None:
    answer = there.template(kind, content)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


@pytest.mark.parametrize("changed", [{"language": ""}, {"language": 1}, {"friendly_name": 1}, {"types": {}}])
@pytest.mark.parametrize("variables", [{}, {"1": 1}, {"a b": "x"}, ["x"]])
def test_the_parts_around_a_template_are_checked_too(there: Boxed, changed: dict[str, Any], variables: Any) -> None:
    answer = there.template(TEXT, {"body": "x"}, **({"variables": variables} | changed))
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_bad_json_is_refused(there: Boxed, body: bytes) -> None:
    answer = there.api("POST", "/v1/Content", content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["code"] in {20001, 20422}


def test_a_form_is_refused(there: Boxed) -> None:
    assert there.api("POST", "/v1/Content", data={"language": "en"}).json()["code"] == 20415


def test_variables_fill_text_buttons_and_ids_and_defaults_what_is_not_given(there: Boxed) -> None:
    content = {"body": "Filed: {{ title }}, {{when}}", "actions": [{"title": "{{yes}}", "id": "task:{{sid}}"}]}
    variables = {"when": "today", "yes": "Yes"}
    sid = there.template(QUICK_REPLY, content, variables=variables).json()["sid"]
    there.fate(ContentSid=sid, ContentVariables='{"title": "valves", "sid": "MM1"}')
    shown = there.bubbles()[-1]
    assert shown["text"] == "Filed: valves, today"
    assert shown["buttons"] == [{"id": "task:MM1", "title": "Yes"}]
    assert there.box.sent_to(SAM)[-1].content_sid == sid


@pytest.mark.parametrize("variables", ["{", "[]", '"x"', '{"1": 2}', '{"1": ""}', '{"1": null}', "{}", "[" * 5000])
def test_variables_that_are_not_right_are_refused(there: Boxed, variables: str) -> None:
    sid = there.template(TEXT, {"body": "Hello {{1}}"}).json()["sid"]
    assert there.refusal(ContentSid=sid, ContentVariables=variables) == (400, 21656)


def test_a_value_is_not_read_as_a_variable(there: Boxed) -> None:
    sid = there.template(TEXT, {"body": "Hello {{1}}"}).json()["sid"]
    there.fate(ContentSid=sid, ContentVariables='{"1": "{{2}} {{1}}"}')
    assert there.bubbles()[-1]["text"] == "Hello {{2}} {{1}}"


def test_what_is_too_long_once_it_is_filled_fails(there: Boxed) -> None:
    sid = there.template(QUICK_REPLY, quick_reply(title="{{1}}")).json()["sid"]
    assert there.fate(ContentSid=sid, ContentVariables=f'{{"1": "{"x" * 21}"}}') == [("failed", "63021")]


def test_more_than_three_buttons_need_an_approval(there: Boxed) -> None:
    sid = there.template(QUICK_REPLY, quick_reply(4)).json()["sid"]
    assert there.fate(ContentSid=sid) == [("failed", "63021")]
    there.api("POST", f"/v1/Content/{sid}/ApprovalRequests/whatsapp", json={"name": "x", "category": "UTILITY"})
    assert there.api("GET", f"/v1/Content/{sid}/ApprovalRequests").json()["whatsapp"]["status"] == "approved"
    assert there.fate(ContentSid=sid)[-1] == ("delivered", "")


def test_a_list_is_never_approved(there: Boxed) -> None:
    sid = there.template(LIST_PICKER, list_picker()).json()["sid"]
    asked = {"name": "x", "category": "UTILITY"}
    assert there.api("POST", f"/v1/Content/{sid}/ApprovalRequests/whatsapp", json=asked).json()["code"] == 20001
    there.control("PUT", "/switches", json={"phones": {SAM: {"window_over": True}}})
    assert there.fate(ContentSid=sid)[-1] == ("undelivered", "63016")


def test_templates_outlive_the_run(there: Boxed) -> None:
    sid = there.template(TEXT, {"body": "Hello"}).json()["sid"]
    with TwilioInABox(there.box.folder) as again:
        assert again.contents.find(sid).types == {TEXT: {"body": "Hello"}}
