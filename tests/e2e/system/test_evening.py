"""A sender wishes the evening message, gets it once, and closes what waited."""

import json
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from support import patient
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.domain import now
from ai_voice_shared.people.evenings import Evenings

SAM = "sam"


def run_sweep() -> int:
    """The run that brings back waiting notes; returns how many evening messages were due."""
    names = [one["FunctionName"] for one in patient.lambda_().list_functions()["Functions"]]
    (sweep,) = (name for name in names if name.endswith("-sweep"))
    answer = patient.lambda_().invoke(FunctionName=sweep, Payload=json.dumps({"only": "waiting"}).encode())
    return int(json.loads(answer["Payload"].read())["evenings"])


def test_what_waits_on_a_sender_is_told_once_and_closed_by_its_number(deployed: Deployed) -> None:
    twilio, evenings = deployed.platform.twilio, Evenings(Ledger(patient.dynamodb(), deployed.platform.outputs.table))
    deployed.settled(deployed.text("evening 18:00").sid)
    assert deployed.replies_with("every day at 18:00 (Europe/London)") == 1
    task = deployed.api.post("/v1/tasks", text="Order hinges9501", owner="Sam Porter")
    wished = evenings.get(COMPANY, SAM)
    assert wished
    there = (now() - timedelta(hours=1)).astimezone(ZoneInfo(wished.zone))
    evenings.wish(replace(wished, hour=time(there.hour, there.minute), day=there.date()))
    assert eventually(lambda: run_sweep() == 1)
    assert eventually(lambda: deployed.replies_with("1. Order hinges9501") == 1)
    assert run_sweep() == 0
    deployed.settled(twilio.deliver("+15550100001", text="1 done").sid)
    done = {one["task_id"]: one["done_at"] for one in deployed.api.get("/v1/tasks", state="done")["tasks"]}
    assert done.get(task["task_id"])
    deployed.settled(deployed.text("evening off").sid)
    assert evenings.get(COMPANY, SAM) is None
    assert deployed.replies_with("waits on you:") == 1
