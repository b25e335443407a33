"""What becomes of an event: all endpoints that want it get it, are tried for a day, and paused if they stay away."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from standardwebhooks import Webhook
from support.account import Account
from support.erasing import Killed, Life

from ai_voice_shared.aws.queues import Delivery as Received
from ai_voice_shared.webhooks import deliveries as deliveries_module
from ai_voice_shared.webhooks import endpoints as endpoints_module
from ai_voice_shared.webhooks.deliveries import Deliveries, Delivery, Sendings
from ai_voice_shared.webhooks.endpoint import Endpoint
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Event, Publisher
from webhook_handler.outbound import sender as sender_module
from webhook_handler.outbound.posting import Answer
from webhook_handler.outbound.sender import WAITS, Sender

OK = Answer(200, 12)
DOWN = Answer(503, 5, "try later", "status")
URL = "https://erp.example/in"


@dataclass
class Posts:
    """Stands for a `Poster`: it answers as told, and knows what was posted."""

    answers: list[Answer] = field(default_factory=list)
    posted: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: str, headers: dict[str, str]) -> Answer:
        self.posted.append((url, body, dict(headers)))
        return self.answers.pop(0) if self.answers else OK


@dataclass
class Clock:
    moment: datetime = datetime(2026, 11, 29, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


@dataclass
class World:
    """The sender, and what waits for it: messages, with when each may be received."""

    account: Account
    posts: Posts
    clock: Clock
    waiting: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.endpoints, self.deliveries = Endpoints(self.account.ledger), Deliveries(self.account.ledger)
        self.sender = Sender(
            self.endpoints,
            self.deliveries,
            Sendings(self.account.webhooks_queue),
            self.account.webhooks_queue,
            self.posts,  # type: ignore[arg-type]
        )

    def publish(self, type_: str = "note.filed", note: str = "SM1", company: str = "acme", once: str = "") -> Event:
        event = Event.of(type_, company, {"id": note}, once)
        Publisher(self.account.webhooks_queue).publish(event)
        return event

    def take(self) -> None:
        """Takes what was sent."""
        sent = self.account.queued(self.account.webhooks_queue)
        self.waiting += [(self.clock.moment, str(message["Body"])) for message in sent]

    def run(self, until: timedelta = timedelta()) -> None:
        """Works on all that can be received until then."""
        end = self.clock.moment + until
        self.take()
        while due := sorted(one for one in self.waiting if one[0] <= max(end, self.clock.moment)):
            at, body = due[0]
            self.waiting.remove(due[0])
            self.clock.moment = max(self.clock.moment, at)
            self.work(body)
            self.take()
        self.clock.moment = max(end, self.clock.moment)

    def work(self, body: str) -> None:
        hidden: list[int] = []
        sender = replace(self.sender, queue=_Hiding(hidden))  # type: ignore[arg-type]
        if not sender.work(Received("1", "handle", body, 1)):
            self.waiting.append((self.clock.moment + timedelta(seconds=hidden[0] if hidden else 180), body))

    def log(self, endpoint: Endpoint) -> list[Delivery]:
        return self.deliveries.of_endpoint(endpoint.company_id, endpoint.endpoint_id, 50)

    def current(self, endpoint: Endpoint) -> Endpoint:
        found = self.endpoints.get(endpoint.company_id, endpoint.endpoint_id)
        assert found is not None
        return found


@dataclass
class _Hiding:
    hidden: list[int]

    def come_back(self, _handle: str, seconds: int) -> None:
        self.hidden.append(seconds)


@pytest.fixture
def world(account: Account) -> Iterator[World]:
    clock = Clock()
    with (
        mock.patch.object(sender_module, "now", clock),
        mock.patch.object(deliveries_module, "now", clock),
        mock.patch.object(endpoints_module, "now", clock),
    ):
        yield World(account, Posts(), clock)


def made(world: World, *events: str, company: str = "acme", url: str = URL) -> tuple[str, Endpoint]:
    return world.endpoints.create(company, url, events or ("note.filed", "note.changed"))


def test_every_endpoint_of_the_company_that_wants_an_event_gets_it_signed_and_nobody_else(world: World) -> None:
    secret, endpoint = made(world)
    made(world, "note.erased", url="https://other.example/in")
    made(world, company="bolt", url="https://bolt.example/in")
    event = world.publish()
    world.run()
    ((url, body, headers),) = world.posts.posted
    assert url == URL
    assert headers["webhook-id"] == event.event_id
    with mock.patch("standardwebhooks.webhooks.datetime", wraps=datetime) as library:
        library.now.return_value = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        assert Webhook(secret).verify(body, headers)["data"] == {"id": "SM1"}
    (delivery,) = world.log(endpoint)
    assert (delivery.state, delivery.tries[0].status, delivery.tries[0].ms) == ("delivered", 200, 12)
    assert world.current(endpoint).month.delivered == 1


def test_an_event_that_is_told_twice_is_sent_once(world: World) -> None:
    _, endpoint = made(world)
    world.publish()
    world.run()
    world.publish()
    world.run()
    assert len(world.posts.posted) == len(world.log(endpoint)) == 1


def test_a_beginning_is_told_only_if_its_end_was_not(world: World) -> None:
    made(world)
    begun = Event.of("note.changed", "acme", {"id": "SM1"}, "a", "2026-11-29T07:59:59.000Z")
    ended = Event.of("note.changed", "acme", {"id": "SM1"}, "b")
    for events, posts in (((begun,), 1), ((ended, begun), 1)):
        world.posts.posted.clear()
        for event in events:
            Publisher(world.account.webhooks_queue).publish(event)
        world.run()
        assert len(world.posts.posted) == posts


def test_a_company_without_an_endpoint_keeps_nothing_of_an_event(world: World) -> None:
    world.publish()
    world.run()
    assert not list(world.account.ledger.partition(Deliveries.partition("acme")))


def test_a_failure_is_tried_again_for_a_day_with_the_same_id_and_then_given_up(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [DOWN] * 40
    event = world.publish()
    world.run(timedelta(days=2))
    assert len(world.posts.posted) == len(WAITS) + 1
    assert {headers["webhook-id"] for *_, headers in world.posts.posted} == {event.event_id}
    (delivery,) = world.log(endpoint)
    assert (delivery.state, delivery.next_at, delivery.answer) == ("given_up", "", "try later")
    first, last = (datetime.fromisoformat(delivery.tries[place].at) for place in (0, -1))
    assert timedelta(hours=20) < last - first < timedelta(days=1)


def test_a_failure_that_ends_is_delivered_and_ends_the_row_of_failures(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [DOWN, Answer(0, 10_000, problem="timeout"), OK]
    world.publish()
    world.run(timedelta(hours=1))
    (delivery,) = world.log(endpoint)
    assert [one.problem for one in delivery.tries] == ["status", "timeout", ""]
    assert delivery.state == "delivered"
    assert world.current(endpoint).failures == 0


def test_what_an_endpoint_understands_and_refuses_is_not_tried_again(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [Answer(422, 9, "unknown site", "refused")]
    world.publish()
    world.run(timedelta(days=1))
    (delivery,) = world.log(endpoint)
    assert (delivery.state, delivery.answer, len(world.posts.posted)) == ("refused", "unknown site", 1)
    assert world.current(endpoint).is_active


def test_an_endpoint_that_is_gone_is_paused_and_gets_what_was_kept_when_it_is_resumed(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [Answer(410, 3, problem="gone")]
    for note in ("SM1", "SM2", "SM3"):
        world.publish(note=note)
        world.run()
    paused = world.current(endpoint)
    assert (paused.paused_why, paused.kept, len(world.posts.posted)) == ("gone", 3, 1)
    resume(world, endpoint)
    assert {delivery.state for delivery in world.log(endpoint)} == {"delivered"}
    assert world.current(endpoint).kept == 0


def resume(world: World, endpoint: Endpoint) -> None:
    world.endpoints.resume(endpoint)
    Sendings(world.account.webhooks_queue).resume(endpoint.company_id, endpoint.endpoint_id)
    world.run()


def test_many_kept_events_are_sent_page_by_page(world: World) -> None:
    _, endpoint = made(world)
    world.endpoints.pause(endpoint, "by_hand")
    for number in range(60):
        world.publish(note=f"SM{number}")
    world.run()
    assert (world.current(endpoint).kept, world.posts.posted) == (60, [])
    resume(world, endpoint)
    assert len({json.loads(body)["data"]["id"] for _, body, _ in world.posts.posted}) == 60


def test_what_was_kept_for_more_than_a_day_is_not_sent(world: World) -> None:
    _, endpoint = made(world)
    world.endpoints.pause(endpoint, "by_hand")
    world.publish()
    world.run(timedelta(hours=25))
    resume(world, endpoint)
    assert world.posts.posted == []


def test_twenty_failures_in_a_row_over_an_hour_pause_it_with_the_reason(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [DOWN] * 1000
    for number in range(20):
        world.publish(note=f"SM{number}")
    world.run()
    assert world.current(endpoint).is_active  # an outage of seconds is none
    world.run(timedelta(hours=4))
    paused = world.current(endpoint)
    assert (paused.paused_why, paused.problem) == ("failures", "status 503")
    world.posts.answers.clear()
    resume(world, endpoint)
    assert {delivery.state for delivery in world.log(endpoint)} == {"delivered"}


def test_a_resume_in_the_moment_of_keeping_loses_nothing(world: World) -> None:
    _, endpoint = made(world)
    world.endpoints.pause(endpoint, "by_hand")
    stale = world.current(endpoint)
    event = world.publish()
    world.run()
    world.endpoints.resume(endpoint)
    delivery = replace(world.log(endpoint)[0], state="due")
    world.sender._keep(stale, delivery)  # noqa: SLF001 - it has read the endpoint before the resume
    world.run()
    assert [headers["webhook-id"] for *_, headers in world.posts.posted] == [event.event_id]


def test_a_second_copy_of_a_message_waits_for_the_next_try(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [DOWN]
    world.publish()
    world.run()
    Sendings(world.account.webhooks_queue).send(world.log(endpoint)[0])
    world.run()
    assert len(world.posts.posted) == 1
    world.run(timedelta(minutes=5))
    assert len(world.posts.posted) == 2


def test_a_changed_secret_signs_along_for_a_day(world: World) -> None:
    old, endpoint = made(world)
    changed = world.endpoints.renew_secret(endpoint)
    assert changed is not None
    new, current = changed
    assert world.endpoints.signing_secrets(current) == [new, old]
    world.clock.moment += timedelta(days=1)
    assert world.endpoints.signing_secrets(world.current(endpoint)) == [new]
    assert world.endpoints.renew_secret(endpoint) is None  # of before the change


def test_a_deleted_endpoint_gets_nothing_any_more(world: World) -> None:
    _, endpoint = made(world)
    world.posts.answers = [DOWN]
    world.publish()
    world.run()
    world.endpoints.delete(world.current(endpoint))
    world.run(timedelta(days=1))
    assert len(world.posts.posted) == 1
    assert not list(world.account.ledger.partition(Endpoints.secrets_of("acme")))


def test_the_log_is_paged_with_the_latest_first_and_without_other_endpoints(world: World) -> None:
    _, first = made(world)
    made(world, url="https://second.example/in")
    for number in range(5):
        world.publish(note=f"SM{number}")
        world.run()
    page = world.deliveries.of_endpoint("acme", first.endpoint_id, 3)
    rest = world.deliveries.of_endpoint("acme", first.endpoint_id, 3, page[-1].place)
    assert [json.loads(one.body)["data"]["id"] for one in (*page, *rest)] == ["SM4", "SM3", "SM2", "SM1", "SM0"]


@pytest.mark.parametrize("first", [OK, DOWN, Answer(410, 3, problem="gone")])
def test_a_sender_that_is_killed_at_any_effect_loses_nothing_and_doubles_by_the_same_id(
    world: World, first: Answer
) -> None:
    ends_at, died = 0, True
    while died:
        ends_at, company = ends_at + 1, f"company-{ends_at}"
        _, endpoint = made(world, company=company)
        life = Life(ends_at)
        world.posts = MortalPosts([first], life=life)
        event = world.publish(company=company)
        died = dies_once(world, life)
        world.run(timedelta(hours=1))
        if world.current(endpoint).paused_why:
            resume(world, endpoint)
        world.run(timedelta(hours=25))
        assert {delivery.state for delivery in world.log(endpoint)} == {"delivered"}, ends_at
        assert {headers["webhook-id"] for *_, headers in world.posts.posted} == {event.event_id}, ends_at
        assert 1 <= len(world.posts.posted) <= 4, ends_at
    assert ends_at > 5


@dataclass
class MortalPosts(Posts):
    """Posts that die with the process, before or after the endpoint has the event."""

    life: Life = field(default_factory=Life)

    def post(self, url: str, body: str, headers: dict[str, str]) -> Answer:
        self.life.step()
        self.posted.append((url, body, dict(headers)))
        self.life.step()
        return self.answers.pop(0) if self.answers else OK


def dies_once(world: World, life: Life) -> bool:
    """Works on all messages until the process dies; whether it did. What was in its hands comes again."""
    account = world.account
    ledger = replace(account.ledger, client=life.of(account.ledger.client))
    queue = replace(account.webhooks_queue, client=life.of(account.webhooks_queue.client))
    mortal = Sender(Endpoints(ledger), Deliveries(ledger), Sendings(queue), queue, world.posts)  # type: ignore[arg-type]
    world.sender = replace(world.sender, poster=world.posts)  # type: ignore[arg-type]
    world.take()
    while world.waiting:
        at, body = world.waiting.pop(0)
        try:
            if not mortal.work(Received("1", "no-such-handle", body, 1)):
                world.waiting.append((world.clock.moment + timedelta(minutes=3), body))
                break
        except Killed:
            world.waiting.append((at + timedelta(minutes=3), body))
            life.ends_at = 0
            return True
        world.take()
    life.ends_at = 0
    return False


def test_a_message_of_a_newer_release_is_not_deleted(world: World) -> None:
    received = Received("1", "handle", json.dumps({"promise": {"company_id": "acme"}}), 1)
    assert world.sender.work(received) is False
