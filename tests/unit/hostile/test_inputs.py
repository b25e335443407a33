"""For any content from senders, queues and operators' files, each reader gives one of the outcomes that it names."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import ACCOUNT_SID, Account
from unit.hostile.bounded import bounded
from unit.webhook_handler.desk import MESSAGE, Desk, event, form_event, json_event

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import VERSION, IndexJob, NoteJob
from customer_lookup_server.customers_file import BrokenCustomers, CustomersFile, parse
from customer_lookup_server.identities import Identity
from voice_parser.replying.splitting import split

LEVELS = 100_000
DEEP = ["[" * LEVELS, "[" * LEVELS + "]" * LEVELS, '{"a":' * LEVELS, '{"a":' * LEVELS + "1" + "}" * LEVELS]
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))  # half characters and zeros are text, too
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def desk(account: Account) -> Desk:
    return Desk(account)


@bounded(150)
@given(body=st.binary(max_size=300))
def test_no_bytes_make_the_webhook_fail(desk: Desk, body: bytes) -> None:
    assert desk.status(json_event(body)) == 400
    assert desk.status(json_event(body) | {"rawQueryString": ""}) == 403
    assert desk.jobs() == []


@pytest.mark.parametrize("body", [*DEEP, f'{{"AccountSid": "{ACCOUNT_SID}", "x": {DEEP[1]}}}', "1" * LEVELS])
def test_nested_as_deep_as_may_be_json_is_refused_by_the_webhook(desk: Desk, body: str) -> None:
    assert desk.status(json_event(body)) == 400


@pytest.mark.parametrize("fields", [1_001, 200_000])
def test_a_flood_of_fields_is_refused_before_it_is_read(desk: Desk, fields: int) -> None:
    assert desk.status(event("&".join(f"a{number}=1" for number in range(fields)), "c2lnbmVk")) == 403


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0", "\0" * 5_000])
def test_half_characters_are_refused_and_zeros_are_text(desk: Desk, text: str) -> None:
    posted = json_event(json.dumps({**MESSAGE, "Body": text}))
    assert desk.status(posted) == (200 if text.startswith("\0") else 400)
    jobs = desk.jobs()
    assert [job["message"]["Body"] for job in jobs] == ([text] if text.startswith("\0") else [])


def test_a_zero_in_a_form_reaches_the_worker_as_it_was_sent(desk: Desk) -> None:
    assert desk.status(form_event(MESSAGE | {"Body": "a\0b"})) == 200
    (job,) = desk.jobs()
    assert job["message"]["Body"] == "a\0b"


@bounded(300)
@given(fields=ANY_JSON, like=st.booleans())
def test_a_queue_body_is_a_job_or_parked(fields: Any, *, like: bool) -> None:
    for kind, whole in (
        (NoteJob, {"message": fields, "company_id": "acme", "customer_id": "ann", "received_at": "now"}),
        (IndexJob, {"company_id": fields, "message_id": fields, "action": fields}),
    ):
        body = json.dumps({"version": VERSION, **whole} if like else fields)
        try:
            job = kind.from_json(body)
            assert job.message_id.isalnum()
            job.to_json().encode()
        except DeadLetter:
            continue


@pytest.mark.parametrize("body", [*DEEP, '{"version": ' + "1" * 10_000 + "}", "\0", "\ud800", '"\ud800"'])
def test_a_queue_body_that_harms_parsers_is_parked(body: str) -> None:
    for kind in (NoteJob, IndexJob):
        with pytest.raises(DeadLetter):
            kind.from_json(body)


@bounded(300)
@given(key=ANY_TEXT | st.from_regex(r"[a-z./]{1,8}/[a-z./-]{1,8}/[a-z-]{1,4}_[A-Z0-9]{1,4}_[a-z_.]{1,9}"))
def test_what_parses_as_a_key_is_that_key_and_in_one_companys_folder(key: str) -> None:
    try:
        parsed = ArtifactKey.parse(key)
    except ValueError:
        return
    assert str(parsed) == key
    assert key.startswith(f"{parsed.company_id}/{parsed.intent}/")
    assert not {"..", "", "."} & set(key.split("/"))
    assert key.isascii()


@bounded(300)
@given(text=ANY_TEXT | st.text("0123456789+() -whatsapp:\u0661\u00b2\u2460\0"))
def test_any_text_has_one_identity(text: str) -> None:
    name = Identity.of(text).form
    assert Identity.of(name).form == name
    assert Identity.of(f"whatsapp:{name}").form == name


@bounded(200)
@given(fields=ANY_JSON, raw=st.binary(max_size=200))
def test_a_customers_file_is_one_or_said_to_be_broken(fields: Any, raw: bytes) -> None:
    company = {"company_id": "acme", "name": "Acme", "languages": fields}
    customer = {"customer_id": "ann", "company_id": "acme", "name": "Ann", "phone_numbers": fields}
    made = [
        fields,
        {"companies": fields, "customers": fields},
        {"companies": [company], "customers": []},
        {"companies": [company | {"languages": []}], "customers": [customer]},
    ]
    for content in (raw, *(json.dumps(one).encode() for one in made)):
        assert outcome(content) in {CustomersFile, BrokenCustomers}


@pytest.mark.parametrize("content", [*DEEP, "\0", "1" * LEVELS, '{"companies": ' + DEEP[1] + ', "customers": []}'])
def test_a_customers_file_that_harms_parsers_is_broken(content: str) -> None:
    assert outcome(content.encode()) is BrokenCustomers


@bounded(200)
@given(text=ANY_TEXT.filter(lambda text: text.isprintable()) | st.text("ab. \n\U0001f600\u0600\0", max_size=5_000))
def test_a_reply_of_any_text_fits_into_two_messages(text: str) -> None:
    parts = split(text)
    assert len(parts) <= 2
    assert all(len(part.encode("utf-16-le")) <= 3200 for part in parts)


def outcome(content: bytes) -> type:
    try:
        return type(parse(content))
    except BrokenCustomers as broken:
        return type(broken)
