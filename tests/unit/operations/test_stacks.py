"""CloudFormation's answers become sentences that tell an operator what to do."""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from support.account import Account

from ai_voice_operations.account import Account as Where
from ai_voice_operations.data_holders import DataHolders, declared
from ai_voice_operations.deploying.change_sets import ChangeSets
from ai_voice_operations.deploying.stack_events import StackEvents
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Failed, Refused

STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/ai-voice-tool-dev-shared/1"
TEMPLATE = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}


@pytest.fixture(autouse=True)
def _account(account: Account) -> None:
    """An account in process, so that clients find credentials."""


def event(number: int, resource: str, status: str, reason: str = "") -> dict[str, Any]:
    at = datetime(2026, 1, 1, 12, 0, number, tzinfo=UTC)
    told = {"ResourceStatusReason": reason} if reason else {}
    place = {"StackId": STACK, "StackName": "ai-voice-tool-dev-shared", "EventId": str(number)}
    return {**place, "LogicalResourceId": resource, "ResourceStatus": status, "Timestamp": at, **told}


def failure(status: str, *events: dict[str, Any]) -> str:
    """What an operator is told about a stack that ended so; the events as they happened."""
    client = boto3.client("cloudformation")
    stack = {"StackName": "s", "CreationTime": datetime(2026, 1, 1, tzinfo=UTC), "StackStatus": status}
    with Stubber(client) as stubber:
        stubber.add_response("describe_stacks", {"Stacks": [stack]}, {"StackName": STACK})
        stubber.add_response("describe_stack_events", {"StackEvents": list(reversed(events))}, {"StackName": STACK})
        with pytest.raises(Failed) as failed:
            StackEvents(client, lambda _line: None).follow(STACK, set())
    return str(failed.value)


