"""Queues and schedules leave enough executions for the webhook, also in the smallest AWS account."""

from typing import Any

from ai_voice_operations import templates
from ai_voice_operations.deploying import concurrency
from ai_voice_operations.parameters import Parameters

DEFAULT_ACCOUNT = 1000
"""Executions of an account that AWS has raised (AWS Lambda, "Lambda quotas")."""

WEBHOOK_AND_ITS_LOOKUP = 2


def of(environment: str, **changed: str) -> concurrency.Demand:
    """What an environment may run at once, some of its parameters changed."""
    file = Parameters.read(environment)
    return concurrency.demand(lambda folder, name: changed.get(name, file.effective(folder, name)))


def resources(kind: str) -> list[tuple[str, Any]]:
    return [
        (folder, one["Properties"])
        for folder in templates.STACKS
        for one in templates.read(folder)["Resources"].values()
        if one["Type"] == kind
    ]


def test_dev_leaves_the_webhook_its_executions_in_a_new_account() -> None:
    dev = of("dev")
    assert dev.reserved == {}
    queues, calls, schedules = 2 + 2 + 2, 2, 4  # worker, indexer, sender; sweep, waiting, retention, Twilio's retention
    assert dev.background == queues + calls + schedules
    assert concurrency.NEW_ACCOUNT - queues >= 2 * WEBHOOK_AND_ITS_LOOKUP
    assert concurrency.NEW_ACCOUNT - queues - (schedules - 2) >= WEBHOOK_AND_ITS_LOOKUP  # not all in one second
    assert concurrency.NEW_ACCOUNT - queues - calls >= WEBHOOK_AND_ITS_LOOKUP  # while calls are live, schedules wait


def test_prod_keeps_what_it_reserves_and_leaves_what_lambda_insists_on() -> None:
    prod = of("prod")
    assert prod.reserved == {
        "ai-voice-tool-prod-customer-lookup-server": 40,
        "ai-voice-tool-prod-webhook-handler": 20,
        "ai-voice-tool-prod-data-api-server": 20,
    }
    assert prod.all == 80 + concurrency.NEVER_RESERVED
    assert DEFAULT_ACCOUNT - sum(prod.reserved.values()) >= prod.unreserved


def test_whatever_else_is_raised_is_added_up() -> None:
    dev = of("dev").all
    assert of("dev", MaximumConcurrency="12").all == dev + 10
    assert of("dev", IndexerMaximumConcurrency="12").all == dev + 10
    assert of("dev", SweepSchedule="DISABLED").all == dev - 1
    assert of("prod", MaximumConcurrency="500").unreserved == 500 + 10 + 20 + 5 + 4 + concurrency.FRONT
    assert of("prod", ReservedConcurrency="0").reserved == {}


def test_every_queue_has_a_most_of_workers_and_everything_scheduled_is_counted() -> None:
    mappings = resources("AWS::Lambda::EventSourceMapping")
    for folder, mapping in mappings:
        parameter = templates.read(folder)["Parameters"][mapping["ScalingConfig"]["MaximumConcurrency"]["Ref"]]
        assert parameter["MinValue"] == 2  # the least that Lambda takes
    rules = resources("AWS::Events::Rule")
    counted = of("dev").background
    assert counted == 2 * len(mappings) + sum(len(rule["Targets"]) for _, rule in rules)


def test_the_webhook_calls_one_other_function_while_twilio_waits() -> None:
    role = templates.read("webhook-handler")["Resources"]["Role"]["Properties"]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    called = [one["Resource"] for one in statements if "lambda:InvokeFunction" in one["Action"]]
    assert len(called) + 1 == WEBHOOK_AND_ITS_LOOKUP
    assert concurrency.FRONT == WEBHOOK_AND_ITS_LOOKUP
