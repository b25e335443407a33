"""What asks for a note to be indexed, and how it is queued."""

import json

import pytest
from support.account import Account

from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import IndexJob

JOB = IndexJob("acme", "SM1")


@pytest.mark.parametrize("job", [JOB, IndexJob("acme", "SM1", "remove")])
def test_a_job_is_read_as_it_was_written(job: IndexJob) -> None:
    assert IndexJob.from_json(job.to_json()) == job
    assert json.loads(job.to_json())["version"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"company_id": "../other"},
        {"company_id": ""},
        {"company_id": 7},
        {"message_id": "SM/1"},
        {"message_id": None},
        {"action": "forget"},
        {"unknown": 1},
    ],
)
def test_what_is_no_job_of_ours_is_not_worked_on(change: dict[str, object]) -> None:
    body = json.dumps(json.loads(JOB.to_json()) | change)
    with pytest.raises(DeadLetter):
        IndexJob.from_json(body)


@pytest.mark.parametrize("body", ["", "[]", "null", "what is this?"])
def test_a_body_that_is_no_object_is_not_worked_on(body: str) -> None:
    with pytest.raises(DeadLetter, match="not an index job"):
        IndexJob.from_json(body)


def test_a_job_sent_again_is_swallowed_but_not_one_for_other_content(account: Account) -> None:
    queue = account.index_queue
    for content in ("filed", "filed", '"e1"', '"e2"', '"e1"'):
        queue.send_once(JOB.to_json(), "acme", JOB.deduplication_id(content))
    assert len(account.queued(queue)) == 3


def test_an_identity_fits_into_what_sqs_takes() -> None:
    job = IndexJob("a" * 63, "SM" + "0" * 32, "remove")
    assert len(job.deduplication_id('"' + "0" * 32 + '"')) <= 128


def test_a_job_is_parked_with_its_reason_in_a_queue_with_an_order_too(account: Account) -> None:
    account.index_dead_letters.park(JOB.to_json(), "no reason")
    (parked,) = account.queued(account.index_dead_letters)
    assert parked["MessageAttributes"]["Reason"]["StringValue"] == "no reason"  # type: ignore[index]
    assert parked["Body"] == JOB.to_json()


def test_the_companies_are_the_folders_of_the_bucket(account: Account) -> None:
    for key in ("acme/other/x", "bolt/other/x", "_index/acme.tar", "customers.json"):
        account.store.put(key, b"", "text/plain")
    assert account.store.prefixes() == ["_index", "acme", "bolt"]
