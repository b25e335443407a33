"""What a company uses is counted once. Over its budget nothing is lost, and work goes on when there is room again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from support import patient
from support.deployed import OGG, SAMPLES, Deployed
from support.waiting import eventually

from ai_voice_operations.__main__ import main
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.records.usage import next_month

COMPANY, PHONE = "corner-roofing", "+15550100005"
"""Whose budget is two messages a month: a note and the reply to it."""

ALLOWANCE = "Your message is kept. This month's allowance is used up"
STATES: Final = ("", "NotVisible", "Delayed")


@contextmanager
def raised(deployed: Deployed, messages: int) -> Iterator[None]:
    """The company may use so many messages a month, as the customers file tells to workers that are new.

    One that was at work before would take up to a minute to look again.
    """
    s3, bucket = patient.s3(), deployed.platform.outputs.bucket
    before = s3.get_object(Bucket=bucket, Key="customers.json")["Body"].read()
    file = json.loads(before)
    (company,) = (one for one in file["companies"] if one["company_id"] == COMPANY)
    company["budget"]["messages"] = messages
    s3.put_object(Bucket=bucket, Key="customers.json", Body=json.dumps(file).encode())
    start_anew(deployed, "customer-lookup-server")
    start_anew(deployed, "voice-parser")
    try:
        yield
    finally:
        s3.put_object(Bucket=bucket, Key="customers.json", Body=before)


def start_anew(deployed: Deployed, folder: str) -> None:
    """The function's next event meets a cold one, as after any update."""
    client, name = patient.lambda_(), deployed.platform.outputs.functions[folder]
    same = client.get_function_configuration(FunctionName=name)["Timeout"]
    client.update_function_configuration(FunctionName=name, Timeout=same)


def queued(deployed: Deployed) -> int:
    """How many messages there are in the notes' queue, those that wait or are worked on included."""
    names: Any = [f"ApproximateNumberOfMessages{state}" for state in STATES]
    url = deployed.platform.outputs.queue_url
    return sum(map(int, patient.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))


def test_a_note_over_budget_is_kept_and_waits_until_the_budget_is_raised(deployed: Deployed) -> None:
    twilio, api = deployed.platform.twilio, deployed.company(COMPANY)

    def status(message_id: str) -> str:
        return str((api.note(message_id) or {"status": ""})["status"])

    def told(text: str) -> int:
        return sum(text in message.body for message in twilio.sent_to(PHONE))

    knowledge = (SAMPLES / "knowledge.ogg").read_bytes()
    first = twilio.deliver(PHONE, media=knowledge, content_type=OGG).sid
    assert eventually(lambda: api.get("/v1/usage")["messages_sent"] == 1)
    used, note = api.get("/v1/usage"), api.get(f"/v1/notes/{first}")
    assert (note["status"], round(note["duration"])) == ("filed", 11)
    assert (used["messages_received"], used["audio_seconds"]) == (1, note["duration"])
    assert (used["input_tokens"], used["output_tokens"]) == (0, 0)
    assert (used["budget"]["messages"], used["over_budget"]) == (2, True)

    second = twilio.receive(PHONE, "Please order twenty slates 9601 by Friday.")
    sid = second["MessageSid"]
    for _ in range(2):
        assert twilio.announce(second).status == 200
        assert eventually(lambda: status(sid) == "waiting" and queued(deployed) == 0)
    assert api.get(f"/v1/notes/{sid}")["waits_until"] == timestamp(next_month(now()))
    assert told(ALLOWANCE) == 1

    with raised(deployed, 100):
        assert main(["waiting", "bring-back", "--company", COMPANY, "--all"]) == 0
        assert eventually(lambda: status(sid) == "filed")
    assert (told(ALLOWANCE), told("9601")) == (1, 1)
