"""A company has everything of one of its own senders exported or erased, and sees nothing of another's."""

import json
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest
from botocore.exceptions import EndpointConnectionError
from support.account import Account
from support.api import FakeCompanies, quotas, served, services
from support.app import FakeTwilio
from support.erasing import EraserFunction, erasing, everything, function, keep, request_runs
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.records.data_requests import DataRequests

PATH = "/v1/person-requests"
COUNTED = {("item", "PACE#acme", "KEY#abcd1234")}
"""Each request with a key is counted, whatever becomes of it."""

SENDERS = {"+15550100001": ("acme", "sam"), "+15550100002": ("bolt", "kim")}


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def eraser(account: Account, twilio: FakeTwilio) -> EraserFunction:
    return function(account, twilio)


@pytest.fixture
def api(account: Account, eraser: EraserFunction) -> Gateway:
    known = replace(quotas(account), customers=cast("Any", FakeCompanies(senders=SENDERS)))
    return Gateway(served(services(account, erasing=erasing(eraser), quotas=known)))


def post(api: Gateway, kind: str, sender: str) -> Answer:
    event = api.event("POST", PATH) | {"body": json.dumps({"kind": kind, "sender": sender})}
    event["headers"] = event["headers"] | {"content-type": "application/json"}
    answer = api.handle(event, None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def work(account: Account, twilio: FakeTwilio) -> None:
    request_runs(account, twilio).run(lambda: True)


def test_a_person_is_exported_and_the_files_are_served_to_be_saved(
    account: Account, twilio: FakeTwilio, eraser: EraserFunction, api: Gateway
) -> None:
    keep(account, twilio, "MM1")
    made = post(api, "export", "sam")
    assert made.status == 202
    assert (made.json()["state"], made.json()["customer_id"]) == ("open", "sam")
    assert eraser.asked == [{"requests_of": "acme"}]
    work(account, twilio)
    found = api.get(f"{PATH}/{made.json()['request_id']}").json()
    assert (found["state"], found["counts"]["notes"]) == ("done", 1)
    (part,) = found["parts"]
    assert (part["name"], part["size"]) == ("part-1.zip", found["counts"]["bytes"])
    query = httpx.URL(part["url"]).params
    assert query["response-content-disposition"].startswith("attachment; ")
    assert query["response-content-type"] == "application/zip"
    assert httpx.URL(part["url"]).path.startswith("/_exports/acme/")


def test_a_person_named_by_number_is_erased_and_the_number_is_kept_nowhere(
    account: Account, twilio: FakeTwilio, api: Gateway
) -> None:
    keep(account, twilio, "MM1")
    made = post(api, "erase", "+15550100001").json()
    assert made["customer_id"] == "sam"
    assert "+1555" not in json.dumps(account.ledger.client.scan(TableName=account.ledger.table)["Items"], default=str)
    work(account, twilio)
    found = api.get(f"{PATH}/{made['request_id']}").json()
    assert (found["state"], found["problem"], found["parts"]) == ("done", None, [])
    assert (found["counts"]["notes"], found["counts"]["versions"]) == (1, 7)
    assert api.get("/v1/notes").json()["notes"] == []
    (listed,) = api.get(PATH).json()["requests"]
    assert listed == {name: value for name, value in found.items() if name in listed}


def test_sent_again_while_it_is_open_it_is_the_same_request(account: Account, twilio: FakeTwilio, api: Gateway) -> None:
    keep(account, twilio, "MM1")
    first = post(api, "erase", "sam").json()
    assert post(api, "erase", "+15550100001").json() == first
    assert post(api, "export", "sam").json()["request_id"] != first["request_id"]
    assert len(api.get(PATH).json()["requests"]) == 2


def test_when_the_eraser_can_not_be_called_the_request_is_there_all_the_same(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")

    class Away:
        def invoke(self, **_request: object) -> None:
            raise EndpointConnectionError(endpoint_url="x")

    away = Gateway(served(services(account, erasing=erasing(cast("EraserFunction", Away())))))
    assert post(away, "erase", "sam").status == 202
    assert [one.kind for one in DataRequests(account.ledger).open()] == ["erase"]


@pytest.mark.parametrize("sender", ["kim", "+15550100002", "+15550100009", "acme#sam", "bolt#kim", "sam\0", "*", "SAM"])
def test_anothers_sender_is_as_unknown_as_nobody(
    account: Account, twilio: FakeTwilio, eraser: EraserFunction, api: Gateway, sender: str
) -> None:
    keep(account, twilio, "MM1")
    keep(account, twilio, "MM2", "bolt", "kim")
    before = everything(account, twilio)
    unknown = post(api, "export", "nobody")
    assert unknown.status == 404
    for kind in ("export", "erase"):
        answer = post(api, kind, sender)
        assert (answer.status, answer.body) == (404, unknown.body)
    assert everything(account, twilio) - COUNTED == before
    assert eraser.asked == []


def test_anothers_request_is_not_there(account: Account, twilio: FakeTwilio, api: Gateway) -> None:
    keep(account, twilio, "MM1")
    made = post(api, "export", "sam").json()
    work(account, twilio)
    bolt = replace(api, company_id="bolt")
    foreign, unknown = (bolt.get(f"{PATH}/{one}") for one in (made["request_id"], "20261120T100000Z-000000000000"))
    assert (foreign.status, foreign.body) == (404, unknown.body)
    assert bolt.get(PATH).json() == {"requests": [], "next": None}
    for odd in ("..", "%00", "PERSONS", "x" * 300, f"{made['request_id']}%0A"):
        assert api.get(f"{PATH}/{odd}").status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "erase-company", "sender": "sam"},
        {"kind": "erase"},
        {"kind": "erase", "sender": " "},
        {"kind": "erase", "sender": "sam", "company_id": "bolt"},
        {"kind": "erase", "sender": ["sam"]},
    ],
)
def test_no_key_ends_a_company_or_names_another(
    account: Account, twilio: FakeTwilio, api: Gateway, body: dict[str, object]
) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    event = api.event("POST", PATH) | {"body": json.dumps(body)}
    event["headers"] = event["headers"] | {"content-type": "application/json"}
    assert api.handle(event, None)["statusCode"] == 422
    assert everything(account, twilio) - COUNTED == before


def test_the_list_is_the_newest_first_and_as_long_as_is_asked_for(account: Account, api: Gateway) -> None:
    requests = DataRequests(account.ledger)
    made = [requests.make("export", "acme", f"c{number}").request_id for number in range(5)]
    listed = [one["request_id"] for one in api.get(PATH, limit=3).json()["requests"]]
    assert listed == sorted(made, reverse=True)[:3]
    pages: list[list[str]] = []
    cursor: dict[str, object] = {}
    for _ in range(3):
        page = api.get(PATH, limit=2, **cursor).json()
        pages.append([one["request_id"] for one in page["requests"]])
        cursor = {"cursor": page["next"]}
    assert [sid for ids in pages for sid in ids] == sorted(made, reverse=True)
    assert (page["next"], api.get(PATH, limit=5).json()["next"]) == (None, None)
    assert api.get(PATH, cursor="MjAyNg").json()["errors"][0]["field"] == "cursor"
    assert api.get(PATH, limit=0).status == api.get(PATH, limit=101).status == 422
