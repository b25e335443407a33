"""A second CloudFormation, moto's, makes the stacks as far as it can. What it cannot make is listed with the reason."""

import json
import os
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import boto3
import pytest
from moto import mock_aws
from support import second_judge
from support.account import ENVIRONMENT
from support.stack_imports import imports

from ai_voice_operations import templates
from ai_voice_operations.deploying.image_tags import service_of

NOT_MADE = {
    "AWS::ApiGatewayV2::Api": "moto makes APIs of version 2 through their own calls only",
    "AWS::ApiGatewayV2::Authorizer": "as the API it belongs to",
    "AWS::ApiGatewayV2::Integration": "as the API it belongs to",
    "AWS::ApiGatewayV2::Route": "as the API it belongs to",
    "AWS::ApiGatewayV2::Stage": "as the API it belongs to",
    "AWS::CloudWatch::Alarm": "moto makes alarms through PutMetricAlarm only",
    "AWS::Lambda::EventInvokeConfig": "moto makes it through PutFunctionEventInvokeConfig only",
    "AWS::S3::BucketPolicy": "moto makes it through PutBucketPolicy only",
    "AWS::SNS::Subscription": "moto makes it through Subscribe only",
    "AWS::SNS::TopicPolicy": "moto makes it through SetTopicAttributes only",
    "AWS::SQS::QueuePolicy": "moto makes it through SetQueueAttributes only",
    "AWS::SecretsManager::Secret": "moto makes secrets through CreateSecret only",
}
"""Types that moto's CloudFormation does not know, and why; cfn-lint and the embedded AWS judge these."""

ENVIRONMENTS = ("dev", "prod")
TAG = "0.1.0"
TO_BE_SET = {"OurNumbers": "whatsapp:+447700900123"}
"""What prod's file leaves to the operator who deploys it."""


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def environment(request: pytest.FixtureRequest) -> Iterator[str]:
    """An environment, all of whose stacks moto has made, as far as it can."""
    with mock.patch.dict(os.environ, ENVIRONMENT), mock_aws():
        os.environ.pop("AWS_ENDPOINT_URL", None)  # of a platform that runs beside
        for folder in templates.STACKS:
            make(folder, request.param)
            if folder == "ecr":
                push_images(request.param)
        yield request.param


def make(folder: str, environment: str) -> None:
    """The stack of a folder; raises ClientError where moto refuses it."""
    given = templates.parameters(folder, environment)
    declared = templates.read(folder)["Parameters"]
    given = {name: value for name, value in TO_BE_SET.items() if name in declared} | given
    boto3.client("cloudformation").create_stack(
        StackName=templates.stack_name(folder, environment),
        TemplateBody=json.dumps(made(folder), separators=(",", ":")),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()],
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )


def made(folder: str) -> templates.Template:
    """What of a folder's template moto is given."""
    return second_judge.without(templates.read(folder), NOT_MADE)


def push_images(environment: str) -> None:
    """What functions are made of: an image in each repository."""
    manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"})
    for service in {service for folder in templates.STACKS if (service := service_of(folder))}:
        boto3.client("ecr").put_image(
            repositoryName=templates.stack_name(service, environment), imageManifest=manifest, imageTag=TAG
        )


def stack(folder: str, environment: str) -> Any:
    name = templates.stack_name(folder, environment)
    return boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]


def test_what_moto_can_not_make_is_exactly_what_is_named_with_its_reason() -> None:
    """Where moto learns a type, its line goes; where a template gains one that it does not know, a line comes."""
    kinds = {
        resource["Type"] for folder in templates.STACKS for resource in templates.read(folder)["Resources"].values()
    }
    assert {kind for kind in kinds if not second_judge.knows(kind)} == set(NOT_MADE)
    assert all(NOT_MADE.values())


@pytest.mark.parametrize("folder", templates.STACKS)
def test_a_stack_is_made_with_all_its_resources_and_outputs(folder: str, environment: str) -> None:
    found = stack(folder, environment)
    name = found["StackName"]
    resources = boto3.client("cloudformation").describe_stack_resources(StackName=name)["StackResources"]
    assert found["StackStatus"] == "CREATE_COMPLETE"
    assert {one["LogicalResourceId"] for one in resources} == set(made(folder)["Resources"])
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}
    assert set(outputs) == set(templates.read(folder).get("Outputs", {}))
    assert all(value and "${" not in value for value in outputs.values())


