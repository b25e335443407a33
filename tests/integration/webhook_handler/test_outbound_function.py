"""A note's way to a company's own system: queue, function, role and ledger are real here, and so is the receiver."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook
from support.deployed import Deployed
from support.receiver import Receiver, receiving, wait_until_known
from support.waiting import HANGS, eventually


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def ask(deployed: Deployed, method: str, path: str = "", body: object = None) -> dict[str, Any]:
    headers = {"x-api-key": deployed.platform.api_key}
    url = f"{deployed.api.url}/v1/webhooks{path}"
    answer = httpx.request(method, url, headers=headers, json=body, timeout=HANGS)
    assert answer.is_success, answer.text
    return dict(answer.json())


def test_a_note_is_told_signed_and_once_and_so_are_its_correction_and_its_erasure(
    deployed: Deployed, receiver: Receiver
) -> None:
    made = ask(deployed, "POST", body={"url": receiver.url, "events": ["note.filed", "note.changed", "note.erased"]})
    wait_until_known()
    path = f"/{made['endpoint']['endpoint_id']}"
    note = deployed.text("Please order six gaskets for 8466 by Friday.").sid
    deployed.settled(note)
    assert eventually(lambda: receiver.of("note.filed", note))
    for headers, body in receiver.received:
        Webhook(made["secret"]).verify(body.decode(), headers)
        assert b"gaskets" not in body
    headers = {"x-api-key": deployed.platform.api_key}
    url = f"{deployed.api.url}/v1/notes/{note}"
    assert httpx.patch(url, json={"title": "Six gaskets"}, headers=headers, timeout=HANGS).status_code == 200
    assert eventually(lambda: receiver.of("note.changed", note))
    assert httpx.delete(url, headers=headers, timeout=HANGS).status_code == 200
    assert eventually(lambda: receiver.of("note.erased", note))
    assert len(set(receiver.of("note.filed", note))) == 1
    assert eventually(lambda: ask(deployed, "GET").get("endpoints", [{}])[0]["month"]["delivered"] >= 3)
    ask(deployed, "DELETE", path)


def test_an_endpoint_that_is_gone_is_paused_and_gets_its_events_when_it_is_resumed(
    deployed: Deployed, receiver: Receiver
) -> None:
    receiver.statuses = [410]
    path = f"/{ask(deployed, 'POST', body={'url': receiver.url, 'events': ['note.filed']})['endpoint']['endpoint_id']}"
    sent = ask(deployed, "POST", f"{path}/test")
    assert eventually(lambda: ask(deployed, "GET")["endpoints"][0]["paused"])
    assert eventually(lambda: ask(deployed, "GET", f"{path}/deliveries")["deliveries"][0]["state"] == "kept")
    ask(deployed, "POST", f"{path}/resume")
    assert eventually(lambda: ask(deployed, "GET", f"{path}/deliveries")["deliveries"][0]["state"] == "delivered")
    assert {headers["webhook-id"] for headers, _ in receiver.received} == {sent["event_id"]}
    ask(deployed, "DELETE", path)
