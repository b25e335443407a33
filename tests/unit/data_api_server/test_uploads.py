"""An upload begins, goes on after an interruption, and becomes one note of its company, whatever happens meanwhile."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from support.account import Account
from support.api import services
from support.app import FakeTwilio
from support.erasing import Killed, Life, eraser
from unit.data_api_server.gateway import ACME, Answer, Gateway

from ai_voice_shared.artifacts import upload_key
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.jobs import NoteJob, notes_job
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.uploading.begun import KEPT, OPEN_AT_MOST, BegunUploads
from data_api_server.services import Services
from data_api_server.uploads import uploading

PART = 8 * 2**20
NAME = "Site talk.m4a"


def begin(gateway: Gateway, size: int = 3, name: str = NAME, **fields: object) -> Answer:
    body = json.dumps({"name": name, "size": size, **fields})
    return gateway.send("POST", "/v1/uploads", body, {"content-type": "application/json"})


def put(account: Account, part: dict[str, Any], content: bytes) -> None:
    """What S3 does with a part that is sent to its address."""
    address = urlsplit(part["url"])
    asked = parse_qs(address.query)
    key = address.path.lstrip("/").removeprefix(f"{account.store.bucket}/")
    account.store.upload_part(key, asked["uploadId"][0], int(asked["partNumber"][0]), content)


def send(gateway: Gateway, account: Account, content: bytes, **fields: object) -> str:
    """A whole file; returns the upload's id."""
    begun = begin(gateway, len(content), **fields).json()  # type: ignore[arg-type]
    for part in begun["parts"]:
        put(account, part, content[part["offset"] :][: part["size"]])
    return str(begun["upload_id"])


def complete(gateway: Gateway, upload_id: str) -> Answer:
    return gateway.ask("POST", f"/v1/uploads/{upload_id}/complete")


def jobs(account: Account) -> list[NoteJob]:
    found = [notes_job(str(message["Body"])) for message in account.queued()]
    return [job for job in found if isinstance(job, NoteJob)]


def test_a_complete_upload_is_a_received_note_and_a_job_for_the_worker(account: Account, acme: Gateway) -> None:
    named = Gateway(with_key_name(acme.handle, "office"))
    upload_id = send(named, account, b"OggS", media_type="audio/ogg;codecs=opus")
    assert complete(named, upload_id).json() == {"message_id": upload_id}
    note = Notes(account.ledger).get(ACME, upload_id)
    assert note
    assert (note.status, note.kind, note.sender_name, note.customer_id) == (
        "received",
        "voice",
        "office",
        "key-abcd1234",
    )
    (job,) = jobs(account)
    assert (job.source, job.company_id, job.message_id) == ("upload", ACME, upload_id)
    assert job.message["FileKey0"] == upload_key(ACME, upload_id, 0)
    assert job.message["FileType0"] == "audio/ogg"
    assert "Body" not in job.message
    assert account.store.get(upload_key(ACME, upload_id, 0)).body == b"OggS"
    assert acme.get("/v1/uploads").json()["uploads"] == []


def with_key_name(handle: Any, name: str) -> Any:
    """The API behind an authorizer that tells the key's name."""

    def handled(event: dict[str, Any], context: object) -> Any:
        event["requestContext"]["authorizer"]["lambda"]["key_name"] = name
        return handle(event, context)

    return handled


def test_a_document_has_its_name_for_words_and_its_type_by_its_name(account: Account, acme: Gateway) -> None:
    complete(acme, send(acme, account, b"%PDF-1.7", name="Lift 2 report.PDF"))
    (job,) = jobs(account)
    assert (job.message["Body"], job.message["FileType0"]) == ("Lift 2 report.PDF", "application/pdf")


def test_after_an_interruption_it_goes_on_with_what_is_missing(account: Account, acme: Gateway) -> None:
    begun = begin(acme, 2 * PART + 5).json()
    assert [(one["number"], one["offset"], one["size"]) for one in begun["parts"]] == [
        (1, 0, PART),
        (2, PART, PART),
        (3, 2 * PART, 5),
    ]
    put(account, begun["parts"][1], b"x" * PART)
    put(account, begun["parts"][2], b"12345")
    again = acme.get(f"/v1/uploads/{begun['upload_id']}").json()
    assert again["arrived"] == [2, 3]
    assert [one["number"] for one in again["parts"]] == [1]
    early = complete(acme, begun["upload_id"])
    assert (early.status, early.is_problem, jobs(account)) == (409, True, [])
    put(account, again["parts"][0], b"y" * PART)
    assert acme.get(f"/v1/uploads/{begun['upload_id']}").json()["parts"] == []
    assert complete(acme, begun["upload_id"]).status == 200
    assert account.store.size(upload_key(ACME, begun["upload_id"], 0)) == 2 * PART + 5


def test_a_part_of_another_size_has_not_arrived(account: Account, acme: Gateway) -> None:
    begun = begin(acme, 3).json()
    put(account, begun["parts"][0], b"more than three")
    assert acme.get(f"/v1/uploads/{begun['upload_id']}").json()["arrived"] == []
    assert complete(acme, begun["upload_id"]).status == 409
    assert "content-length" in begun["parts"][0]["url"]


def test_a_large_file_has_at_most_a_thousand_parts_and_addresses_a_few_at_a_time(acme: Gateway) -> None:
    begun = begin(acme, 1_000_000_000).json()
    assert len(begun["parts"]) == 20
    assert -(-1_000_000_000 // begun["part_size"]) <= 1_000
    refused = begin(acme, 1_000_000_001)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "size")