def test_what_a_stack_exports_is_there_for_all_who_import_it(environment: str) -> None:
    exported = {one["Name"]: one["Value"] for one in boto3.client("cloudformation").list_exports()["Exports"]}
    imported = set[str]().union(*(imports(templates.read(folder)["Resources"]) for folder in templates.STACKS))
    assert {name.replace("${EnvironmentName}", environment) for name in imported} <= set(exported)
    assert all(exported.values())


def functions(environment: str) -> dict[str, Any]:
    """What Lambda knows of each function, by what follows the environment in its name."""
    found = boto3.client("lambda").get_paginator("list_functions").paginate()
    start = f"ai-voice-tool-{environment}-"
    return {one["FunctionName"].removeprefix(start): one for page in found for one in page["Functions"]}


def test_every_function_runs_an_image_under_a_role_that_is_there(environment: str) -> None:
    found = functions(environment)
    kinds = [one["Type"] for folder in templates.STACKS for one in templates.read(folder)["Resources"].values()]
    roles = {one["Arn"] for one in boto3.client("iam").list_roles()["Roles"]}
    assert len(found) == kinds.count("AWS::Lambda::Function")
    for one in found.values():
        assert one["Role"] in roles
        code = boto3.client("lambda").get_function(FunctionName=one["FunctionName"])["Code"]
        assert code["ImageUri"].startswith("123456789012.dkr.ecr.eu-west-1.amazonaws.com/ai-voice-tool-")
        assert code["ImageUri"].endswith(f":{TAG}")


def test_what_a_function_is_told_is_filled_in_and_names_what_is_there(environment: str) -> None:
    told = {name: one["Environment"]["Variables"] for name, one in functions(environment).items()}
    assert not [value for variables in told.values() for value in variables.values() if "${" in str(value)]
    sqs, worker = boto3.client("sqs"), told["voice-parser"]
    assert worker["QUEUE_URL"] == sqs.get_queue_url(QueueName=f"ai-voice-tool-{environment}-notes")["QueueUrl"]
    boto3.client("s3").head_bucket(Bucket=worker["BUCKET"])
    boto3.client("dynamodb").describe_table(TableName=worker["TABLE"])
    assert {worker["CUSTOMER_LOOKUP_FUNCTION"], worker["ERASER_FUNCTION"]} == {
        f"ai-voice-tool-{environment}-{name}" for name in ("customer-lookup-server", "eraser")
    }


def test_queues_feed_their_workers_and_park_what_fails(environment: str) -> None:
    mappings = boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    fed = {one["FunctionArn"].rpartition("-tool-")[2]: one["EventSourceArn"].rpartition(":")[2] for one in mappings}
    start = f"ai-voice-tool-{environment}"
    assert fed == {
        f"{environment}-voice-parser": f"{start}-notes",
        f"{environment}-live-call": f"{start}-calls.fifo",
        f"{environment}-segment-indexer": f"{start}-index.fifo",
        f"{environment}-webhook-sender": f"{start}-webhooks",
    }
    sqs = boto3.client("sqs")
    queues = (
        ("notes", "notes-dead-letter"),
        ("index.fifo", "index-dead-letter.fifo"),
        ("webhooks", "webhooks-dead-letter"),
    )
    for name, parked in queues:
        url = sqs.get_queue_url(QueueName=f"{start}-{name}")["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert json.loads(attributes["RedrivePolicy"])["deadLetterTargetArn"].endswith(f":{start}-{parked}")


def test_a_role_names_resources_of_this_environment_only(environment: str) -> None:
    iam = boto3.client("iam")
    for name in (role["RoleName"] for role in iam.list_roles()["Roles"]):
        policies = [
            json.dumps(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]
        ]
        assert set(re.findall(r"ai-voice-tool[-/](dev|prod|local)", str(policies))) == {environment}, name
        assert "${" not in str(policies)


def test_schedules_reach_their_functions_and_every_log_group_has_an_end(environment: str) -> None:
    events, there = boto3.client("events"), {one["FunctionArn"] for one in functions(environment).values()}
    for rule in events.list_rules()["Rules"]:
        targets = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        assert targets
        assert {target["Arn"] for target in targets} <= there
    groups = boto3.client("logs").describe_log_groups()["logGroups"]
    assert len(groups) >= len(there)
    assert all(group["retentionInDays"] for group in groups)


def test_the_dashboard_is_json_with_everything_put_in(environment: str) -> None:
    (entry,) = boto3.client("cloudwatch").list_dashboards()["DashboardEntries"]
    body = boto3.client("cloudwatch").get_dashboard(DashboardName=entry["DashboardName"])["DashboardBody"]
    assert json.loads(body)["widgets"]
    assert entry["DashboardName"] == f"ai-voice-tool-{environment}"
    assert "${" not in body
