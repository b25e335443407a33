"""Every way through the platform once: notes, questions, corrections, erasures, schedules, and what goes wrong."""

import asyncio
import json
import ssl
import threading
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import aiohttp
import boto3
import httpx
from support import patient
from support.audio_fixtures import SAMPLES, sample
from support.deployed import Deployed
from support.receiver import wait_until_known
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY, PHONE
from ai_voice_shared.analyses.analyses import Analyses
from ai_voice_shared.analyses.model import Choice, begun
from ai_voice_shared.analyses.template import Template
from ai_voice_shared.analyses.templates import Templates
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.keywords.rules import Rules
from ai_voice_shared.people.evenings import Evenings
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.tasks.feeds import Feeds
from ai_voice_shared.times.zones import zone
from ai_voice_shared.uploading.begun import BegunUploads
from ai_voice_shared.webhooks.endpoints import Endpoints
from twilio_in_a_box.calls.acts import HangUp, Keys, Speech
from twilio_in_a_box.calls.sound import tone

LINE = "+15550100020"
"""Of the company."""

COLLEAGUE = "+15550100004"
"""A sender of the same company."""


def ways(deployed: Deployed) -> Iterator[str]:
    """Goes one way after the other; yields what has been done, each time with something still to do."""
    with a_console(deployed):
        yield from _ways(deployed)


@contextmanager
def a_console(deployed: Deployed) -> Iterator[None]:
    """A console of the company that is open meanwhile, so that changes of notes are pushed."""
    url = deployed.api.post("/v1/tickets")["url"]
    trusting = ssl.create_default_context(cafile=deployed.platform.environment["AWS_CA_BUNDLE"])
    opened, over = threading.Event(), threading.Event()

    async def watch() -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(url, ssl=trusting) as socket:
            opened.set()
            while not over.is_set():
                with suppress(TimeoutError):
                    await socket.receive(timeout=0.5)
        await asyncio.sleep(0.2)  # for TLS to say goodbye (aiohttp, "Graceful Shutdown")

    with ThreadPoolExecutor(1) as threads:
        watching = threads.submit(asyncio.run, watch())
        try:
            assert opened.wait(HANGS)
            yield
        finally:
            over.set()
            watching.result(HANGS)


def _ways(deployed: Deployed) -> Iterator[str]:
    written = deployed.text("Please order two valves for Elm Street by Friday.").sid
    assert deployed.settled(written)["status"] == "filed"
    searchable(deployed, written)
    yield "a text note"
    spoken = deployed.voice("knowledge.ogg").sid
    assert deployed.settled(spoken)["status"] == "filed"
    searchable(deployed, spoken)
    yield "a voice note"
    evening(deployed)
    over_http(deployed, spoken)
    webhooks(deployed, spoken)
    yield "everything over HTTP"
    calendar(deployed)
    read_again(deployed, written)
    yield "a calendar's address, and a note whose tasks change"
    fixed(deployed)
    yield "a note that its sender changes"
    uploaded(deployed)
    yield "an upload"
    assert [one["type"] for one in over_websocket(deployed)][-1] == "done"
    yield "a question over the WebSocket"
    by_whatsapp(deployed)
    yield "a question by WhatsApp, and its recording"
    by_phone(deployed)
    yield "a question by phone, a PIN and a note by phone"
    assert "<Message>" in deployed.platform.twilio.deliver("+4930123456", text="Who is there?").body
    yield "a stranger"
    called(deployed)
    yield "a call to the company's line"
    parked(deployed)
    yield "what cannot be understood"
    scheduled(deployed)
    yield "everything on a schedule"
    erased(deployed, written)
    yield "an erasure"
    person(deployed)
    yield "a person exported and erased"
    company(deployed)
    yield "a company erased"


def searchable(deployed: Deployed, message_id: str) -> None:
    assert eventually(lambda: "searchable" in (deployed.api.note(message_id) or {"steps": {}})["steps"])