@pytest.mark.parametrize(
    "fields", [{"size": 0}, {"name": ""}, {"name": "\u200b"}, {"name": "x" * 201}, {"company_id": "bolt"}]
)
def test_what_can_be_no_file_is_refused(acme: Gateway, fields: dict[str, Any]) -> None:
    body = {"name": NAME, "size": 3} | fields
    assert acme.send("POST", "/v1/uploads", json.dumps(body), {"content-type": "application/json"}).status == 422


def test_another_company_sees_none_of_it(account: Account, acme: Gateway, bolt: Gateway) -> None:
    upload_id = send(acme, account, b"abc")
    assert bolt.get("/v1/uploads").json()["uploads"] == []
    for other in (upload_id, "UP1", "SM1", "UP1%2F..", "x" * 300):
        assert bolt.get(f"/v1/uploads/{other}").status == 404
        assert complete(bolt, other).status == 404
        assert bolt.ask("DELETE", f"/v1/uploads/{other}").status == 404
    assert complete(acme, upload_id).status == 200
    assert complete(bolt, upload_id).status == 404


def test_an_upload_that_is_ended_leaves_nothing(account: Account, acme: Gateway) -> None:
    upload_id = send(acme, account, b"abc")
    assert acme.ask("DELETE", f"/v1/uploads/{upload_id}").json() == {"upload_id": upload_id}
    assert unfinished(account) == []
    assert acme.get(f"/v1/uploads/{upload_id}").status == 404
    assert complete(acme, upload_id).status == 404
    assert jobs(account) == []


def unfinished(account: Account) -> list[Any]:
    """What S3 still has of uploads."""
    return account.store.client.list_multipart_uploads(Bucket=account.store.bucket).get("Uploads", [])


def test_too_many_at_a_time_are_refused_until_one_is_finished(acme: Gateway, bolt: Gateway) -> None:
    ids = [begin(acme).json()["upload_id"] for _ in range(OPEN_AT_MOST)]
    assert (begin(acme).status, begin(bolt).status) == (409, 200)
    assert acme.ask("DELETE", f"/v1/uploads/{ids[0]}").status == 200
    assert begin(acme).status == 200


def test_completing_again_makes_no_second_note(account: Account, acme: Gateway) -> None:
    upload_id = send(acme, account, b"abc")
    assert [complete(acme, upload_id).status for _ in range(3)] == [200, 200, 200]
    assert len(jobs(account)) == 1


def test_killed_anywhere_it_is_completed_by_asking_again(account: Account, acme: Gateway) -> None:
    ended = 0
    while True:
        ended += 1
        upload_id = send(acme, account, b"abc")
        life = Life(ended)
        try:
            uploading.complete(mortal(account, life), ACME, upload_id)
        except Killed:
            pass
        else:
            break
        assert acme.get("/v1/uploads").json()["uploads"] or Notes(account.ledger).get(ACME, upload_id), ended
        assert complete(acme, upload_id).status == 200, ended
        assert {job.message_id for job in jobs(account)} == {upload_id}, ended
        assert acme.get("/v1/uploads").json()["uploads"] == [], ended
    assert ended > 6


def mortal(account: Account, life: Life) -> Services:
    """The API in a process that dies."""
    store = ObjectStore(life.of(account.store.client), account.store.bucket)
    ledger = Ledger(life.of(account.ledger.client), account.ledger.table)
    queue = replace(account.queue, client=life.of(account.queue.client))
    return services(account, store=store, notes=Notes(ledger), notes_queue=queue)


def test_what_is_becoming_a_note_is_not_ended(account: Account, acme: Gateway) -> None:
    upload_id = send(acme, account, b"abc")
    uploads = BegunUploads(account.ledger, account.store)
    upload = uploads.find(ACME, upload_id)
    assert upload
    assert uploads.complete(upload)
    assert acme.ask("DELETE", f"/v1/uploads/{upload_id}").status == 409
    assert complete(acme, upload_id).status == 200


def test_when_its_time_is_over_nobody_sees_it(account: Account) -> None:
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    uploads = BegunUploads(account.ledger, account.store, lambda: moment)
    kept = uploads.begin(ACME, customer_id="key-1", sender_name="", name=NAME, size=3, content_type="audio/mp4")
    later = replace(uploads, clock=lambda: moment + KEPT + timedelta(seconds=1))
    assert (uploads.find(ACME, kept.upload_id), uploads.of_company(ACME)) == (kept, [kept])
    assert (later.find(ACME, kept.upload_id), later.of_company(ACME)) == (None, [])


def test_what_s3_has_deleted_is_gone(account: Account, acme: Gateway) -> None:
    upload_id = begin(acme).json()["upload_id"]
    (one,) = unfinished(account)
    account.store.abort_upload(one["Key"], one["UploadId"])
    assert acme.get(f"/v1/uploads/{upload_id}").status == 404
    assert complete(acme, upload_id).status == 404
    assert acme.get("/v1/uploads").json()["uploads"] == []


def test_an_erasure_of_the_company_or_of_its_sender_ends_it(account: Account, acme: Gateway, bolt: Gateway) -> None:
    for company_id, gateway in ((ACME, acme), ("bolt", bolt)):
        begin(gateway)
        person = Notes(account.ledger).get(company_id, complete_one(account, gateway))
        assert person
        made = eraser(account, FakeTwilio())
        held = [one.of_person(person) if company_id == ACME else one.of_company(company_id) for one in made.records]
        assert sum(one.counts.get("uploads", 0) for one in held) == 1
        for one in held:
            one.erase()
        assert gateway.get("/v1/uploads").json()["uploads"] == []
    assert unfinished(account) == []


def complete_one(account: Account, gateway: Gateway) -> str:
    upload_id = send(gateway, account, b"abc")
    complete(gateway, upload_id)
    return upload_id
