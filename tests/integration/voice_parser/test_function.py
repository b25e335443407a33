"""The worker function under AWS's runtime client."""

import json
import uuid
from typing import Any

from support import patient
from support.app import job
from support.deployed import Deployed


def invoke(deployed: Deployed, *bodies: str) -> Any:
    """What the function answers to a batch of these bodies."""
    records = [
        {
            "messageId": f"sqs-{number}",
            "receiptHandle": "none",
            "body": body,
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        for number, body in enumerate(bodies)
    ]
    name = deployed.platform.outputs.functions["voice-parser"]
    client = patient.lambda_()
    answer = client.invoke(FunctionName=name, Payload=json.dumps({"Records": records}).encode())
    assert "FunctionError" not in answer
    return json.loads(answer["Payload"].read())


def test_only_the_failed_message_of_a_batch_is_named(deployed: Deployed) -> None:
    twilio, mark = deployed.platform.twilio, uuid.uuid4().hex
    twilio.refuse_sending = lambda body: (503, {}) if mark in body else None
    good = job(f"SM{uuid.uuid4().hex}", Body="Please lock the gate tonight.")
    bad = job(f"SM{uuid.uuid4().hex}", Body=f"Please open the gate {mark} today.")
    try:
        answer = invoke(deployed, good.to_json(), bad.to_json())
    finally:
        twilio.refuse_sending = lambda _body: None
    assert answer == {"batchItemFailures": [{"itemIdentifier": "sqs-1"}]}


def test_a_body_that_is_no_job_is_parked_with_its_reason(deployed: Deployed) -> None:
    assert invoke(deployed, "what is this?") == {"batchItemFailures": []}
    sqs = patient.sqs()
    url = deployed.platform.outputs.dead_letter_queue_url
    parked = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], MaxNumberOfMessages=10)["Messages"]
    reasons = {message["Body"]: message.get("MessageAttributes", {}) for message in parked}
    assert reasons["what is this?"]["Reason"]["StringValue"] == "the queue body is not a note job"
