"""How deliveries end."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from moto.sqs.models import sqs_backends
from support.app import LEASE, FakeApp, job

from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater, Wait
from voice_parser.worker.heartbeat import HIDDEN_SECONDS
from voice_parser.worker.worker import APART_SECONDS

GOOD = job("SM1", Body="Please order two valves by Friday.")
BAD = job("SM2", Body="Please call the client today.")


def test_one_failing_message_of_a_batch_comes_again_alone(app: FakeApp) -> None:
    def fail_for_the_second() -> None:
        if app.analyzer.calls:
            raise RetryLater("OpenAI answered 500")

    app.analyzer.before = fail_for_the_second
    bodies = [GOOD.to_json(), BAD.to_json()]
    app.account.queue.send(bodies[0], "acme")
    again = app.worker().work([Delivery("a", "x", bodies[0], 1)], LEASE)
    again += app.worker().work([Delivery("b", "y", bodies[1], 1)], LEASE)
    assert again == ["b"]


def test_a_batch_is_settled_message_by_message(app: FakeApp) -> None:
    deliveries = [Delivery("a", "x", GOOD.to_json(), 1), Delivery("b", "y", "not a job", 1)]
    assert app.worker().work(deliveries, LEASE) == []
    assert len(app.account.queued(app.account.dead_letters)) == 1
    assert app.note("SM1").status == "filed"


def test_an_empty_batch_is_settled(app: FakeApp) -> None:
    assert app.worker().work([], LEASE) == []


def test_after_the_last_attempt_the_sender_has_heard_and_the_message_is_parked(app: FakeApp) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    app.analyzer.before = fail
    assert [app.deliver(GOOD, attempt) for attempt in (1, 2, 3)] == [False, False, True]
    assert len(app.replies()) == 1
    assert "We have kept your message" in app.replies()[0]
    (parked,) = app.account.queued(app.account.dead_letters)
    assert parked["MessageAttributes"]["Reason"]["StringValue"] == "unexpected ZeroDivisionError"  # type: ignore[index]
    assert parked["Body"] == GOOD.to_json()


def test_a_message_whose_worker_died_every_time_is_given_up_before_it_kills_again(app: FakeApp) -> None:
    assert app.deliver(GOOD, attempt=4)
    assert app.analyzer.calls == 0
    assert app.note("SM1").problem == "the worker died at every attempt"
    assert "We have kept your message" in app.replies()[0]


def test_a_copy_in_other_hands_comes_again_without_counting_as_failed(app: FakeApp) -> None:
    def deliver_the_copy() -> None:
        app.analyzer.before = lambda: None
        assert app.deliver(GOOD, attempt=3)

    app.analyzer.before = deliver_the_copy
    assert app.deliver(GOOD)
    assert app.account.queued(app.account.dead_letters) == []
    assert app.account.queue.count() == 1
    assert len(app.replies()) == 1


def test_a_rate_limit_waits_in_the_queue_and_never_counts_as_a_failure(app: FakeApp) -> None:
    def not_now() -> None:
        raise Wait("OpenAI answered 429", 20)

    app.analyzer.before = not_now
    for _ in range(app.max_attempts + 2):
        assert app.deliver(GOOD, attempt=app.max_attempts)
    assert app.account.queued(app.account.dead_letters) == []
    assert app.account.queue.count() == app.max_attempts + 2
    assert app.note("SM1").status == "waiting"
    app.analyzer.before = lambda: None
    assert app.deliver(GOOD)
    assert app.note("SM1").status == "filed"


def test_a_sender_who_waits_for_long_hears_so_once(app: FakeApp) -> None:
    def not_now() -> None:
        raise Wait("OpenAI answered 429", 20)

    app.analyzer.before = not_now
    young = replace(GOOD, received_at=timestamp(now()))
    assert app.deliver(young)
    assert app.replies() == []
    old = replace(GOOD, received_at=timestamp(now() - timedelta(minutes=11)))
    assert app.deliver(old)
    assert app.deliver(old)
    (told,) = app.replies()
    assert "waits for its turn" in told


def test_what_waits_is_tried_again_later_when_the_queue_takes_no_copy(app: FakeApp) -> None:
    def not_now() -> None:
        raise Wait("OpenAI answered 429", 20)

    app.analyzer.before = not_now
    deaf = Queue(app.account.queue.client, f"{app.account.queue.url}-that-is-not-there")
    worker = replace(app.worker(), queue=deaf)
    assert worker.work([Delivery("a", "x", GOOD.to_json(), 1)], LEASE) == ["a"]


def test_a_job_of_a_newer_version_is_parked_untouched(app: FakeApp) -> None:
    body = GOOD.to_json().replace('"version": 1', '"version": 2')
    assert app.worker().work([Delivery("a", "x", body, 1)], LEASE) == []
    (parked,) = app.account.queued(app.account.dead_letters)
    assert parked["Body"] == body


def test_a_backoff_doubles_and_goes_to_the_queue(app: FakeApp) -> None:
    def fail() -> None:
        raise RetryLater("OpenAI answered 429")

    app.analyzer.before = fail
    (delivery,) = hidden(app, 1)
    for attempt, backoff in ((1, 1), (2, 2)):
        before = time.time()
        assert app.worker().work([replace(delivery, attempt=attempt)], LEASE) == [delivery.sqs_id]
        (visible_at,) = visible(app)  # in whole milliseconds
        assert before - 0.001 <= visible_at - backoff <= time.time()


def hidden(app: FakeApp, count: int) -> list[Delivery]:
    """So many deliveries, received from the queue and hidden for a quarter of an hour."""
    queue = app.account.queue
    for number in range(count):
        queue.send(job(f"SM{number}", Body="Please order two valves by Friday.").to_json(), "acme")
    found = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10, VisibilityTimeout=900)["Messages"]
    return [Delivery(one["MessageId"], one["ReceiptHandle"], one["Body"], 1) for one in found]


def visible(app: FakeApp) -> list[float]:
    """When each message of the queue comes again, as time.time() tells (moto's own record)."""
    backend = sqs_backends[app.account.queue.url.split("/")[-2]][app.account.queue.client.meta.region_name]
    (messages,) = [queue._messages for name, queue in backend.queues.items() if app.account.queue.url.endswith(name)]  # noqa: SLF001
    return [message.visible_at / 1000 for message in messages]


def test_what_a_dead_worker_held_comes_again_within_minutes_and_not_all_at_once(app: FakeApp) -> None:
    def die() -> None:
        raise SystemExit

    app.analyzer.before = die
    deliveries = hidden(app, 6)  # of three, one run in 3,600 had all in the same second: it goes by random ids
    for delivery in deliveries:
        with pytest.raises(SystemExit):
            app.worker().work([delivery], LEASE)
    again = visible(app)
    assert max(again) < time.time() + HIDDEN_SECONDS + APART_SECONDS
    assert len({round(seconds) for seconds in again}) > 1
