"""Over the WebSocket: who is let in, what a message may be, and answers that end with their client."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.account import Account
from support.answering_fake import SILENT, TOLD, VOICE, FakeAnswering, statement
from support.api import quotas
from unit.data_api_server.gateway import file, receive

from ai_voice_shared.domain import Limits, now
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.live.watchers import LIFETIME
from ai_voice_shared.records.api_keys import ApiKey, ApiKeys
from ai_voice_shared.records.notes import Notes
from data_api_server.notes.asking import Asking
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.live_answers import LiveAnswers
from data_api_server.realtime.pushing import LARGEST, Push
from data_api_server.realtime.realtime import LARGEST_MESSAGE, Job, MessageHandler
from data_api_server.realtime.tickets import Principal, Tickets

ACME, BOLT = "acme", "bolt"
type Message = dict[str, Any]


@dataclass
class Clients:
    """API Gateway's connections: what each client has got.

    Attributes:
        gone: connections that are not there any more.
        ended: those that we closed.
        broken: raised by the next posts instead.
    """

    got: dict[str, list[Message]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> None:  # noqa: N803 - AWS's names
        if self.broken:
            raise self.broken.pop(0)
        if ConnectionId in self.gone:
            raise ClientError({"Error": {"Code": "GoneException"}}, "PostToConnection")
        assert len(Data) <= LARGEST
        self.got.setdefault(ConnectionId, []).append(json.loads(Data))

    def delete_connection(self, *, ConnectionId: str) -> None:  # noqa: N803 - AWS's name
        self.ended.append(ConnectionId)
        self.gone.add(ConnectionId)


class Room:
    """The WebSocket API in one place; jobs that are handed over wait until they are worked off."""

    def __init__(self, account: Account, limits: Limits = Limits()) -> None:  # noqa: B008 - nobody changes it
        self.account = account
        self.clients = Clients()
        self.answering = FakeAnswering()
        self.jobs: list[Job] = []
        self.keys = ApiKeys(account.ledger)
        self.tickets = Tickets(account.ledger)
        self.connections = Connections(account.ledger)
        push = Push(self.clients.post_to_connection, self.clients.delete_connection)
        allowed = quotas(account, limits)
        self.desk = MessageHandler(
            push, self.connections, allowed, lambda job: self.jobs.append(json.loads(json.dumps(job)))
        )
        asking = Asking(cast("Any", self.answering), Notes(account.ledger), account.store, 900, allowed)
        self.answers = LiveAnswers(asking, self.keys, push, self.connections)
        self.messages = 0

    def connect(self, connection_id: str, company_id: str = ACME) -> ApiKey:
        _, key = self.keys.create(company_id, "console")
        secret, _ = self.tickets.create(Principal(company_id, key.key_id))
        principal = self.tickets.redeem(secret)
        assert principal is not None
        self.connections.open(connection_id, principal)
        return key

    def send(self, connection_id: str, body: str) -> None:
        self.messages += 1
        self.desk.receive(connection_id, f"message{self.messages}=", body)

    def ask(self, connection_id: str, /, **fields: object) -> list[Message]:
        """Asks, has it answered, and returns what the client got."""
        self.send(connection_id, json.dumps({"action": "ask", "id": "q1", "question": "When?"} | fields))
        self.work()
        return self.clients.got.get(connection_id, [])

    def work(self) -> None:
        while self.jobs:
            self.answers.answer(self.jobs.pop(0))


@pytest.fixture
def room(account: Account) -> Room:
    room = Room(account)
    room.connect("c1")
    return room


def kinds(messages: list[Message]) -> list[str]:
    return [message["type"] for message in messages]


def test_an_answer_comes_as_it_is_verified_then_whole(room: Room) -> None:
    file(room.account, ACME)
    got = room.ask("c1")
    assert kinds(got) == ["accepted", "statement", "statement", "done"]
    assert {message["id"] for message in got} == {"q1"}
    assert [message["statement"] for message in got[1:3]] == got[3]["answer"]["statements"]
    (cited,) = got[1]["statement"]["citations"]
    assert (cited["message_id"], cited["title"]) == (VOICE, "Boiler")
    assert cited["audio_url"].endswith("#t=1.2")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"notes": ["SM404"]}, "notes.0: This note does not exist"),
        ({"conversation": "unheard"}, "conversation: This conversation does not exist"),
        ({"notes": []}, "notes: "),
    ],
)
def test_what_is_not_there_is_told(room: Room, fields: dict[str, object], told: str) -> None:
    problem = room.ask("c1", **fields)[-1]
    assert problem["type"] == "error"
    assert (problem["problem"]["status"], problem["problem"]["detail"].startswith(told)) == (422, True)
    assert room.answering.questions == []


def test_a_question_is_put_as_the_connections_key_and_company(room: Room) -> None:
    key = room.connect("c2", BOLT)
    receive(room.account, BOLT, "SM1")
    room.ask("c2", notes=["SM1"], conversation="new")
    (asked,) = room.answering.questions
    assert (asked.company_id, asked.user, asked.scope.notes) == (BOLT, key.key_id, ("SM1",))
    assert room.clients.got["c2"][-1]["answer"]["conversation"] == asked.conversation != ""


def test_each_statement_is_pushed_before_the_next_is_found(room: Room) -> None:
    seen: list[int] = []
    room.answering.before = lambda _number: seen.append(len(room.clients.got["c1"]))
    room.ask("c1")
    assert seen == [1, 2, 3]


def test_an_answer_without_statements_is_done_at_once(room: Room) -> None:
    room.answering.answer = SILENT
    got = room.ask("c1")
    assert kinds(got) == ["accepted", "done"]
    assert got[1]["answer"]["notice"] == SILENT.notice


def test_a_job_that_is_delivered_twice_is_answered_once(room: Room) -> None:
    room.send("c1", '{"action": "ask", "id": "q1", "question": "When?"}')
    room.jobs *= 2
    room.work()
    assert len(room.answering.questions) == 1
    assert kinds(room.clients.got["c1"]).count("done") == 1


def test_the_same_question_asked_again_is_answered_again(room: Room) -> None:
    room.ask("c1")
    assert kinds(room.ask("c1")).count("done") == 2


@pytest.mark.parametrize("pushes", [1, 2, 3])
def test_work_ends_at_the_next_statement_once_its_client_is_gone(room: Room, pushes: int) -> None:
    def leave(number: int) -> None:
        if number == pushes - 1:
            room.clients.gone.add("c1")

    room.answering.before = leave
    got = room.ask("c1")
    assert len(got) == pushes
    assert room.answering.told == min(pushes - 1, 2)
    assert room.connections.principal("c1") is None


def test_a_client_gone_before_it_is_accepted_is_not_answered_at_all(room: Room) -> None:
    room.clients.gone.add("c1")
    room.ask("c1")
    assert room.answering.questions == []


@pytest.mark.parametrize(
    "body",
    ["", "null", "ask", "[]", '"ask"', "{", "{}x", '{"id": "\\ud800"}', "[" * 9000, "\ud800", "x" * LARGEST_MESSAGE],
)
def test_what_is_no_message_is_told_so_and_the_connection_stays(room: Room, body: str) -> None:
    room.send("c1", body)
    (told,) = room.clients.got["c1"]
    assert (told["type"], told["id"], told["problem"]["status"]) == ("error", None, 400)
    assert room.jobs == []
    assert kinds(room.ask("c1"))[-1] == "done"


def test_a_message_larger_than_any_question_is_refused(room: Room) -> None:
    room.send("c1", json.dumps({"action": "ask", "id": "q1", "question": "When?", "notes": ["x" * LARGEST_MESSAGE]}))
    assert room.clients.got["c1"][0]["problem"]["status"] == 400


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"action": "dance"}, "action"),
        ({"action": None}, "action"),
        ({"question": "  "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"company_id": BOLT}, "company_id"),
        ({"connection_id": "c2"}, "connection_id"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "`since`"),
    ],
)
def test_an_unusable_field_is_named_under_the_clients_own_id(room: Room, fields: Message, named: str) -> None:
    (told,) = room.ask("c1", **fields)
    assert (told["type"], told["id"], told["problem"]["status"]) == ("error", "q1", 422)
    assert told["problem"]["detail"].startswith((named, f"message: {named}"))
    assert set(told["problem"]) == {"title", "detail", "status"}


def test_a_message_without_an_id_is_refused(room: Room) -> None:
    room.send("c1", '{"action": "ask", "question": "When?"}')
    (told,) = room.clients.got["c1"]
    assert (told["id"], told["problem"]["status"]) == (None, 422)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.text(), st.dictionaries(st.sampled_from(["action", "id", "question", "x"]), st.text())))
def test_every_message_is_answered_by_one_error_or_accepted(room: Room, body: str | dict[str, str]) -> None:
    before = len(room.clients.got.get("c1", []))
    room.send("c1", body if isinstance(body, str) else json.dumps(body))
    (told,) = room.clients.got["c1"][before:]
    assert told["type"] == ("accepted" if room.jobs else "error")
    room.jobs.clear()


@pytest.mark.parametrize(
    ("error", "status"), [(RetryLater("down"), 503), (DeadLetter("401"), 502), (ZeroDivisionError("Elm Street"), 500)]
)
def test_what_fails_is_told_as_a_problem_that_gives_nothing_away(
    room: Room, capsys: pytest.CaptureFixture[str], error: Exception, status: int
) -> None:
    def failing(number: int) -> None:
        if number == 1:
            raise error

    room.answering.before = failing
    got = room.ask("c1")
    assert kinds(got) == ["accepted", "statement", "error"]
    assert (got[2]["id"], got[2]["problem"]["status"]) == ("q1", status)
    assert str(error) not in json.dumps(got[2])
    assert "Elm Street" not in capsys.readouterr().out


def test_a_job_that_can_not_be_handed_over_is_told(room: Room) -> None:
    def refusing(_job: Job) -> None:
        raise RetryLater("Lambda did not take the job")

    room.desk = replace(room.desk, invoke_later=refusing)
    got = room.ask("c1")
    assert kinds(got) == ["accepted", "error"]
    assert got[1]["problem"]["status"] == 503


THROTTLED = ClientError({"Error": {"Code": "LimitExceededException"}}, "PostToConnection")
UNREACHABLE = EndpointConnectionError(endpoint_url="")


@pytest.mark.parametrize("broken", [THROTTLED, UNREACHABLE])
def test_a_push_that_fails_ends_the_work_with_a_problem(room: Room, broken: Exception) -> None:
    room.send("c1", '{"action": "ask", "id": "q1", "question": "When?"}')
    room.clients.broken = [broken]
    room.work()
    assert kinds(room.clients.got["c1"]) == ["accepted", "error"]
    assert room.answering.told == 0


def test_when_nothing_can_be_pushed_nothing_is_raised(room: Room) -> None:
    room.clients.broken = [UNREACHABLE, UNREACHABLE]
    assert room.ask("c1") == []
    assert room.answering.questions == []


def test_a_revoked_key_is_answered_no_more(room: Room) -> None:
    key = room.connect("c2")
    assert kinds(room.ask("c2"))[-1] == "done"
    room.keys.revoke(ACME, key.key_id)
    assert room.ask("c2")[-1]["problem"]["status"] == 401
    assert room.connections.principal("c2") is None
    assert len(room.answering.questions) == 1


def test_a_key_that_may_not_read_is_answered_nothing(room: Room) -> None:
    _, key = room.keys.create(ACME, "console", ["write", "erase"])
    room.connections.open("c2", Principal(ACME, key.key_id))
    assert room.ask("c2")[-1]["problem"]["status"] == 401
    assert room.answering.questions == []


def test_a_connection_we_do_not_know_is_answered_nothing(room: Room) -> None:
    assert room.ask("c9")[-1]["problem"]["status"] == 401
    assert room.answering.questions == []


def test_a_connection_lasts_as_long_as_api_gateways(account: Account) -> None:
    opened = now()
    clock: list[Any] = [opened]
    connections = Connections(account.ledger, lambda: clock[0])
    connections.open("c1", Principal(ACME, "key"))
    clock[0] = opened + LIFETIME - timedelta(seconds=1)
    assert connections.principal("c1") == Principal(ACME, "key")
    clock[0] = opened + LIFETIME + timedelta(seconds=1)
    assert connections.principal("c1") is None


def test_an_answer_too_large_for_one_message_is_done_without_its_statements(room: Room) -> None:
    many = tuple(statement("A statement. " * 400, VOICE) for _ in range(20))
    room.answering.answer = replace(TOLD, statements=many)
    got = room.ask("c1")
    assert kinds(got) == ["accepted", *["statement"] * 20, "done"]
    assert got[-1]["answer"]["statements"] == []
    assert got[-1]["answer"]["engine"] == "fake"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    companies=st.lists(st.sampled_from([ACME, BOLT]), min_size=1, max_size=3),
    claimed=st.sampled_from(["company_id", "user", "key_id", "connection_id", "bearer"]),
    order=st.randoms(use_true_random=False),
)
def test_a_ticket_of_one_company_never_asks_as_another(
    room: Room, companies: list[str], claimed: str, order: Random
) -> None:
    keys = {f"d{number}": room.connect(f"d{number}", company) for number, company in enumerate(companies)}
    asking = [*keys]
    order.shuffle(asking)
    for connection_id in asking:
        room.answering.questions.clear()
        room.ask(connection_id)
        room.ask(connection_id, **{claimed: BOLT})
        of = {(one.company_id, one.user) for one in room.answering.questions}
        assert of == {(keys[connection_id].company_id, keys[connection_id].key_id)}


@pytest.mark.parametrize("body", ['{"action": "ask", "id": "q1", "question": "When?"}', "not even JSON"])
def test_who_sends_more_than_a_key_may_is_told_so_once_and_cut_off(account: Account, body: str) -> None:
    room = Room(account, Limits(key_requests=2))
    key = room.connect("c1")
    for _ in range(3):
        room.send("c1", body)
    last = room.clients.got["c1"][-1]
    assert (last["type"], last["problem"]["status"], last["problem"]["retry_after"]) == ("error", 429, 1800)
    assert last["problem"]["type"] == "urn:problem:too-fast"
    assert room.clients.ended == ["c1"]
    assert room.connections.principal("c1") is None
    assert len(room.jobs) <= 2
    room.connections.open("c2", Principal(ACME, key.key_id))  # a new connection is no new pace
    room.send("c2", body)
    assert room.clients.ended == ["c1", "c2"]
    room.connect("c3")
    room.send("c3", body)
    assert room.clients.ended == ["c1", "c2"]


def test_over_the_companys_questions_the_connection_stays(account: Account) -> None:
    room = Room(account, Limits(questions=1))
    room.connect("c1")
    file(account, ACME)
    assert kinds(room.ask("c1"))[-1] == "done"
    assert room.ask("c1")[-1]["problem"]["type"] == "urn:problem:too-fast"
    assert room.clients.ended == []


def test_no_question_and_no_answer_is_logged(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.ask("c1", question="What about Elm Street?")
    logged = capsys.readouterr().out
    assert '"answered_live"' in logged
    assert "Elm Street" not in logged
    assert "Thursday" not in logged