def evening(deployed: Deployed) -> None:
    """A sender wishes the evening message, is told what waits, and ends it."""
    deployed.settled(deployed.text("evening 18:00").sid)
    ledger = Ledger(patient.dynamodb(), deployed.platform.outputs.table)
    wished = Evenings(ledger).get(COMPANY, "sam")
    assert wished
    waits = deployed.api.post("/v1/tasks", text="Call the depot9601", owner="Sam Porter")
    there = (datetime.now(UTC) - timedelta(hours=1)).astimezone(zone(wished.zone))
    Evenings(ledger).wish(replace(wished, hour=time(there.hour, there.minute), day=there.date()))
    sweep = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + "sweep"
    boto3.client("lambda").invoke(FunctionName=sweep, Payload=b'{"only": "waiting"}')
    assert eventually(lambda: deployed.replies_with("depot9601") == 1)
    deployed.settled(deployed.text("1 done").sid)
    assert eventually(lambda: deployed.replies_with("depot9601") == 2)
    deployed.settled(deployed.text("evening off").sid)
    url, headers = f"{deployed.api.url}/v1/tasks/{waits['task_id']}", {"x-api-key": deployed.platform.api_key}
    assert httpx.delete(url, headers=headers, timeout=HANGS).status_code == 200


def over_http(deployed: Deployed, message_id: str) -> None:
    api = deployed.api
    for path in ("/health", "/v1/notes", "/v1/files", "/v1/usage", f"/v1/notes/{message_id}"):
        assert deployed.status(path, deployed.platform.api_key) in {200, 404}, path
    assert eventually(lambda: api.get("/v1/search", q="measure")["passages"])
    (key,) = [key for key in deployed.keys_of(message_id) if key.endswith("_audio.ogg")]
    url = api.get("/v1/files/url", key=key)["url"]
    assert httpx.get(url, timeout=HANGS).status_code == 200
    assert api.post("/v1/ask", question="What did we measure after the repair?")["statements"]
    correction = {"segments": [{"index": 0, "text": "We measured six bar."}], "title": "Six bar"}
    headers = {"x-api-key": deployed.platform.api_key}
    answer = httpx.patch(f"{api.url}/v1/notes/{message_id}", json=correction, headers=headers, timeout=HANGS)
    assert answer.status_code == 200, answer.text
    words = httpx.put(f"{api.url}/v1/glossary", json={"words": ["Danfoss"]}, headers=headers, timeout=HANGS)
    assert words.status_code == 200, words.text
    assert api.get("/v1/glossary")["words"] == ["Danfoss"]
    words = httpx.put(f"{api.url}/v1/glossary/dismissed", json={"word": "Dunfos"}, headers=headers, timeout=HANGS)
    assert words.status_code == 200, words.text
    wanted = {"name": "tablet", "scopes": ["read"]}
    made = httpx.post(f"{api.url}/v1/keys", json=wanted, headers=headers, timeout=HANGS).json()
    assert deployed.status("/v1/notes", made["secret"]) == 200
    assert made["key_id"] in {one["key_id"] for one in api.get("/v1/keys")["keys"]}
    revoked = httpx.delete(f"{api.url}/v1/keys/{made['key_id']}", headers=headers, timeout=HANGS)
    assert revoked.status_code == 200, revoked.text
    tasks(deployed)
    analyses(deployed)


def analyses(deployed: Deployed) -> None:
    """The platform of this walk has no language model, so the analysis is refused; it is kept all the same."""
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    wanted = {"name": "Handover", "instructions": "What the next shift has to know."}
    template = api.post("/v1/templates", **wanted)
    path = f"{api.url}/v1/templates/{template['template_id']}"
    assert httpx.put(path, json=wanted, headers=headers, timeout=HANGS).status_code == 200
    note = api.get("/v1/notes")["notes"][0]["message_id"]
    asked = {"template_id": template["template_id"], "note_ids": [note]}
    answer = httpx.post(f"{api.url}/v1/analyses", json=asked, headers=headers, timeout=HANGS)
    assert answer.status_code == 202, answer.text
    made = answer.json()
    assert api.get("/v1/analyses")["analyses"]
    address = f"{api.url}/v1/analyses/{made['analysis_id']}"
    assert httpx.delete(address, headers=headers, timeout=HANGS).status_code == 204
    assert httpx.delete(path, headers=headers, timeout=HANGS).status_code == 204
    rules(deployed)


