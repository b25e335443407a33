"""Questions over the WebSocket API on the embedded AWS, by a real client."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import httpx
import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import ApiKeys

type Message = dict[str, Any]
type Socket = aiohttp.ClientWebSocketResponse


def ticket(deployed: Deployed, key: str = "") -> dict[str, str]:
    """A ticket bought with the sample company's key, or another."""
    headers = {"x-api-key": key or deployed.platform.api_key}
    answer = httpx.post(f"{deployed.api.url}/v1/tickets", headers=headers, timeout=HANGS)
    assert answer.status_code == 200, answer.text
    created: dict[str, str] = answer.json()
    return created


def connected[T](url: str, use: Callable[[Socket], Awaitable[T]]) -> T:
    """What is done over one connection."""

    async def run() -> T:
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            return await use(socket)

    return asyncio.run(asyncio.wait_for(run(), HANGS))


def refused(url: str) -> int:
    """The status that a handshake is refused with."""

    async def nothing(_socket: Socket) -> None:
        pass

    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        connected(url, nothing)
    return caught.value.status


def asked(*bodies: str) -> Callable[[Socket], Awaitable[list[list[Message]]]]:
    """Sends each message once the one before is settled; the answers to each."""

    async def use(socket: Socket) -> list[list[Message]]:
        return [await _settled(socket, body) for body in bodies]

    return use


async def _settled(socket: Socket, body: str) -> list[Message]:
    await socket.send_str(body)
    messages: list[Message] = []
    while not messages or messages[-1]["type"] not in {"done", "error"}:
        messages.append(await socket.receive_json(timeout=HANGS))
    return messages


def question(label: str, **fields: object) -> str:
    return json.dumps({"action": "ask", "id": label, "question": "Who orders the valve?", **fields})


def test_a_question_is_accepted_and_settled_in_order(deployed: Deployed) -> None:
    first, second = connected(ticket(deployed)["url"], asked(question("a"), question("b", conversation="new")))
    for label, messages in (("a", first), ("b", second)):
        kinds = [message["type"] for message in messages]
        assert kinds[0] == "accepted"
        assert set(kinds[1:-1]) <= {"statement"}
        assert kinds[-1] == "done"
        assert {message["id"] for message in messages} == {label}


def test_an_answer_arrives_statement_by_statement_with_a_url_that_plays_from_there(deployed: Deployed) -> None:
    sid = deployed.voice("knowledge.ogg").sid
    assert eventually(lambda: "searchable" in (deployed.api.note(sid) or {"steps": {}})["steps"])
    asking = question("a", question="What did we measure after the repair?", notes=[sid])
    ((accepted, *statements, done),) = connected(ticket(deployed)["url"], asked(asking))
    assert (accepted["type"], done["type"]) == ("accepted", "done")
    assert [statement["statement"] for statement in statements] == done["answer"]["statements"]
    (citation, *_) = statements[0]["statement"]["citations"]
    assert "measure" in citation["quote"]
    assert citation["audio_url"].endswith(f"#t={citation['start']:g}")


def test_a_message_that_means_nothing_leaves_the_connection_open(deployed: Deployed) -> None:
    answers = connected(
        ticket(deployed)["url"],
        asked("no json", '{"action": "dance", "id": "x"}', question("a", company_id="nordic-lifts"), question("b")),
    )
    assert [one[0]["type"] for one in answers] == ["error", "error", "error", "accepted"]
    assert [one[0]["problem"]["status"] for one in answers[:3]] == [400, 422, 422]


def test_without_a_ticket_that_works_there_is_no_connection(deployed: Deployed) -> None:
    url = deployed.platform.outputs.realtime_url
    assert {refused(each) for each in (url, f"{url}?ticket=", f"{url}?ticket={'x' * 43}")} == {403}


def test_a_used_ticket_opens_nothing(deployed: Deployed) -> None:
    url = ticket(deployed)["url"]
    assert connected(url, asked("{}"))
    assert refused(url) == 403


def test_nobody_buys_a_ticket_without_a_key(deployed: Deployed) -> None:
    url = f"{deployed.api.url}/v1/tickets"
    assert {httpx.post(url).status_code, httpx.post(url, headers={"x-api-key": "avt_x"}).status_code} <= {401, 403}


def test_a_closed_connection_is_forgotten_and_a_revoked_keys_open_one_answers_no_more(deployed: Deployed) -> None:
    ledger = Ledger(patient.dynamodb(), deployed.platform.outputs.table)
    keys = ApiKeys(ledger)
    secret, key = keys.create("nordic-lifts", "socket")

    async def revoke_while_open(socket: Socket) -> list[Message]:
        assert len(open_connections(ledger)) >= 1
        keys.revoke("nordic-lifts", key.key_id)
        return await _settled(socket, question("late"))

    messages = connected(ticket(deployed, secret)["url"], revoke_while_open)
    assert messages[-1]["problem"]["status"] == 401
    assert eventually(lambda: not open_connections(ledger))


def open_connections(ledger: Ledger) -> list[str]:
    items = ledger.client.scan(TableName=ledger.table)["Items"]
    return [item["pk"]["S"] for item in items if item["sk"]["S"] == "CONNECTION"]