def test_the_first_resource_that_failed_is_told_not_those_that_were_cancelled() -> None:
    told = failure(
        "ROLLBACK_COMPLETE",
        event(1, "Bucket", "CREATE_FAILED", "notes already exists"),
        event(2, "Queue", "CREATE_FAILED", "Resource creation cancelled"),
        event(3, "ai-voice-tool-dev-shared", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create"),
    )
    assert told == (
        "ai-voice-tool-dev-shared is in ROLLBACK_COMPLETE. Bucket: notes already exists. "
        "Something of this name is there that no stack owns: rename or delete it, then run it again."
    )


def test_a_stack_that_is_stuck_is_told_with_the_way_out() -> None:
    told = failure("UPDATE_ROLLBACK_FAILED", event(1, "Queue", "UPDATE_FAILED", "Broken"))
    assert "aws cloudformation continue-update-rollback --stack-name ai-voice-tool-dev-shared" in told


DELETED = "You must wait 60 seconds after deleting a queue before you can create another with the same name."


@pytest.mark.parametrize(
    "reason",
    [DELETED, "Resource handler failed (Service: Sqs, Error Code: AWS.SimpleQueueService.QueueDeletedRecently)"],
)
def test_a_queue_that_was_deleted_a_moment_ago_is_waited_for(reason: str) -> None:
    told = failure("ROLLBACK_COMPLETE", event(1, "NotesQueue", "CREATE_FAILED", reason))
    assert told.startswith("ai-voice-tool-dev-shared is in ROLLBACK_COMPLETE. NotesQueue: ")
    assert told.endswith("60 seconds after its end: `sleep 60`, then run the same command again.")


def prepared(changes: list[dict[str, Any]], status: str = "CREATE_COMPLETE", reason: str = "") -> Any:
    """What comes of a change set that CloudFormation describes so, over two pages."""
    client = boto3.client("cloudformation", region_name="eu-west-1")
    arn = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/x/1"
    ready = {"Status": status, "StatusReason": reason}
    ready |= {"ExecutionStatus": "AVAILABLE" if status == "CREATE_COMPLETE" else "UNAVAILABLE"}
    listed = [{"Type": "Resource", "ResourceChange": change} for change in changes]
    with Stubber(client) as stubber:
        stubber.add_response("create_change_set", {"Id": arn})
        stubber.add_response("describe_change_set", {"Status": "CREATE_IN_PROGRESS"}, {"ChangeSetName": arn})
        stubber.add_response("describe_change_set", {**ready, "Changes": listed[:1], "NextToken": "more"})
        more = {"ChangeSetName": arn, "NextToken": "more"}
        stubber.add_response("describe_change_set", {**ready, "Changes": listed[1:]}, more)
        if status == "FAILED":
            stubber.add_response("delete_change_set", {}, {"ChangeSetName": arn})
        naps: list[float] = []
        try:
            return ChangeSets(client, naps.append).prepare("s", TEMPLATE, {}, kind="UPDATE")
        finally:
            stubber.assert_no_pending_responses()
            assert len(naps) == 1


def change(kind: str, action: str, replacement: str = "", *properties: str) -> dict[str, Any]:
    details = [{"Target": {"Attribute": "Properties", "Name": name}} for name in properties]
    replaced = {"Replacement": replacement} if replacement else {}
    return {"Action": action, "LogicalResourceId": "It", "ResourceType": kind, "Details": details, **replaced}


@pytest.mark.parametrize(
    ("given", "told", "endangers"),
    [
        (change("AWS::SQS::Queue", "Modify", "False", "B", "A"), "changed         It (AWS::SQS::Queue): A, B", False),
        (change("AWS::SQS::Queue", "Modify", "True"), "replaced        It (AWS::SQS::Queue)", True),
        (change("AWS::S3::Bucket", "Modify", "Conditional"), "replaced, perhaps It (AWS::S3::Bucket)", True),
        (change("AWS::DynamoDB::Table", "Remove"), "removed         It (AWS::DynamoDB::Table)", True),
        (change("AWS::IAM::Role", "Remove"), "removed         It (AWS::IAM::Role)", False),
        (change("AWS::S3::Bucket", "Add"), "added           It (AWS::S3::Bucket)", False),
    ],
)
def test_a_change_tells_what_happens_and_whether_data_are_at_stake(
    given: dict[str, Any], told: str, *, endangers: bool
) -> None:
    first, second = prepared([given, given]).changes
    assert first == second
    assert (str(first), first.endangers_data) == (told, endangers)


def test_no_changes_are_no_change_set() -> None:
    assert prepared([], "FAILED", "The submitted information didn't contain changes. Submit different …") is None


def test_a_change_set_that_can_not_be_made_is_told() -> None:
    with pytest.raises(Failed, match="No export named x found"):
        prepared([], "FAILED", "No export named x found")


def test_a_template_that_is_too_long_is_refused_before_it_is_sent() -> None:
    long = {"Resources": {}, "Description": "x" * 60_000}
    with pytest.raises(Refused, match="longer than 51200 bytes"):
        ChangeSets(boto3.client("cloudformation", region_name="eu-west-1")).prepare("s", long, {}, kind="CREATE")


def where() -> Where:
    return Where(Parameters.read("prod"), boto3.Session(), "123456789012", "eu-west-1")


def test_all_that_holds_data_is_found_by_the_name_its_template_gives_it() -> None:
    names = {str(holder) for holder in declared(where())}
    assert {"S3 ai-voice-tool-prod-notes-123456789012", "SecretsManager ai-voice-tool/prod/openai"} <= names
    assert {"SQS ai-voice-tool-prod-index.fifo", "ECR ai-voice-tool-prod-voice-parser"} <= names
    assert not any("$" in name for name in names)


def test_what_was_kept_is_named_to_cloudformation_as_its_import_wants_it() -> None:
    place = where()
    secret = boto3.client("secretsmanager").create_secret(Name="ai-voice-tool/prod/twilio", SecretString="{}")
    boto3.client("ecr").create_repository(repositoryName="ai-voice-tool-prod-webhook-handler")
    queue = boto3.client("sqs").create_queue(QueueName="ai-voice-tool-prod-notes")
    holders = DataHolders(place)
    found = [holders.identifier(holder) for holder in holders.existing()]
    assert found == [
        {"RepositoryName": "ai-voice-tool-prod-webhook-handler"},
        {"Id": secret["ARN"]},
        {"QueueUrl": queue["QueueUrl"]},
    ]
