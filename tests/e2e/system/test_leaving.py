"""A person is exported and erased, and a company is erased: nothing of theirs stays, and everything of others does.

It has a platform of its own, because other tests may need what is erased here.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY, PHONE, platform
from ai_voice_local.terminal import DataApi, follow
from ai_voice_operations.__main__ import main
from ai_voice_shared.aws.object_store import ObjectStore

COLLEAGUE, OTHER = "+15550100004", "+15550100002"
"""Senders of the same company, and of another."""
NEIGHBOUR = "nordic-lifts"
LEAVING, LEAVER = "leaving-plumbers", "+15550100009"
"""A company of its own, since the tests come in any order; and its sender."""
TOMB = {"RECEIPT", "ERASED"}
LOCAL = ("--environment", "local", "--company", COMPANY)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with platform(tmp_path_factory.mktemp("leaving")) as running:
        made = Deployed(running)
        come(made)  # before anybody is looked up: each process of the lookup remembers the file for a while
        yield made


@pytest.fixture(scope="module")
def neighbour(deployed: Deployed) -> DataApi:
    """The data API of the other company."""
    return deployed.company(NEIGHBOUR)


@pytest.fixture(scope="module")
def leaving(deployed: Deployed) -> DataApi:
    """The data API of the company that will leave."""
    return deployed.company(LEAVING)


def filed(deployed: Deployed, api: DataApi, phone: str, word: str) -> str:
    """The sid of a note of the sender that a search for the word finds."""
    sid = deployed.platform.twilio.deliver(phone, text=f"Please order two pieces of {word} by Friday.").sid
    assert follow(api, sid, lambda _line: None, HANGS)["status"] == "filed"
    assert eventually(lambda: api.get("/v1/search", q=word)["passages"])
    return sid


def settled(api: DataApi, kind: str, sender: str) -> dict[str, Any]:
    """The request once it is done."""
    made = api.post("/v1/person-requests", kind=kind, sender=sender)
    found: list[dict[str, Any]] = []

    def done() -> bool:
        found[:] = [api.get(f"/v1/person-requests/{made['request_id']}")]
        return bool(found[0]["state"] != "open")

    assert eventually(done, every=0.2)
    return found[0]


def archive(url: str) -> zipfile.ZipFile:
    answer = httpx.get(url, timeout=HANGS)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    return zipfile.ZipFile(io.BytesIO(answer.content))


def items(deployed: Deployed) -> list[dict[str, Any]]:
    """All of the ledger."""
    pages = patient.dynamodb().get_paginator("scan").paginate(TableName=deployed.platform.outputs.table)
    return [item for page in pages for item in page["Items"]]


def keys(deployed: Deployed) -> list[str]:
    """Of all versions of all objects."""
    return [one.key for one in ObjectStore(patient.s3(), deployed.platform.outputs.bucket).versions("")]


def left(deployed: Deployed, *named: str) -> set[str]:
    """What there is that names one of these, but for tombstones: places in the ledger, and keys."""
    places = set[str]()
    for item in items(deployed):
        place = f"{item['pk']['S']} {item['sk']['S']}"
        if any(name in json.dumps(item, default=str) for name in named) and item["sk"]["S"] not in TOMB:
            places.add(place)
    return places | {key for key in keys(deployed) if any(name in key for name in named)}


def test_a_person_takes_their_notes_along_and_is_forgotten_and_nobody_else_is(
    deployed: Deployed, neighbour: DataApi
) -> None:
    api = deployed.api
    spoken = deployed.voice("job.ogg").sid
    deployed.settled(spoken)
    mine = [filed(deployed, api, PHONE, "hinges9501"), spoken]
    theirs = filed(deployed, api, COLLEAGUE, "rafters9502")
    others = filed(deployed, neighbour, OTHER, "slates9503")

    exported = settled(api, "export", PHONE)
    assert (exported["state"], exported["customer_id"], exported["counts"]["notes"]) == ("done", "sam", 2)
    (part,) = exported["parts"]
    with archive(part["url"]) as found:
        assert found.testzip() is None
        told = json.loads(found.read("notes.json"))
        names = set(found.namelist()) - {"notes.json", "manifest.json"}
        recording = next(name for name in names if name.endswith(f"_{spoken}_audio.ogg"))
        assert found.read(recording)[:4] == b"OggS"
    assert sorted(note["message_id"] for note in told) == sorted(mine)
    assert {name.partition("/")[0].partition("_")[2] for name in names} == set(mine)
    assert not any(sid in str(told) for sid in (theirs, others))
    assert names == {one["file"] for note in told for one in note["artifacts"]}

    assert main(["person-export", *LOCAL, "--sender", "sam"]) == 0
    erased = settled(api, "erase", "sam")
    assert (erased["state"], erased["counts"]["notes"], erased["counts"]["exports"]) == ("done", 2, 2)
    assert left(deployed, *mine, "hinges9501", "_exports/") == set()
    assert httpx.get(part["url"], timeout=HANGS).status_code == 404
    assert {*mine} <= deployed.platform.twilio.deleted
    about = [item for item in items(deployed) if '"sam"' in json.dumps(item, default=str)]
    assert {item["pk"]["S"] for item in about} == {f"PERSONS#{COMPANY}"}  # receipts: an id and numbers
    assert eventually(lambda: not any(deployed.found(sid, "hinges9501") for sid in mine))
    assert api.note(theirs)
    assert deployed.found(theirs, "rafters9502")
    assert neighbour.note(others)


def test_anothers_sender_is_nobody(deployed: Deployed, neighbour: DataApi) -> None:
    before = deployed.api.get("/v1/person-requests")
    bodies = [{"kind": "erase", "sender": sender} for sender in (COLLEAGUE, "alex", "+15550109999")]
    answers = [
        httpx.post(
            f"{neighbour.url}/v1/person-requests", json=body, headers={"x-api-key": neighbour.key}, timeout=HANGS
        )
        for body in bodies
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r"urn:request:[^\"]+", "", answer.text) for answer in answers}) == 1
    assert deployed.api.get("/v1/person-requests") == before
    assert neighbour.get("/v1/person-requests") == {"requests": [], "next": None}


def test_an_operator_erases_a_person_after_their_id_was_typed(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sid = filed(deployed, deployed.api, COLLEAGUE, "gutters9504")
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["person-erase", *LOCAL, "--sender", COLLEAGUE]) == 1
    assert deployed.api.note(sid)
    monkeypatch.setattr("sys.stdin", io.StringIO("alex\n"))
    assert main(["person-erase", *LOCAL, "--sender", COLLEAGUE]) == 0
    assert " done (" in capsys.readouterr().out
    assert left(deployed, sid, "gutters9504") == set()


def test_a_company_leaves_whole_and_its_neighbour_stays(
    deployed: Deployed,
    neighbour: DataApi,
    leaving: DataApi,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone = filed(deployed, leaving, LEAVER, "lintels9505")
    stays = filed(deployed, neighbour, OTHER, "gables9506")
    assert leaving.post("/v1/ask", question="How many pieces of lintels9505 are to be ordered?")["statements"]
    before = {key for key in keys(deployed) if NEIGHBOUR in key}
    erase = ["company-erase", "--environment", "local", "--company", LEAVING]
    assert main(erase) == 2  # while it is registered
    assert "customers-put" in capsys.readouterr().err
    take_out(deployed)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{LEAVING}\n"))
    assert eventually(lambda: main(erase) == 0)  # the lookup follows within seconds
    told = capsys.readouterr().out
    assert " done (" in told
    assert deployed.status("/v1/notes", leaving.key) == 403
    assert {
        place for place in left(deployed, gone, "lintels9505", LEAVING) if not place.startswith("COMPANY#")
    } == set()
    checkpoints = [item for item in items(deployed) if item["pk"]["S"] == f"COMPANY#{LEAVING}"]
    assert len(checkpoints) == 1
    assert "kit" not in json.dumps(checkpoints)
    assert {key for key in keys(deployed) if NEIGHBOUR in key} == before
    assert neighbour.note(stays)
    assert neighbour.get("/v1/search", q="gables9506")["passages"]


def come(deployed: Deployed) -> None:
    """The company and its customer get into the customers file."""
    file = customers(deployed)
    file["companies"].append({"company_id": LEAVING, "name": "Leaving", "languages": ["en"]})
    file["customers"].append({"customer_id": "kit", "company_id": LEAVING, "name": "Kit", "phone_numbers": [LEAVER]})
    put_customers(deployed, file)


def take_out(deployed: Deployed) -> None:
    """The company and its customers leave the customers file."""
    found = customers(deployed).items()
    put_customers(deployed, {name: [one for one in some if one["company_id"] != LEAVING] for name, some in found})


def customers(deployed: Deployed) -> dict[str, list[dict[str, Any]]]:
    """The customers file."""
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    file: dict[str, list[dict[str, Any]]] = json.loads(store.get("customers.json").body)
    return file


def put_customers(deployed: Deployed, file: dict[str, list[dict[str, Any]]]) -> None:
    """Replaces it."""
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    store.put("customers.json", json.dumps(file).encode(), "application/json")
