"""Everything that comes over an open WebSocket gets one frame, raises nothing, and reaches no other company's notes."""

import base64
import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from unit.data_api_server.gateway import file
from unit.data_api_server.test_realtime import Message, Room
from unit.hostile.bounded import bounded, so_many

from ai_voice_local import templates
from ai_voice_shared.domain import now
from data_api_server.realtime.realtime import LARGEST_MESSAGE
from data_api_server.realtime.tickets import LIFETIME, Principal, Tickets

ACME, BOLT = "acme", "bolt"
OURS, THEIRS = "connection-of-acme=", "connection-of-bolt="
FUNCTION = templates.read("realtime")["Resources"]["Function"]["Properties"]
SETTINGS = (*FUNCTION["Environment"]["Variables"], "AWS_LAMBDA_FUNCTION_NAME")
ASK = {"action": "ask", "id": "q1", "question": "When?"}


@dataclass
class Api:
    """The function as API Gateway calls it, on a room whose jobs wait until they are worked off."""

    room: Room
    handle: Callable[[dict[str, Any], object], dict[str, object]]
    messages: int = 0

    def connect(self, connection_id: str, ticket: str) -> object:
        """The status of a handshake."""
        event = self._event("$connect", connection_id) | {"queryStringParameters": {"ticket": ticket}}
        return self.handle(event, None)["statusCode"]

    def send(self, connection_id: str, body: str | None, **more: object) -> list[Message]:
        """Sends a frame; what its client got for it, before it is answered."""
        before = len(self.got(connection_id))
        answer = self.handle(self._event("$default", connection_id) | {"body": body} | more, None)
        assert answer == {"statusCode": 200}
        return self.got(connection_id)[before:]

    def work(self) -> None:
        """Works off what was handed over, as Lambda would give it back."""
        while self.room.jobs:
            assert self.handle(dict(self.room.jobs.pop(0)), None) == {}

    def got(self, connection_id: str) -> list[Message]:
        """All frames of one client."""
        return self.room.clients.got.get(connection_id, [])

    def _event(self, route: str, connection_id: str) -> dict[str, Any]:
        self.messages += 1
        context = {"routeKey": route, "connectionId": connection_id, "messageId": f"message{self.messages}="}
        return {"requestContext": context, "isBase64Encoded": False}


@pytest.fixture
def api(account: Account, monkeypatch: pytest.MonkeyPatch) -> Api:
    """Two companies are connected; the notes are ours, and they are not."""
    for name in SETTINGS:
        monkeypatch.setenv(name, "900")
    room = Room(account)
    room.connect(OURS, ACME)
    room.connect(THEIRS, BOLT)
    file(account, ACME)
    handler = importlib.import_module("data_api_server.realtime_handler")  # reads the settings when it is imported
    monkeypatch.setattr(handler, "_parts", room)
    return Api(room, handler.handle)


def told_no(frames: list[Message]) -> bool:
    """Whether this is one problem, and nothing but a problem."""
    if len(frames) != 1 or set(frames[0]) != {"type", "id", "problem"} or frames[0]["type"] != "error":
        return False
    problem = frames[0]["problem"]
    return set(problem) == {"title", "detail", "status"} and problem["status"] in {400, 401, 422}


ANY_TEXT = st.text(st.characters(), max_size=20)
"""Lone surrogates and null bytes too."""
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "action",
    "id",
    "question",
    "notes",
    "intent",
    "sender",
    "since",
    "until",
    "conversation",
    "company_id",
    "ask",
]


@bounded(150)
@given(message=ANY_JSON, escaped=st.booleans())
def test_any_json_at_all_is_told_to_be_no_question(api: Api, message: object, *, escaped: bool) -> None:
    assert told_no(api.send(OURS, json.dumps(message, ensure_ascii=escaped)))
    assert api.room.jobs == []


@bounded(150)
@given(fields=st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, max_size=6))
def test_a_question_with_anything_in_its_fields_is_accepted_or_told_why_not(api: Api, fields: Message) -> None:
    frames = api.send(OURS, json.dumps(ASK | fields))
    accepted = [frame["type"] for frame in frames] == ["accepted"]
    assert accepted or told_no(frames)
    assert len(api.room.jobs) == accepted
    api.work()
    assert api.got(OURS)[-1]["type"] in {"error", "done"}
    assert not accepted or api.got(OURS)[-1]["type"] == "done"


@bounded(100)
@given(body=st.one_of(st.none(), ANY_TEXT, st.binary(max_size=40).map(lambda raw: raw.decode("utf-8", "replace"))))
def test_any_text_at_all_is_told_to_be_no_question(api: Api, body: str | None) -> None:
    assert told_no(api.send(OURS, body))


def filling(made: Callable[[int], str]) -> str:
    """The largest message that we still read, of those that grow with a number."""
    low, high = 1, LARGEST_MESSAGE
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(made(middle).encode()) <= LARGEST_MESSAGE else (low, middle - 1)
    return made(low)


