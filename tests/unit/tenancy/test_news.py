"""What is pushed of a change of a note: to all open consoles of its company, whose keys work, and to nobody else."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from unit.data_api_server.gateway import receive
from unit.data_api_server.test_realtime import ACME, BOLT, Message, Room, kinds
from unit.hostile.bounded import bounded

from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import Choice, begun
from ai_voice_shared.analyses.template import Template
from ai_voice_shared.domain import now
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.live.news import News, kind_of
from ai_voice_shared.live.watchers import LIFETIME, Watchers
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.notes import NoteChange, Notes
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks, new_id
from data_api_server.realtime.news import Newscast
from data_api_server.realtime.pushing import Push


@dataclass
class Newsroom:
    """The platform's notes, whose changes are told to the WebSocket's clients."""

    account: Account
    room: Room = field(init=False)
    jobs: list[str] = field(default_factory=list)
    clock: float = 0.0

    def __post_init__(self) -> None:
        self.room = Room(self.account)
        self.subscriber = News(Watchers(self.account.ledger), self.jobs.append, lambda: self.clock)
        self.notes = Notes(self.account.ledger, (self.subscriber,))
        self.tasks = Tasks(self.account.ledger, subscribers=(self.subscriber.task_changed,))
        clients = self.room.clients
        push = Push(clients.post_to_connection, clients.delete_connection)
        ledger = self.account.ledger
        self.newscast = Newscast(Notes(ledger), Tasks(ledger), ApiKeys(ledger), self.room.connections, push)

    def update(self, company_id: str, message_id: str, **values: str) -> None:
        """Changes a note a while later, and tells of it."""
        self.clock += 60
        self.notes.update(company_id, message_id, dict(values))
        self.tell()

    def tell(self) -> None:
        """What was handed over, as the WebSocket's function does it."""
        while self.jobs:
            self.newscast.tell(json.loads(self.jobs.pop(0))["news"])

    def got(self, connection_id: str) -> list[Message]:
        return self.room.clients.got.get(connection_id, [])


@pytest.fixture
def news(account: Account) -> Newsroom:
    receive(account, ACME, "SM1")
    receive(account, BOLT, "SM1")
    newsroom = Newsroom(account)
    newsroom.room.connect("a1")
    newsroom.room.connect("a2")
    newsroom.room.connect("b1", BOLT)
    return newsroom


def test_each_console_of_the_company_gets_the_note_as_the_list_has_it(news: Newsroom) -> None:
    news.update(ACME, "SM1", status="parked", problem="OpenAI answered 500")
    (message,) = news.got("a1")
    assert news.got("a2") == [message]
    assert news.got("b1") == []
    assert (message["type"], message["id"]) == ("note", None)
    assert (message["note"]["message_id"], message["note"]["stage"]) == ("SM1", "parked")
    assert message["note"]["reason"]["code"] == "parked_unreachable"


def test_a_change_of_words_and_an_erasure_have_types_of_their_own(news: Newsroom) -> None:
    news.update(ACME, "SM1", title="Valves")
    news.clock += 60
    news.notes.forget(ACME, "SM1")
    news.tell()
    changed, erased = news.got("a1")
    assert (changed["type"], changed["note"]["title"]) == ("note.changed", "Valves")
    assert erased == {"type": "note.erased", "id": None, "message_id": "SM1"}


def test_a_task_is_told_as_it_is_now_and_as_null_once_it_is_deleted(news: Newsroom) -> None:
    task = Task(ACME, new_id(), "Order valves")
    news.tasks.add(task)
    news.tell()
    news.tasks.delete(task)
    news.tell()
    added, deleted = news.got("a1")
    assert (added["type"], added["id"], added["task"]["text"]) == ("task", None, "Order valves")
    assert deleted == {"type": "task", "id": None, "task_id": task.task_id, "task": None}
    assert news.got("b1") == []


def test_a_note_that_was_erased_meanwhile_is_told_as_erased(news: Newsroom) -> None:
    news.notes.update(ACME, "SM1", {"status": "filed"})
    Notes(news.account.ledger).forget(ACME, "SM1")
    news.tell()
    assert kinds(news.got("a1")) == ["note.erased"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "note.erased"),
        ({"status": "filed", "title": "Valves"}, "note"),
        ({"step_searchable": "2026-11-20T10:00:00.000Z"}, "note"),
        ({"step_answer": "2026-11-20T10:00:00.000Z", "step_feedback-1": "2026-11-20T10:00:00.000Z"}, "note"),
        ({"updated_at": "2026-11-20T10:00:00.000Z", "understanding": "failed"}, "note.changed"),
        ({"step_feedback-1": "2026-11-20T10:00:00.000Z", "step_note": "2026-11-20T10:00:00.000Z"}, None),
    ],
)
def test_only_what_a_list_shows_is_told(values: dict[str, str | int | bytes], kind: str | None) -> None:
    assert kind_of(NoteChange(ACME, "SM1", values)) == kind


