"""A company has everything of its own exported, and sees nothing of another's."""

import httpx
import pytest
from support.account import Account
from support.api import served, services
from support.app import FakeTwilio
from support.erasing import EraserFunction, erasing, function, keep, request_runs
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.records.data_requests import DataRequests

PATH = "/v1/exports"


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def eraser(account: Account, twilio: FakeTwilio) -> EraserFunction:
    return function(account, twilio)


@pytest.fixture
def api(account: Account, eraser: EraserFunction) -> Gateway:
    return Gateway(served(services(account, erasing=erasing(eraser))))


def post(api: Gateway) -> Answer:
    answer = api.handle(api.event("POST", PATH), None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def test_a_company_is_exported_and_the_files_are_served_to_be_saved(
    account: Account, twilio: FakeTwilio, eraser: EraserFunction, api: Gateway
) -> None:
    for sid, customer_id in (("MM1", "sam"), ("MM2", "ann")):
        keep(account, twilio, sid, "acme", customer_id)
    made = post(api)
    assert (made.status, made.json()["state"], made.json()["finished_at"]) == (202, "open", None)
    assert not {"customer_id", "kind"} & made.json().keys()
    assert eraser.asked == [{"requests_of": "acme"}]
    request_runs(account, twilio).run(lambda: True)
    found = api.get(f"{PATH}/{made.json()['request_id']}").json()
    assert (found["state"], found["counts"]["notes"]) == ("done", 2)
    (part,) = found["parts"]
    assert (part["name"], part["size"]) == ("part-1.zip", found["counts"]["bytes"])
    assert httpx.URL(part["url"]).path.startswith("/_exports/acme/company/")


def test_the_same_again_while_it_is_open_is_the_open_one(api: Gateway) -> None:
    assert post(api).json()["request_id"] == post(api).json()["request_id"]


def test_exports_are_listed_without_requests_for_persons_and_those_without_exports(
    account: Account, api: Gateway
) -> None:
    DataRequests(account.ledger).make("export", "acme", "sam")
    made = post(api).json()["request_id"]
    assert [one["request_id"] for one in api.get(PATH).json()["exports"]] == [made]
    (other,) = api.get("/v1/person-requests").json()["requests"]
    assert other["request_id"] != made
    assert api.get(f"/v1/person-requests/{made}").status == 404
    assert api.get(f"{PATH}/{other['request_id']}").status == 404


def test_another_companys_export_is_not_there(account: Account, api: Gateway) -> None:
    theirs = DataRequests(account.ledger).make("export-company", "bolt").request_id
    assert api.get(f"{PATH}/{theirs}").status == 404
    assert api.get(PATH).json() == {"exports": [], "next": None}
    assert api.get(f"{PATH}/20261120T000000Z-..%2f").status == 404
