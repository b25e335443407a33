"""An export holds everything of a person or a company and nothing of others, and only a part of it is in memory."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.app import FakeTwilio
from support.erasing import WORDS, Killed, Life, keep, request_runs
from support.stored import file_voice
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import now
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import DataRequest, DataRequests, Kind, exports_of
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.held_requests import claim
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.usage import Usage, Used, month_of
from ai_voice_shared.stored import uploads
from ai_voice_shared.tasks.feeds import Feeds
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks, new_id
from ai_voice_shared.webhooks.endpoints import Endpoints
from data_api_server.models.models import NoteDetail
from voice_parser.eraser.data_request_runs import LEASE, DataRequestRuns
from voice_parser.eraser.export_archive import ExportArchive

RECEIVED = "2026-11-20"
NAMES = ("boiler_{}_audio.ogg", "boiler_{}_segments.json")


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def always() -> bool:
    return True


def made(account: Account, customer_id: str = "sam", kind: Kind = "export") -> DataRequest:
    return DataRequests(account.ledger).make(kind, "acme", customer_id)


def stands(account: Account, request: DataRequest) -> DataRequest:
    return DataRequests(account.ledger).read(request)


def parts(account: Account, request: DataRequest) -> Iterator[zipfile.ZipFile]:
    """The files of an export, in their order."""
    for number in range(1, stands(account, request).parts + 1):
        yield zipfile.ZipFile(io.BytesIO(account.store.get(f"{request.folder}part-{number}.zip").body))


def told(part: zipfile.ZipFile) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(part.read("notes.json"))
    return found


def narrow(runs: DataRequestRuns, largest: int) -> DataRequestRuns:
    """With parts of so many bytes."""
    return replace(runs, exporting=replace(runs.exporting, largest=largest))


def test_an_export_has_a_folder_a_note_with_its_files_and_tells_of_all_notes(
    account: Account, twilio: FakeTwilio
) -> None:
    for sid in ("MM1", "MM2"):
        keep(account, twilio, sid)
    keep(account, twilio, "MM3", "acme", "ann")
    keep(account, twilio, "MM4", "bolt", "sam")
    request = made(account)
    assert request_runs(account, twilio).run(always) == {"done": 1}
    (part,) = parts(account, request)
    assert part.testzip() is None
    expected = {f"{RECEIVED}_{sid}/{name.format(sid)}" for sid in ("MM1", "MM2") for name in NAMES}
    assert {*part.namelist()} == {*expected, "notes.json", "manifest.json"}
    assert {part.read(name) for name in expected} == {WORDS.encode()}
    assert [one["message_id"] for one in told(part)] == ["MM1", "MM2"]
    done = stands(account, request)
    assert (done.state, done.parts, done.counts["notes"], done.counts["files"]) == ("done", 1, 2, 4)
    assert done.counts["bytes"] == account.store.size(f"{request.folder}part-1.zip")


def test_what_it_tells_of_a_note_is_what_the_data_api_tells(account: Account, twilio: FakeTwilio) -> None:
    file_voice(account, "SM1", customer_id="sam")
    request = made(account)
    request_runs(account, twilio).run(always)
    (part,) = parts(account, request)
    (note,) = told(part)
    api = Gateway(served(services(account))).get("/v1/notes/SM1").json()
    elsewhere = {"url_expires_at", "reason", "peaks"}  # `problem` tells the reason; peaks are in segments.json
    assert note.keys() == NoteDetail.model_fields.keys() - elsewhere | {"tasks"}
    shown = {name: value for name, value in api.items() if name not in {"artifacts", *elsewhere}}
    assert {name: value for name, value in note.items() if name not in {"artifacts", "tasks"}} == shown
    files = [(one["key"].rpartition("/")[2], one["size"], one["content_type"]) for one in api["artifacts"]]
    mine = [(one["file"].rpartition("/")[2], one["size"], one["content_type"]) for one in note["artifacts"]]
    assert mine == files


def test_the_manifest_has_the_size_and_digest_of_each_file(account: Account, twilio: FakeTwilio) -> None:
    for sid in ("MM1", "MM2"):
        keep(account, twilio, sid)
    request = made(account)
    request_runs(account, twilio).run(always)
    (part,) = parts(account, request)
    manifest = {one["file"]: (one["size"], one["sha256"]) for one in json.loads(part.read("manifest.json"))}
    contents = {name: part.read(name) for name in part.namelist() if name != "manifest.json"}
    assert manifest == {name: (len(one), hashlib.sha256(one).hexdigest()) for name, one in contents.items()}


def test_a_companys_export_has_all_its_notes_and_what_it_has_beside_them(account: Account, twilio: FakeTwilio) -> None:
    for sid, company_id, customer_id in (("MM1", "acme", "sam"), ("MM2", "acme", "ann"), ("MM3", "bolt", "sam")):
        keep(account, twilio, sid, company_id, customer_id)
    for company_id, word in (("acme", "Halden"), ("bolt", "Holden")):
        Glossary(account.ledger).accept(company_id, [word])
        Usage(account.ledger).count_once(company_id, "x", Used(messages_received=3))
    request = DataRequests(account.ledger).make("export-company", "acme")
    assert narrow(request_runs(account, twilio), 1).run(always) == {"done": 1}
    first, second = parts(account, request)
    assert [one["message_id"] for part in (first, second) for one in told(part)] == ["MM1", "MM2"]
    assert json.loads(first.read("glossary.json"))["accepted"] == ["Halden"]
    ((month, used),) = json.loads(first.read("usage.json")).items()
    assert (month, used["messages_received"]) == (month_of(now()), 3)
    assert not _ABOUT & {*second.namelist()}


_ABOUT = {
    *("glossary.json", "usage.json", "tasks.json", "calendar-address.json"),
    *("webhooks.json", "keys.json", "templates.json", "analyses.json", "calls.json", "rules.json"),
}


def test_a_companys_export_has_its_tasks_and_what_lets_others_in_but_no_secret(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1", "acme", "sam")
    by_hand = Task("acme", new_id(), "Call the office", done_at=RECEIVED)
    for task in (by_hand, replace(by_hand, company_id="bolt", text="Bolt's")):
        Tasks(account.ledger).add(task)
    url, hidden = "https://erp.example/in", list[str]()
    for company_id in ("acme", "bolt"):
        hidden.append(Feeds(account.ledger).replace(company_id))
        hidden.append(Endpoints(account.ledger).create(company_id, url, ["task.added"])[0])
        hidden.append(ApiKeys(account.ledger).create(company_id, f"{company_id}'s office")[0])
    request = DataRequests(account.ledger).make("export-company", "acme")
    assert request_runs(account, twilio).run(always) == {"done": 1}
    (part,) = parts(account, request)
    tasks = json.loads(part.read("tasks.json"))
    assert {"MM1", by_hand.task_id.partition(".")[0]} == {task["task_id"].partition(".")[0] for task in tasks}
    assert json.loads(part.read("calendar-address.json"))["made_at"]
    assert [one["url"] for one in json.loads(part.read("webhooks.json"))] == [url]
    assert [one["name"] for one in json.loads(part.read("keys.json"))] == ["acme's office"]
    whole = b"".join(part.read(name) for name in part.namelist()).decode(errors="replace")
    hidden += [hashlib.sha256(one.encode()).hexdigest() for one in hidden]
    assert [one for one in hidden if one in whole or one.removeprefix("whsec_") in whole] == []
    assert "olt's" not in whole


def test_an_export_of_a_person_has_what_was_changed_of_their_tasks(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    kept = Tasks(account.ledger)
    (task,) = kept.of_message("acme", "MM1")
    assert kept.change(task, replace(task, owner="Priya", edited=("owner",), done_at=RECEIVED))
    request = made(account)
    request_runs(account, twilio).run(always)
    (part,) = parts(account, request)
    ((told_of,),) = [note["tasks"] for note in told(part)]
    assert (told_of["owner"], told_of["edited"], told_of["done_at"]) == ("Priya", ["owner"], RECEIVED)


def test_a_company_without_notes_has_an_export_of_the_rest(account: Account, twilio: FakeTwilio) -> None:
    request = DataRequests(account.ledger).make("export-company", "acme")
    assert request_runs(account, twilio).run(always) == {"done": 1}
    (part,) = parts(account, request)
    assert {*part.namelist()} == {*_ABOUT, "notes.json", "manifest.json"}


@pytest.mark.parametrize("open_one", [True, False], ids=["open", "done"])
def test_a_person_who_is_erased_is_in_no_export_of_the_company(
    account: Account, twilio: FakeTwilio, *, open_one: bool
) -> None:
    for sid in ("MM1", "MM2"):
        keep(account, twilio, sid)
    request = DataRequests(account.ledger).make("export-company", "acme")
    left = iter([True] * 3)
    narrow(request_runs(account, twilio), 1).run((lambda: next(left, False)) if open_one else always)
    assert account.store.list(request.folder, 10)
    made(account, kind="erase")
    request_runs(account, twilio).run(always)
    assert not account.store.versions("_exports/")
    assert stands(account, request).state == ("cancelled" if open_one else "done")


def test_a_person_without_notes_has_an_export_without_parts(account: Account, twilio: FakeTwilio) -> None:
    request = made(account)
    assert request_runs(account, twilio).run(always) == {"done": 1}
    assert stands(account, request).parts == 0
    assert not account.store.versions("")


def test_a_large_export_comes_in_parts_each_whole_by_itself(account: Account, twilio: FakeTwilio) -> None:
    for number in range(5):
        keep(account, twilio, f"MM{number}")
    request = made(account)
    assert narrow(request_runs(account, twilio), 1).run(always) == {"done": 1}
    found = list(parts(account, request))
    assert [one["message_id"] for part in found for one in told(part)] == [f"MM{number}" for number in range(5)]
    assert all(len(told(part)) == 1 and len(part.namelist()) == 4 for part in found)


def test_when_time_is_up_the_next_run_begins_the_next_part(account: Account, twilio: FakeTwilio) -> None:
    for number in range(4):
        keep(account, twilio, f"MM{number}")
    request = made(account)
    runs = 0
    while stands(account, request).state == "open":
        runs += 1
        left = iter([True] * 4)
        request_runs(account, twilio).run(lambda left=left: next(left, False))  # type: ignore[misc]
    assert runs > 1
    sids = [one["message_id"] for part in parts(account, request) for one in told(part)]
    assert sids == [f"MM{number}" for number in range(4)]


def test_killed_anywhere_and_repeated_each_note_is_exported_once(account: Account, twilio: FakeTwilio) -> None:
    for sid in ("MM1", "MM2"):
        keep(account, twilio, sid)
    life = Life()
    for ends_at in range(1, 200):
        request, life = made(account), Life(ends_at)
        with suppress(Killed):
            narrow(request_runs(account, twilio, life), 1).run(always)
        narrow(request_runs(account, twilio), 1).run(always)
        done = stands(account, request)
        assert (done.state, done.parts, done.counts["notes"]) == ("done", 2, 2), ends_at
        sids = [one["message_id"] for part in parts(account, request) for one in told(part)]
        assert sids == ["MM1", "MM2"], ends_at
        keys = [one.key for one in account.store.list(request.folder, 10)]
        assert keys == [f"{request.folder}part-{number}.zip" for number in (1, 2)], ends_at
        assert unfinished(account) <= 1, ends_at  # of one who was killed before it could be noted: without a byte
        for upload in account.store.client.list_multipart_uploads(Bucket="notes").get("Uploads", []):
            account.store.abort_upload(upload["Key"], upload["UploadId"])
        if life.effects < ends_at:
            break
    assert 20 < life.effects < 200


def unfinished(account: Account) -> int:
    return len(account.store.client.list_multipart_uploads(Bucket="notes").get("Uploads", []))


def test_a_file_that_is_missing_or_no_artifact_is_told_or_passed_over(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    key = "acme/other/boiler_MM1_audio.ogg"
    account.store.delete_versions(account.store.versions(key))
    foreign = ("bolt/other/x_MM1_audio.ogg", "acme/other/x_MM2_audio.ogg", "acme/../x_MM1_audio.ogg", "../../etc/x")
    Notes(account.ledger).update("acme", "MM1", {"artifacts": "\n".join((key, *foreign))})
    account.store.put(foreign[0], b"x", "audio/ogg")
    request = made(account)
    assert request_runs(account, twilio).run(always) == {"done": 1}
    (part,) = parts(account, request)
    assert part.namelist() == ["notes.json", "manifest.json"]
    (note,) = told(part)
    assert note["artifacts"] == [
        {"file": f"{RECEIVED}_MM1/boiler_MM1_audio.ogg", "size": None, "content_type": "audio/ogg"}
    ]


def test_files_of_a_note_that_is_not_filed_yet_are_in_it(account: Account, twilio: FakeTwilio) -> None:
    Notes(account.ledger).open(Note("acme", "MM1", "sam", "2026-11-20T10:00:00.000Z"))
    account.store.put("_receipts/acme/MM1/media-0.ogg", b"OggS", "audio/ogg")
    account.store.put("_receipts/acme/MM10/media-0.ogg", b"x", "audio/ogg")
    request = made(account)
    request_runs(account, twilio).run(always)
    (part,) = parts(account, request)
    assert {*part.namelist()} == {f"{RECEIVED}_MM1/media-0.ogg", "notes.json", "manifest.json"}
    assert told(part)[0]["status"] == "received"


@pytest.mark.parametrize(
    "name", ["../x.txt", "/x.txt", "a/b.txt", "..", "", "a\\b.txt", "x.txt\n", "\u202ex.txt", "C:x"]
)
def test_no_name_leads_out_of_the_folder_it_is_unpacked_into(account: Account, name: str) -> None:
    upload = uploads.begin(account.store, "x", "application/zip")
    with ExportArchive(upload) as archive:
        for folder, file in ((name, "x.txt"), ("2026-11-20_MM1", name)):
            with pytest.raises(ValueError, match="no name"):
                archive.add_file(folder, file, [b"x"])


def test_memory_holds_a_part_of_an_export_and_not_its_files(account: Account) -> None:
    class Sunk(ObjectStore):
        def upload_part(self, _key: str, _upload_id: str, number: int, body: bytes) -> str:
            assert len(body) <= 8 * 2**20
            return str(number)

    upload = uploads.Upload(Sunk(account.store.client, "notes"), "x", "id")
    chunk = bytes(2**20)
    tracemalloc.start()
    with ExportArchive(upload) as archive:
        for number in range(200):
            archive.add_file("2026-11-20_MM1", f"a_{number}.ogg", (chunk for _ in range(4)))
            archive.add_note({"full_text": "x" * 2**20})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert upload.written > 800 * 2**20
    assert peak < 64 * 2**20


def test_a_part_that_can_not_be_written_leaves_nothing_and_is_written_by_the_next_run(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")

    class Away(ObjectStore):
        def complete_upload(self, *_arguments: object) -> None:
            raise RetryLater("S3 did not answer")

    request = made(account)
    runs = request_runs(account, twilio)
    away = Away(account.store.client, "notes")
    assert replace(runs, exporting=replace(runs.exporting, store=away)).run(always) == {"failed": 1}
    assert stands(account, request).problem == "S3 did not answer"
    assert unfinished(account) == 0
    assert request_runs(account, twilio).run(always) == {"done": 1}
    assert len(list(parts(account, request))) == 1


def test_a_part_that_is_complete_when_its_request_is_gone_goes_too(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    request = made(account)
    held = claim(DataRequests(account.ledger), request, LEASE)
    assert held

    class Slow(ObjectStore):
        def complete_upload(self, key: str, upload_id: str, etags: Any) -> None:
            account.ledger.delete(request.partition, request.request_id)
            super().complete_upload(key, upload_id, etags)

    runs = request_runs(account, twilio)
    slow = replace(runs.exporting, store=Slow(account.store.client, "notes"))
    with pytest.raises(RetryLater):
        slow.run(held, always)
    assert not account.store.versions(exports_of("acme", "sam"))