def test_nothing_is_started_while_nobody_watches_and_one_look_serves_for_seconds(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(account, ACME, "SM1")
    news = Newsroom(account)
    looks: list[str] = []
    real = Watchers.any_of

    def look(watchers: Watchers, company_id: str) -> bool:
        looks.append(company_id)
        return real(watchers, company_id)

    monkeypatch.setattr(Watchers, "any_of", look)
    for status in ("received", "filed", "parked"):
        news.notes.update(ACME, "SM1", {"status": status})
    assert (news.jobs, looks) == ([], [ACME])
    news.room.connect("a1")
    news.update(ACME, "SM1", status="filed")
    assert (kinds(news.got("a1")), looks) == (["note"], [ACME, ACME])


def test_a_console_that_left_is_not_looked_for_again(news: Newsroom) -> None:
    news.room.connections.close("a1")
    news.room.clients.gone.add("a2")
    news.update(ACME, "SM1", status="filed")
    assert (news.got("a1"), news.got("a2")) == ([], [])
    assert list(news.room.connections.watchers.of(ACME)) == []
    assert news.room.connections.principal("a2") is None
    news.update(ACME, "SM1", status="parked")
    assert news.jobs == []
    assert news.room.connections.watchers.any_of(BOLT)


def test_a_console_whose_key_was_revoked_is_told_nothing_more(news: Newsroom) -> None:
    revoked = news.room.connect("a3")
    news.room.keys.revoke(ACME, revoked.key_id)
    news.update(ACME, "SM1", status="filed")
    assert (kinds(news.got("a1")), news.got("a3")) == (["note"], [])


def test_a_push_that_fails_harms_neither_the_others_nor_the_note(news: Newsroom) -> None:
    news.room.clients.broken = [EndpointConnectionError(endpoint_url="https://api")]
    news.update(ACME, "SM1", status="filed")
    assert sorted([kinds(news.got("a1")), kinds(news.got("a2"))]) == [[], ["note"]]
    news.room.clients.broken = [ClientError({"Error": {"Code": "LimitExceededException"}}, "PostToConnection")]
    news.update(ACME, "SM1", status="parked")
    assert len(news.got("a1")) + len(news.got("a2")) == 2


def test_a_function_that_cannot_be_started_harms_no_note(account: Account) -> None:
    def refuse(_job: str) -> None:
        raise RetryLater("Lambda did not take the job")

    Room(account).connect("a1")
    notes = Notes(account.ledger, (News(Watchers(account.ledger), refuse),))
    receive(account, ACME, "SM1")
    notes.update(ACME, "SM1", {"status": "filed"})
    note = notes.get(ACME, "SM1")
    assert note
    assert note.status == "filed"


def test_a_connection_ends_by_itself(account: Account) -> None:
    Room(account).connect("a1")
    assert Watchers(account.ledger).any_of(ACME)
    late = Watchers(account.ledger, lambda: now() + LIFETIME + timedelta(seconds=1))
    assert (late.any_of(ACME), list(late.of(ACME))) == (False, [])


@bounded(30)
@given(
    opened=st.lists(st.sampled_from([ACME, BOLT, "acm", "acme-2", "acme#x"]), min_size=1, max_size=8),
    changed=st.lists(st.sampled_from([ACME, BOLT, "acm", "acme-2"]), max_size=8),
)
def test_no_push_ever_reaches_another_company(account: Account, opened: list[str], changed: list[str]) -> None:
    news = Newsroom(account)
    whose = {f"c{len(news.room.clients.got)}-{number}": company for number, company in enumerate(opened)}
    for connection_id, company in whose.items():
        news.room.connect(connection_id, company)
    for company in changed:
        receive(account, company, f"SM{company.replace('-', '')}")
        news.update(company, f"SM{company.replace('-', '')}", status="filed", customer_id=f"of {company}")
    for connection_id, company in whose.items():
        told = {message["note"]["customer_id"] for message in news.got(connection_id)}
        assert told == ({f"of {company}"} if company in changed else set())
        news.room.connections.close(connection_id)


def test_each_console_of_the_company_hears_how_far_an_analysis_has_come(news: Newsroom) -> None:
    choice = Choice(Template("summary", "Summary", "What the notes say."), ("SM1",))
    asked = begun(ACME, choice, "")
    analyses = Analyses(news.account.ledger, news.subscriber.of_analysis)
    analyses.add(asked, choice)
    held = analyses.claim(ACME, asked.analysis_id, timedelta(minutes=1))
    assert held
    analyses.keep_outcome(held, 0, {}, 1, [])
    analyses.finish(held, "refused", "budget")
    news.tell()
    told = [(one["type"], one["analysis_id"], one["status"], one["done"]) for one in news.got("a1")]
    assert told == [
        ("analysis", asked.analysis_id, status, done)
        for status, done in (("queued", 0), ("working", 0), ("working", 1), ("refused", 1))
    ]
    assert news.got("a2") == news.got("a1")
    assert news.got("b1") == []


@bounded(30)
@given(told=st.lists(st.sampled_from([ACME, BOLT, "acm"]), max_size=8))
def test_what_happens_in_a_call_reaches_the_consoles_of_its_company_alone(account: Account, told: list[str]) -> None:
    news = Newsroom(account)
    whose = {f"k{company}": company for company in (ACME, BOLT, "acm")}
    for connection_id, company in whose.items():
        news.room.clients.got.pop(connection_id, None)
        news.room.connect(connection_id, company)
    for company in told:
        events = [{"call_id": f"CA{company}", "event": "sentence"}, {"call_id": f"CA{company}", "event": "hint"}]
        news.subscriber.of_call(company, events)
        news.tell()
    for connection_id, company in whose.items():
        got = [(one["type"], one["call_id"], one["event"]) for one in news.got(connection_id)]
        each = [("call", f"CA{company}", "sentence"), ("call", f"CA{company}", "hint")]
        assert got == each * told.count(company)
        news.room.connections.close(connection_id)
