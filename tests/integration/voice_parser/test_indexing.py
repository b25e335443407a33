"""Notes become searchable: the FIFO queue, its groups and the indexer on the embedded AWS."""

import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from support import patient
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.jobs import IndexJob

SIXTEEN = 16


def word() -> str:
    """A word that no other note holds."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in uuid.uuid4().hex)


def found(deployed: Deployed, q: str) -> list[str]:
    """The message ids of all passages found, the best first."""
    return [one["message_id"] for one in deployed.api.get("/v1/search", q=q, limit=50)["passages"]]


def correct(deployed: Deployed, sid: str, body: object) -> httpx.Response:
    """PATCHes a note with the sample company's key."""
    api = deployed.api
    return httpx.patch(f"{api.url}/v1/notes/{sid}", json=body, headers={"x-api-key": api.key}, timeout=HANGS)


def index_queue(deployed: Deployed) -> Queue:
    """The queue as the services send to it."""
    return Queue(patient.sqs(), deployed.platform.outputs.index_queue_url)


def parked(deployed: Deployed) -> dict[str, str]:
    """The reasons of the parked index jobs, by their bodies."""
    url = deployed.platform.outputs.index_dead_letter_queue_url
    answer = patient.sqs().receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
    return {one["Body"]: one["MessageAttributes"]["Reason"]["StringValue"] for one in answer.get("Messages", [])}


def test_sixteen_notes_of_one_company_at_once_are_all_found_and_none_twice(deployed: Deployed) -> None:
    token = word()
    texts = [f"Please order {number} valves for {token} by Friday." for number in range(SIXTEEN)]
    with ThreadPoolExecutor(4) as threads:  # each is a webhook's cold start; the notes finish together all the same
        delivered = list(threads.map(deployed.text, texts))
    assert {one.status for one in delivered} == {200}
    sids = {one.sid for one in delivered}
    assert eventually(lambda: set(found(deployed, token)) == sids)
    assert len(found(deployed, token)) == SIXTEEN


def test_a_spoken_note_is_found_with_the_second_where_it_plays(deployed: Deployed) -> None:
    sid = deployed.voice("job.ogg").sid
    note = deployed.settled(sid)
    told = max(note["segments"][-1]["text"].split(), key=len)
    assert eventually(lambda: sid in found(deployed, told))
    passages = deployed.api.get("/v1/search", q=told, note=sid)["passages"]
    assert all(one["audio_url"].endswith(f"#t={one['start']:g}") for one in passages)
    assert httpx.get(passages[0]["audio_url"], headers={"Range": "bytes=0-3"}).content == b"OggS"


def test_a_corrected_note_is_found_by_its_new_words_alone(deployed: Deployed) -> None:
    wrong, right = word(), word()
    sid = deployed.text(f"Please order valves for {wrong} by Friday.").sid
    assert eventually(lambda: found(deployed, wrong) == [sid])
    body = {"segments": [{"index": 0, "text": f"Please order valves for {right} by Friday."}]}
    answer = correct(deployed, sid, body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["full_text"] == body["segments"][0]["text"]
    assert eventually(lambda: (found(deployed, right), found(deployed, wrong)) == ([sid], []))


def test_a_removed_note_is_found_no_more(deployed: Deployed) -> None:
    token = word()
    sid = deployed.text(f"Please order valves for {token} by Friday.").sid
    assert eventually(lambda: found(deployed, token) == [sid])
    job = IndexJob(COMPANY, sid, "remove")
    index_queue(deployed).send_once(job.to_json(), COMPANY, job.deduplication_id())
    assert eventually(lambda: found(deployed, token) == [])


def test_a_poisoned_job_is_parked_and_what_is_behind_it_goes_on(deployed: Deployed) -> None:
    token, poison = word(), f"poison {uuid.uuid4()}"
    index_queue(deployed).send_once(poison, COMPANY, poison[-36:])
    sid = deployed.text(f"Please order valves for {token} by Friday.").sid
    assert eventually(lambda: found(deployed, token) == [sid])
    assert parked(deployed)[poison] == "the queue body is not an index job"


def test_an_index_that_is_lost_is_made_anew_by_one_command(deployed: Deployed) -> None:
    token, outputs = word(), deployed.platform.outputs
    sid = deployed.text(f"Please order valves for {token} by Friday.").sid
    assert eventually(lambda: found(deployed, token) == [sid])
    s3 = patient.s3()
    for item in s3.list_objects_v2(Bucket=outputs.bucket, Prefix=f"_index/{COMPANY}")["Contents"]:
        s3.delete_object(Bucket=outputs.bucket, Key=item["Key"])
    assert eventually(lambda: found(deployed, token) == [])
    command = [sys.executable, "-m", "ai_voice_operations", "index-rebuild", "--company", COMPANY]
    environment = {**os.environ, "BUCKET": outputs.bucket, "TABLE": outputs.table}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    assert "100 %" in done.stderr
    assert eventually(lambda: found(deployed, token) == [sid])


def test_what_is_already_indexed_twice_is_found_once(deployed: Deployed) -> None:
    token = word()
    sid = deployed.text(f"Please order valves for {token} by Friday.").sid
    assert eventually(lambda: _searchable(deployed, sid))
    job = IndexJob(COMPANY, sid)
    for again in ("first", "second"):
        before = _searchable(deployed, sid)
        index_queue(deployed).send_once(job.to_json(), COMPANY, job.deduplication_id(again))
        assert eventually(lambda before=before: _searchable(deployed, sid) != before)
    assert eventually(lambda: found(deployed, token) == [sid])


def _searchable(deployed: Deployed, sid: str) -> Any:
    return deployed.api.get(f"/v1/notes/{sid}")["steps"].get("searchable")


def test_a_group_waits_in_order_while_one_of_it_is_in_work(deployed: Deployed) -> None:
    """The embedded AWS keeps the order that the indexer relies on; its dead-letter queue has no reader of its own."""
    sqs, url, group = patient.sqs(), deployed.platform.outputs.index_dead_letter_queue_url, uuid.uuid4().hex
    for number in range(3):
        Queue(sqs, url).send_once(json.dumps([group, number]), group, f"{group}-{number}")

    def received() -> list[tuple[int, str]]:
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=60)
        ours = (message for message in answer.get("Messages", []) if group in message["Body"])
        return [(json.loads(message["Body"])[1], message["ReceiptHandle"]) for message in ours]

    first = received()
    assert [number for number, _ in first] == [0, 1, 2]
    Queue(sqs, url).come_back(first[1][1], 0)
    assert received() == []
    for _, handle in (first[0], first[2]):
        Queue(sqs, url).come_back(handle, 0)
    assert [number for number, _ in received()] == [0, 1, 2]