def rules(deployed: Deployed) -> None:
    """A rule is tried, saved, changed, listed and deleted; each time what is found by is made again."""
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    wanted: dict[str, Any] = {"name": "Leaves", "words": ["cancel the contract"]}
    assert api.post("/v1/rules/try", **wanted)["hits"] == []
    path = f"{api.url}/v1/rules/{api.post('/v1/rules', **wanted)['rule_id']}"
    assert httpx.put(path, json=wanted, headers=headers, timeout=HANGS).status_code == 200
    assert len(api.get("/v1/rules")["rules"]) == 1
    assert httpx.delete(path, headers=headers, timeout=HANGS).status_code == 204


def tasks(deployed: Deployed) -> None:
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    task = api.post("/v1/tasks", text="Order the valve")
    path = f"{api.url}/v1/tasks/{task['task_id']}"
    changed = httpx.patch(path, json={"due": "2026-11-27"}, headers=headers, timeout=HANGS)
    assert changed.status_code == 200, changed.text
    assert api.get("/v1/tasks")["tasks"]
    assert httpx.delete(path, headers=headers, timeout=HANGS).status_code == 200


def calendar(deployed: Deployed) -> None:
    """An address for calendars is made, read, replaced and revoked."""
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    for _ in range(2):
        address = f"{api.url}/{api.post('/v1/tasks/feed')['address']}"
        assert "BEGIN:VCALENDAR" in httpx.get(address, timeout=HANGS).text
    assert api.get("/v1/tasks/feed")["read_at"]
    assert httpx.delete(f"{api.url}/v1/tasks/feed", headers=headers, timeout=HANGS).status_code == 200
    assert httpx.get(address, timeout=HANGS).status_code == 404


def read_again(deployed: Deployed, message_id: str) -> None:
    """A note's words are corrected and read again: its task changes with them, and then goes."""
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    for text in ("Please order three valves for Elm Street by Friday.", "The cellar door is blue."):
        correction = {"full_text": text, "understand": True}
        answer = httpx.patch(f"{api.url}/v1/notes/{message_id}", json=correction, headers=headers, timeout=HANGS)
        assert answer.status_code == 200, answer.text
        assert eventually(lambda: (api.note(message_id) or {}).get("understanding") is None)
    assert message_id not in str(api.get("/v1/tasks")["tasks"])


def fixed(deployed: Deployed) -> None:
    """A sender corrects a name, suggests it, closes the task, and files the note as another kind, each by a reply."""
    twilio = deployed.platform.twilio
    sid = deployed.text("Please order two valves for Halden by Friday.").sid
    assert deployed.settled(sid)["status"] == "filed"
    for text in ("no, Holden, not Halden", "Yes, keep it", "done", "Knowledge"):
        quoted = twilio.sent_to(PHONE)[-1].sid if text.startswith("Yes") else sid
        assert deployed.settled(deployed.text(text, quoting=quoted).sid)["status"] == "filed"
    assert (deployed.api.note(sid) or {})["intent"] == "knowledge-document"
    assert "Holden" in str(deployed.api.get("/v1/glossary")["suggestions"])


