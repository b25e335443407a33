"""A company's endpoints over HTTP: addresses are checked, secrets are told once, and nobody reaches another's."""

import json
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.stored import file_image
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks, new_id
from ai_voice_shared.webhooks.addresses import Addresses
from ai_voice_shared.webhooks.deliveries import Deliveries
from ai_voice_shared.webhooks.endpoint import MOST
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import EVENT_TYPES, Event

URL = "https://erp.example/in"
WANTED = {"url": URL, "events": ["note.filed", "task.added"]}


@pytest.fixture
def api(account: Account) -> Gateway:
    return Gateway(served(services(account)))


def ask(api: Gateway, method: str, path: str = "", body: object = None) -> Answer:
    event = api.event(method, f"/v1/webhooks{path}")
    if body is not None:
        event["headers"] |= {"content-type": "application/json"}
        event["body"] = json.dumps(body)
    answer = api.handle(event, None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def added(api: Gateway, **fields: Any) -> dict[str, Any]:
    answer = ask(api, "POST", body=WANTED | fields)
    assert answer.status == 200, answer.body
    return dict(answer.json())


def queued(account: Account) -> list[dict[str, Any]]:
    return [json.loads(str(one["Body"])) for one in account.queued(account.webhooks_queue)]


def test_an_endpoint_is_added_listed_changed_and_deleted(api: Gateway) -> None:
    made = added(api)
    path = f"/{made['endpoint']['endpoint_id']}"
    (listed,) = ask(api, "GET").json()["endpoints"]
    assert (listed["url"], listed["events"], listed["paused"]) == (URL, WANTED["events"], None)
    changed = ask(api, "PATCH", path, {"events": ["note.erased"]}).json()
    assert (changed["url"], changed["events"]) == (URL, ["note.erased"])
    assert ask(api, "PATCH", path, {"url": "https://new.example/"}).json()["url"] == "https://new.example/"
    assert ask(api, "DELETE", path).status == 200
    assert ask(api, "GET").json() == {"endpoints": []}
    assert ask(api, "DELETE", path).status == 404


def test_a_secret_is_told_once_and_a_new_one_replaces_it(account: Account, api: Gateway) -> None:
    made = added(api)
    path = f"/{made['endpoint']['endpoint_id']}"
    renewed = ask(api, "POST", f"{path}/secret").json()
    assert renewed["endpoint"]["before_signs_until"]
    assert made["secret"] != renewed["secret"]
    kept = Endpoints(account.ledger).get("acme", made["endpoint"]["endpoint_id"])
    assert kept is not None
    assert Endpoints(account.ledger).signing_secrets(kept) == [renewed["secret"], made["secret"]]
    told = "".join(
        ask(api, method, where).body
        for method, where in (
            ("GET", ""),
            ("POST", f"{path}/test"),
            ("GET", f"{path}/deliveries"),
            ("POST", f"{path}/pause"),
        )
    )
    assert "whsec_" not in told


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://erp.example/in", "Should begin with https://"),
        ("https://user:pw@erp.example/in", "no user"),
        ("https://erp.example:22/in", "port 443"),
        ("not a url", "Should be an address like"),
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(api: Gateway, url: str, problem: str) -> None:
    answer = ask(api, "POST", body=WANTED | {"url": url})
    assert answer.status == 422
    assert problem in answer.json()["errors"][0]["problem"]
    assert "pw" not in answer.body
    made = added(api)
    assert ask(api, "PATCH", f"/{made['endpoint']['endpoint_id']}", {"url": url}).status == 422


@pytest.mark.parametrize("private", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fd00:ec2::254"])
def test_a_name_of_a_private_network_is_refused(account: Account, private: str) -> None:
    api = Gateway(served(services(account, addresses=Addresses(resolve=lambda _host, _port: [private]))))
    assert ask(api, "POST", body=WANTED).status == 422
    assert ask(api, "GET").json() == {"endpoints": []}


def test_our_own_address_is_refused(account: Account) -> None:
    api = Gateway(served(services(account, addresses=Addresses(("erp.example",)))))
    assert "of this service" in ask(api, "POST", body=WANTED).body


@pytest.mark.parametrize("events", [[], ["note.filed", "note.filed"], ["webhook.test"], ["all"], "note.filed", None])
def test_events_that_there_are_not_are_refused(api: Gateway, events: object) -> None:
    assert ask(api, "POST", body=WANTED | {"events": events}).status == 422


def test_a_company_has_ten_endpoints_at_most(api: Gateway) -> None:
    for number in range(MOST):
        added(api, url=f"https://erp{number}.example/", events=list(EVENT_TYPES))
    assert ask(api, "POST", body=WANTED).status == 422


def test_a_test_is_sent_and_logged_and_can_be_sent_again(account: Account, api: Gateway) -> None:
    endpoint_id = added(api)["endpoint"]["endpoint_id"]
    sent = ask(api, "POST", f"/{endpoint_id}/test").json()
    assert (sent["type"], sent["state"], sent["tries"]) == ("webhook.test", "due", [])
    (message,) = queued(account)
    assert message["delivery"]["place"].startswith(f"{endpoint_id}#")
    (listed,) = ask(api, "GET", f"/{endpoint_id}/deliveries").json()["deliveries"]
    assert listed == sent
    again = ask(api, "POST", f"/{endpoint_id}/deliveries/{sent['delivery_id']}/again")
    assert (again.status, again.json()["event_id"]) == (202, sent["event_id"])
    assert queued(account) == [message]


def test_the_log_is_paged_and_names_notes_by_their_titles_of_now(account: Account, api: Gateway) -> None:
    endpoint_id = added(api)["endpoint"]["endpoint_id"]
    file_image(account, "SM1", "The boiler on Elm Street")
    endpoint = Endpoints(account.ledger).get("acme", endpoint_id)
    assert endpoint is not None
    deliveries = Deliveries(account.ledger)
    for number in range(5):
        event = Event.of("note.filed", "acme", {"id": f"SM{number}"}, "")
        deliveries.open(endpoint, event, f"2026-11-29T10:00:0{number}.000Z")
    first = ask_page(api, endpoint_id, limit=3)
    rest = ask_page(api, endpoint_id, limit=3, cursor=first["next"])
    abouts = [one["about"] for one in (*first["deliveries"], *rest["deliveries"])]
    assert [one["id"] for one in abouts] == ["SM4", "SM3", "SM2", "SM1", "SM0"]
    assert rest["next"] is None
    assert [bool(one["title"]) for one in abouts] == [False, False, False, True, False]


def test_the_log_names_a_task_by_its_words_of_now(account: Account, api: Gateway) -> None:
    endpoint_id = added(api)["endpoint"]["endpoint_id"]
    endpoint = Endpoints(account.ledger).get("acme", endpoint_id)
    assert endpoint is not None
    task = Task("acme", new_id(), "Order two valves")
    Tasks(account.ledger).add(task)
    event = Event.of("task.added", "acme", {"id": task.task_id}, "")
    Deliveries(account.ledger).open(endpoint, event, "2026-11-29T10:00:00.000Z")
    (shown,) = ask_page(api, endpoint_id)["deliveries"]
    assert shown["about"] == {"id": task.task_id, "title": "Order two valves"}
    Tasks(account.ledger).delete(task)
    (shown,) = ask_page(api, endpoint_id)["deliveries"]
    assert shown["about"]["title"] is None


def ask_page(api: Gateway, endpoint_id: str, **parameters: Any) -> dict[str, Any]:
    answer = api.get(f"/v1/webhooks/{endpoint_id}/deliveries", **parameters)
    assert answer.status == 200, answer.body
    return dict(answer.json())


def test_a_resume_asks_for_what_was_kept(account: Account, api: Gateway) -> None:
    endpoint_id = added(api)["endpoint"]["endpoint_id"]
    assert ask(api, "POST", f"/{endpoint_id}/pause").json()["paused"]["why"] == "by_hand"
    assert ask(api, "POST", f"/{endpoint_id}/resume").json()["paused"] is None
    assert queued(account) == [{"resume": {"company_id": "acme", "endpoint_id": endpoint_id, "before": ""}}]


def test_anothers_endpoint_answers_as_one_that_does_not_exist(account: Account, api: Gateway) -> None:
    acme, bolt = api, Gateway(api.handle, "bolt")
    endpoint_id = added(acme)["endpoint"]["endpoint_id"]
    sent = ask(acme, "POST", f"/{endpoint_id}/test").json()
    queued(account)
    unknown = ask(bolt, "POST", "/ep_0000000000000000/test")
    assert unknown.status == 404
    for method, path, body in (
        ("PATCH", "", {"url": "https://bolt.example/"}),
        ("DELETE", "", None),
        *(("POST", part, None) for part in ("/secret", "/pause", "/resume", "/test")),
        ("GET", "/deliveries", None),
        ("POST", f"/deliveries/{sent['delivery_id']}/again", None),
    ):
        assert ask(bolt, method, f"/{endpoint_id}{path}", body).status == 404, (method, path)
    assert ask(bolt, "GET").json() == {"endpoints": []}
    own = added(bolt)["endpoint"]["endpoint_id"]
    assert ask(bolt, "POST", f"/{own}/deliveries/{sent['delivery_id']}/again").status == 404
    assert queued(account) == []
    assert len(ask(acme, "GET").json()["endpoints"]) == 1


@pytest.mark.parametrize("delivery_id", ["x", "RVZFTlQjbXNn", "../..", "MjAyNi0xMS0yOQ"])
def test_what_names_no_delivery_is_not_there(api: Gateway, delivery_id: str) -> None:
    endpoint_id = added(api)["endpoint"]["endpoint_id"]
    assert ask(api, "POST", f"/{endpoint_id}/deliveries/{delivery_id}/again").status == 404
    assert api.get(f"/v1/webhooks/{endpoint_id}/deliveries", cursor=delivery_id).status == 422