WORST = {
    "deep lists": "[" * 100_000,
    "deep lists that end": "[" * 15_000 + "]" * 15_000,
    "deep objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "deep in a field": '{"action":"ask","id":"a","question":' + "[" * 10_000 + "]" * 10_000 + "}",
    "as many unknown fields as fit": filling(
        lambda n: json.dumps({f"{one:x}": 1 for one in range(n)}, separators=(",", ":"))
    ),
    "an unknown field with a long name": filling(lambda n: json.dumps({"\x01" * n: 1})),
    "a long id of null bytes": filling(lambda n: json.dumps({"id": "\0" * n})),
    "a long id of quotes": filling(lambda n: json.dumps({"id": '"' * n})),
    "a number of 30,000 digits": '{"id": ' + "9" * 30_000 + "}",
    "a number beyond all numbers": '{"id": 1e999999}',
    "no number": '{"action": "ask", "id": "a", "question": NaN}',
    "many notes": filling(lambda n: json.dumps(ASK | {"notes": ["x"] * n})),
    "a megabyte": json.dumps(ASK | {"question": "x" * 1_000_000}),
    "one of our own jobs": json.dumps({"connection_id": THEIRS, "message_id": "m=", "ask": ASK}),
    "an event of API Gateway's": json.dumps({"requestContext": {"routeKey": "$disconnect", "connectionId": THEIRS}}),
    "the same field twice": '{"action": "ask", "action": "close", "id": "a", "question": "b"}',
}


def test_the_worst_messages_are_told_to_be_none_and_the_connection_stays(api: Api) -> None:
    for name, body in WORST.items():
        assert told_no(api.send(OURS, body)), name
    assert api.room.jobs == []
    assert api.send(OURS, json.dumps(ASK))[0]["type"] == "accepted"


def test_an_action_that_is_not_offered_is_told_so(api: Api) -> None:
    for action in ("", "Ask", "ask ", "close", "$connect", "$disconnect", "sendmessage", "a" * 9000):
        assert told_no(api.send(OURS, json.dumps(ASK | {"action": action}))), action


def test_bytes_that_are_no_text_are_told_to_be_no_question(api: Api) -> None:
    raw = base64.b64encode(b"\xff\xfe\xc3\x28\xed\xa0\x80").decode()
    assert told_no(api.send(OURS, raw, isBase64Encoded=True))


@pytest.mark.properties
def test_thousands_of_questions_are_each_taken_once_under_their_own_name(api: Api) -> None:
    count = so_many(3000)
    for number in range(count):
        assert api.send(OURS, json.dumps(ASK | {"id": f"q{number}"})) == [{"type": "accepted", "id": f"q{number}"}]
    assert [job["ask"]["id"] for job in api.room.jobs] == [f"q{number}" for number in range(count)]
    assert len({job["message_id"] for job in api.room.jobs}) == count
    api.room.jobs = [*api.room.jobs[:20], *api.room.jobs[:20]]
    api.work()
    assert sum(frame["type"] == "done" for frame in api.got(OURS)) == 20
    assert api.got(THEIRS) == []


@bounded(40)
@given(
    claimed=st.dictionaries(
        st.sampled_from(["company_id", "connection_id", "key_id", "user", "bearer", "ask", "requestContext", "notes"]),
        st.sampled_from([ACME, OURS, [ACME], {"connectionId": OURS}, ["SM00000000000000000000000000000001"]]),
        max_size=3,
    )
)
def test_another_companys_connection_never_gets_a_word_of_ours(api: Api, claimed: Message) -> None:
    api.room.answering.questions.clear()
    api.send(THEIRS, json.dumps(ASK | claimed))
    api.work()
    assert {question.company_id for question in api.room.answering.questions} <= {BOLT}
    assert api.got(OURS) == []
    shown = json.dumps(api.got(THEIRS))
    assert 'audio_url": "' not in shown  # the answering fake cites our note; nothing of it may be looked up
    assert "Boiler" not in shown


def test_a_message_on_a_connection_that_is_closed_or_never_was_is_answered_nothing(api: Api) -> None:
    api.handle({"requestContext": {"routeKey": "$disconnect", "connectionId": OURS}}, None)
    for connection_id in (OURS, "made-up=", ""):
        api.send(connection_id, json.dumps(ASK))
        api.work()
        assert api.got(connection_id)[-1]["problem"]["status"] == 401
    assert api.room.answering.questions == []


@bounded(60)
@given(ticket=st.one_of(ANY_TEXT, st.text("abcXYZ019_-", min_size=43, max_size=43)))
def test_a_ticket_that_nobody_bought_opens_nothing(api: Api, ticket: str) -> None:
    assert api.connect("guessing=", ticket) == 403
    assert api.room.connections.principal("guessing=") is None


def test_an_expired_and_a_used_ticket_open_nothing(api: Api) -> None:
    (key,) = api.room.keys.of_company(ACME)
    expired, _ = Tickets(api.room.account.ledger, lambda: now() - LIFETIME - timedelta(seconds=1)).create(
        Principal(ACME, key.key_id)
    )
    good, _ = api.room.tickets.create(Principal(ACME, key.key_id))
    assert [api.connect("late=", each) for each in (expired, good, good)] == [403, 200, 403]


@pytest.mark.parametrize("query", [None, {}, {"ticket": ""}, {"TICKET": "x"}])
def test_a_handshake_without_a_ticket_is_refused(api: Api, query: dict[str, str] | None) -> None:
    context = {"routeKey": "$connect", "connectionId": "bare="}
    answer = api.handle({"requestContext": context, "queryStringParameters": query}, None)
    assert answer == {"statusCode": 403}