def uploaded(deployed: Deployed) -> None:
    """One file becomes a note, and another one is not wanted any more."""
    api, headers = deployed.api, {"x-api-key": deployed.platform.api_key}
    content = (SAMPLES / "job.ogg").read_bytes()
    ids = []
    for _ in range(2):
        begun = api.post("/v1/uploads", name="talk.ogg", size=str(len(content)))
        ids.append(begun["upload_id"])
        (part,) = api.get(f"/v1/uploads/{begun['upload_id']}")["parts"]
        assert httpx.put(part["url"], content=content, timeout=HANGS).status_code == 200
    assert httpx.delete(f"{api.url}/v1/uploads/{ids[0]}", headers=headers, timeout=HANGS).status_code == 200
    api.post(f"/v1/uploads/{ids[1]}/complete")
    assert eventually(lambda: (api.note(ids[1]) or {}).get("status") == "filed")  # nobody is answered
    assert api.get("/v1/uploads")["uploads"] == []
    assert httpx.delete(f"{api.url}/v1/notes/{ids[1]}", headers=headers, timeout=HANGS).status_code == 200


def webhooks(deployed: Deployed, message_id: str) -> None:
    """An endpoint where nobody answers, from its beginning to its end."""
    url, headers = f"{deployed.api.url}/v1/webhooks", {"x-api-key": deployed.platform.api_key}

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = httpx.request(method, url + path, json=body, headers=headers, timeout=HANGS)
        assert answer.status_code in {200, 202}, answer.text
        return answer.json()

    made = ask("POST", "", {"url": "http://127.0.0.1:9/", "events": ["note.changed"]})
    path = f"/{made['endpoint']['endpoint_id']}"
    ask("POST", f"{path}/test")
    wait_until_known()
    note = f"{deployed.api.url}/v1/notes/{message_id}"
    assert httpx.patch(note, json={"title": "Seven bar"}, headers=headers, timeout=HANGS).status_code == 200

    def tried() -> bool:
        sent = ask("GET", f"{path}/deliveries")["deliveries"]
        return len(sent) > 1 and all(one["tries"] for one in sent)

    assert eventually(tried)
    latest = ask("GET", f"{path}/deliveries")["deliveries"][0]["delivery_id"]
    ask("POST", f"{path}/deliveries/{latest}/again")
    ask("PATCH", path, {"events": ["note.changed", "note.filed"]})
    for action in ("secret", "pause", "resume"):
        ask("POST", f"{path}/{action}")
    assert ask("GET", "")["endpoints"]
    ask("DELETE", path)


