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

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys

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
        message = await socket.receive_json(timeout=HANGS)
        if not message["type"].startswith("note"):  # what is pushed of notes of other tests
            messages.append(message)
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


def test_a_note_is_followed_from_its_receipt_until_it_is_erased_by_its_company_alone(deployed: Deployed) -> None:
    other, _ = ApiKeys(Ledger(patient.dynamodb(), deployed.platform.outputs.table)).create("nordic-lifts", "watching")

    async def follow(mine: Socket, theirs: Socket) -> tuple[list[Message], list[Message]]:
        sid = (await asyncio.to_thread(deployed.text, "Please send invoice 5501 to the client by Friday.")).sid
        told = [await _told_of(sid, mine)]
        while told[-1]["note"]["stage"] != "searchable":
            told.append(await _told_of(sid, mine))
        await asyncio.to_thread(erase, deployed, sid)
        while told[-1]["type"] != "note.erased":
            told.append(await _told_of(sid, mine))
        await theirs.send_str("{}")  # the first message that comes is the answer to this one
        return told, [await theirs.receive_json(timeout=HANGS)]

    async def run() -> tuple[list[Message], list[Message]]:
        urls = ticket(deployed)["url"], ticket(deployed, other)["url"]
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(urls[0]) as mine,
            session.ws_connect(urls[1]) as theirs,
        ):
            await asyncio.sleep(4)  # so long a process may remember that nobody watches
            return await follow(mine, theirs)

    told, others = asyncio.run(asyncio.wait_for(run(), HANGS))
    stages = [message["note"]["stage"] for message in told if "note" in message]
    assert len(stages) > 1  # each is pushed as the note is by then: it may have gone further meanwhile
    titles = {message["note"]["title"] for message in told if message.get("note", {}).get("stage") == "searchable"}
    assert all(titles)
    assert [message["type"] for message in others] == ["error"]


async def _told_of(message_id: str, socket: Socket) -> Message:
    """The next push about the note."""
    while True:
        message: Message = await socket.receive_json(timeout=HANGS)
        if message_id in {message.get("message_id"), message.get("note", {}).get("message_id")}:
            return message


def erase(deployed: Deployed, message_id: str) -> None:
    """Erases the note over HTTP."""
    key, _ = ApiKeys(Ledger(patient.dynamodb(), deployed.platform.outputs.table)).create(COMPANY, "erase", SCOPES)
    url = f"{deployed.api.url}/v1/notes/{message_id}"
    assert eventually(lambda: httpx.delete(url, headers={"x-api-key": key}, timeout=HANGS).status_code == 200)


def open_connections(ledger: Ledger) -> list[str]:
    items = ledger.client.scan(TableName=ledger.table)["Items"]
    return [item["pk"]["S"] for item in items if item["sk"]["S"] == "CONNECTION"]