def over_websocket(deployed: Deployed) -> list[dict[str, Any]]:
    """The frames that answer one question."""
    ticket = deployed.api.post("/v1/tickets")
    trusting = ssl.create_default_context(cafile=deployed.platform.environment["AWS_CA_BUNDLE"])

    async def run() -> list[dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.ws_connect(ticket["url"], ssl=trusting) as socket:
            await socket.send_json({"action": "ask", "id": "q1", "question": "Who orders the valves?"})
            frames: list[dict[str, Any]] = []
            while not frames or frames[-1]["type"] not in {"done", "error"}:
                frames.append(await socket.receive_json(timeout=HANGS))
            return frames

    async def run_and_close() -> list[dict[str, Any]]:
        frames = await run()
        await asyncio.sleep(0.2)  # for TLS to say goodbye (aiohttp, "Graceful Shutdown")
        return frames

    return asyncio.run(asyncio.wait_for(run_and_close(), HANGS))


def by_whatsapp(deployed: Deployed) -> None:
    deployed.settled(deployed.text("What did we measure after the repair?").sid)
    wanted = deployed.text("Play 1").sid
    deployed.settled(wanted)
    (message,) = deployed.answers(wanted)
    assert message.media, message.body


def by_phone(deployed: Deployed) -> None:
    """A question with a PIN, a note by phone, and three wrong PINs."""
    deployed.settled(deployed.text("pin 471147").sid)
    twilio = deployed.platform.twilio
    session = twilio.place_call(PHONE)
    session.act(Keys("471147#"))
    assert eventually(lambda: "What would you like to know?" in session.call.said[-1])
    session.act(Speech("When was the repair measured?", twilio.exchange.speak("When?", "caller")))
    assert eventually(lambda: any("What else would you like to know?" in one for one in session.call.said))
    session.act(Keys("2"))
    session.act(Keys("1"))
    session.act(Speech("", array("h", sample("job.ogg").samples[::2].tobytes())))
    session.act(Keys("#"))
    assert eventually(lambda: any("your note is kept" in one for one in session.call.said))
    session.act(HangUp())
    assert session.ended()
    assert session.call.problems == []
    other = twilio.place_call(PHONE)
    for _ in range(3):
        other.act(Keys("1111#"))
    assert eventually(lambda: any("wrong PIN three times" in one.body for one in twilio.sent_to(PHONE)))
    other.act(HangUp())
    assert other.ended()


def called(deployed: Deployed) -> None:
    """A customer speaks to the agent; the call is read while it lasts, and filed with its recording."""
    session = deployed.platform.twilio.place_call(PHONE, LINE)
    sid = session.call.sid
    session.act(Speech("Please order two valves by Friday.", tone("Please order two valves.", "caller")))
    key = deployed.platform.api_key
    assert eventually(lambda: deployed.status(f"/v1/calls/{sid}", key) == 200)
    session.act(HangUp())
    assert eventually(lambda: deployed.api.get(f"/v1/calls/{sid}")["status"] == "filed")
    assert eventually(lambda: any(name.endswith("_audio.wav") for name in deployed.keys_of(sid)))
    assert sid in [one["call_id"] for one in deployed.api.get("/v1/calls")["calls"]]


def parked(deployed: Deployed) -> None:
    """A note that Twilio takes no reply to, and jobs that are none, end in the queues for the parked."""
    twilio, outputs = deployed.platform.twilio, deployed.platform.outputs
    twilio.refuse_sending = lambda body: (500, {"code": 20500}) if "8402" in body else None
    try:
        assert deployed.settled(unwanted(deployed))["problem"]
    finally:
        twilio.refuse_sending = lambda _body: None
    patient.sqs().send_message(QueueUrl=outputs.queue_url, MessageBody="no job", MessageGroupId=COMPANY)
    patient.sqs().send_message(
        QueueUrl=outputs.index_queue_url, MessageBody="no job", MessageGroupId=COMPANY, MessageDeduplicationId="no job"
    )
    for url, least in ((outputs.dead_letter_queue_url, 2), (outputs.index_dead_letter_queue_url, 1)):
        assert eventually(lambda url=url, least=least: waiting(url) >= least), url


def unwanted(deployed: Deployed) -> str:
    """A text note that is being worked on."""
    return deployed.text("Please tell the client about invoice 8402 by Friday.").sid


def waiting(url: str) -> int:
    """How many messages are in a queue."""
    attributes = patient.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return int(attributes["ApproximateNumberOfMessages"])


def scheduled(deployed: Deployed) -> None:
    """What never was announced is swept; then every function that a schedule starts is started by its event."""
    missed = deployed.platform.twilio.receive(PHONE, "Please paint the gate of hall 9 by Monday.")["MessageSid"]
    long_ago(deployed)
    events, event = boto3.client("events"), {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
    for rule in events.list_rules()["Rules"]:
        for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]:
            invoked(target["Arn"], json.loads(target["Input"]) if "Input" in target else event)
    assert deployed.settled(missed)["status"] == "filed"


def long_ago(deployed: Deployed) -> None:
    """A stranger's message that Twilio has kept for longer than it should."""
    twilio = deployed.platform.twilio
    twilio.receive("+15550100099", "Is anybody there?")
    at = (datetime.now(UTC) - timedelta(days=60)).isoformat(timespec="seconds")
    twilio.received[-1] = replace(twilio.received[-1], at=at)


def erased(deployed: Deployed, message_id: str) -> None:
    """What somebody wants erased, is gone from the bucket with all its versions; an endpoint is told of it."""
    endpoints = Endpoints(Ledger(patient.dynamodb(), deployed.platform.outputs.table))
    _, told = endpoints.create(COMPANY, "http://127.0.0.1:9/", ["note.erased"])
    wait_until_known()
    answer = httpx.delete(
        f"{deployed.api.url}/v1/notes/{message_id}", headers={"x-api-key": deployed.platform.api_key}, timeout=HANGS
    )
    if answer.status_code in {404, 405}:  # the API does not offer it here
        message = {"company_id": COMPANY, "message_id": message_id}
        invoked(deployed.platform.outputs.functions["voice-parser"].replace("voice-parser", "eraser"), message)
    endpoints.delete(told)
    versions = boto3.client("s3").list_object_versions(Bucket=deployed.platform.outputs.bucket, Prefix=f"{COMPANY}/")
    assert not [one for one in versions.get("Versions", []) if message_id in one["Key"]]


def person(deployed: Deployed) -> None:
    """Everything of a sender is exported and fetched, then erased; then everything of the company is exported."""
    api = deployed.api
    sid = deployed.platform.twilio.deliver(COLLEAGUE, text="Please order two ladders by Friday.").sid
    assert deployed.settled(sid)["status"] == "filed"
    requests = DataRequests(Ledger(patient.dynamodb(), deployed.platform.outputs.table))
    requests.make("export", COMPANY, "alex")  # by one who was killed before it called the eraser: it is found open
    for kind in ("export", "erase"):
        path = f"/v1/person-requests/{api.post('/v1/person-requests', kind=kind, sender=COLLEAGUE)['request_id']}"
        assert eventually(lambda path=path: api.get(path)["state"] == "done"), api.get(path)
        for part in api.get(path)["parts"]:
            assert httpx.get(part["url"], timeout=HANGS).status_code == 200
    assert api.note(sid) is None
    assert api.get("/v1/person-requests")["requests"]
    path = f"/v1/exports/{api.post('/v1/exports')['request_id']}"
    assert eventually(lambda: api.get(path)["state"] == "done"), api.get(path)
    assert httpx.get(api.get(path)["parts"][0]["url"], timeout=HANGS).status_code == 200
    assert api.get("/v1/exports")["exports"]


def company(deployed: Deployed) -> None:
    """A company that nobody has registered, and that a key once belonged to."""
    requests = DataRequests(Ledger(patient.dynamodb(), deployed.platform.outputs.table))
    for bucket_key in ("_index/gone/segments.tar", "gone/other/x_SM1_audio.ogg"):
        boto3.client("s3").put_object(Bucket=deployed.platform.outputs.bucket, Key=bucket_key, Body=b"x")
    Usage(requests.ledger).count("gone", [{"pk": "USAGE#gone", "sk": "QUESTION#1"}], Used(input_tokens=1))
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    assert Rules(requests.ledger, CompiledRules(store)).add("gone", Rule("", "Leaves", ("cancel",)))
    BegunUploads(requests.ledger, store).begin(
        "gone", customer_id="key-1", sender_name="", name="talk.ogg", size=3, content_type="audio/ogg"
    )
    endpoints, feeds = Endpoints(requests.ledger), Feeds(requests.ledger)
    endpoints.create("gone", "https://gone.example/in", ["note.filed"])
    token = feeds.replace("gone")
    analysed(requests.ledger, "gone")
    requests.make("erase", "gone", "nobody")
    request = requests.make("erase-company", "gone")
    invoked(
        deployed.platform.outputs.functions["voice-parser"].replace("voice-parser", "eraser"), {"requests_of": "gone"}
    )
    assert requests.read(request).state == "done"
    assert not endpoints.of_company("gone")
    assert feeds.company(token) is None


def analysed(ledger: Ledger, company_id: str) -> None:
    """A template of the company, and an analysis that rests on a note."""
    template = Templates(ledger).add(company_id, Template("", "Handover", "What the next shift has to know."))
    assert template
    analyses, choice = Analyses(ledger), Choice(template, ("SM1",))
    asked = begun(company_id, choice, "")
    analyses.add(asked, choice)
    held = analyses.claim(company_id, asked.analysis_id, timedelta(minutes=1))
    assert held
    analyses.point(held, ["SM1"])


def invoked(function: str, event: dict[str, Any]) -> None:
    """Runs a function as AWS would, and fails with what it failed with."""
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()
