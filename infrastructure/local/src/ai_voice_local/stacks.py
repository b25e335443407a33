"""How one stack is created or updated in the embedded AWS, and what has to be corrected for its CloudFormation."""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_local import conversion, templates
from ai_voice_local.aws import embedded_aws

if TYPE_CHECKING:
    from types_boto3_apigatewayv2 import ApiGatewayV2Client
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import TimeToLiveSpecificationTypeDef
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import LifecycleRuleTypeDef

_DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


class DeploymentError(Exception):
    """A stack could not be deployed; the message names it and its reasons."""


class Stacks:
    """The stacks of one environment in the embedded AWS."""

    def __init__(self, server: embedded_aws.EmbeddedAws, environment: str) -> None:
        session, endpoint = server.session, server.endpoint
        self._environment = environment
        self._cloudformation: CloudFormationClient = session.client("cloudformation", endpoint_url=endpoint)
        self._s3: S3Client = session.client("s3", endpoint_url=endpoint)
        self._dynamodb: DynamoDBClient = session.client("dynamodb", endpoint_url=endpoint)
        self._apis: ApiGatewayV2Client = session.client("apigatewayv2", endpoint_url=endpoint)
        self._lambda: LambdaClient = session.client("lambda", endpoint_url=endpoint)

    def upload(self, body: bytes) -> conversion.Archive:
        """Puts the functions' archive into its own bucket. Its key depends on its content: functions change with it."""
        archive = conversion.Archive(
            templates.stack_name("code", self._environment), f"{hashlib.sha256(body).hexdigest()}.zip"
        )
        with suppress(self._s3.exceptions.BucketAlreadyOwnedByYou):
            self._s3.create_bucket(
                Bucket=archive.bucket, CreateBucketConfiguration={"LocationConstraint": embedded_aws.REGION}
            )
        self._s3.put_object(Bucket=archive.bucket, Key=archive.key, Body=body)
        return archive

    def deploy(self, folder: str, template: conversion.Template, parameters: Mapping[str, str]) -> dict[str, str]:
        """Creates or updates the stack; returns its outputs; raises DeploymentError."""
        name = templates.stack_name(folder, self._environment)
        if self._send(name, template, parameters):
            self._wait(name)
            self._add_what_is_dropped(name, template, parameters)
        (stack,) = self._cloudformation.describe_stacks(StackName=name)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def _send(self, name: str, template: conversion.Template, parameters: Mapping[str, str]) -> bool:
        """Returns whether anything changes."""
        request: Any = {
            "StackName": name,
            "TemplateBody": json.dumps(template, separators=(",", ":"), ensure_ascii=False),  # as short as on AWS
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
        }
        try:
            self._cloudformation.create_stack(**request)
        except self._cloudformation.exceptions.AlreadyExistsException:
            try:
                self._cloudformation.update_stack(**request)
            except ClientError as error:
                if "No updates are to be performed" in str(error):
                    return False
                raise DeploymentError(f"Stack {name} cannot be updated: {error}") from error
        return True

    def _wait(self, name: str) -> None:
        while (status := self._status(name)).endswith("IN_PROGRESS"):
            time.sleep(0.02)
        if status not in _DONE:
            events = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
            failed = (event for event in events if "FAILED" in event.get("ResourceStatus", ""))
            reasons = "; ".join(f"{e.get('LogicalResourceId')}: {e.get('ResourceStatusReason')}" for e in failed)
            raise DeploymentError(f"Stack {name} is in {status}: {reasons}")

    def _status(self, name: str) -> str:
        return self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]

    def _add_what_is_dropped(self, name: str, template: conversion.Template, parameters: Mapping[str, str]) -> None:
        """Sets properties that ministack 1.5.33's CloudFormation drops silently, or reads as text, not as a number."""
        for resource in self._cloudformation.describe_stack_resources(StackName=name)["StackResources"]:
            values = templates.properties(template, resource["LogicalResourceId"], parameters)
            match resource["ResourceType"]:
                case "AWS::DynamoDB::Table":
                    self._expire(resource["PhysicalResourceId"], values["TimeToLiveSpecification"])
                case "AWS::S3::Bucket":
                    rules = [_lifecycle_rule(rule) for rule in values["LifecycleConfiguration"]["Rules"]]
                    self._s3.put_bucket_lifecycle_configuration(
                        Bucket=resource["PhysicalResourceId"], LifecycleConfiguration={"Rules": rules}
                    )
                case "AWS::ApiGatewayV2::Api" if cors := values.get("CorsConfiguration"):
                    self._apis.update_api(ApiId=resource["PhysicalResourceId"], CorsConfiguration=cors)
                case "AWS::Lambda::EventSourceMapping":
                    concurrency = int(values["ScalingConfig"]["MaximumConcurrency"])
                    self._lambda.update_event_source_mapping(
                        UUID=resource["PhysicalResourceId"], ScalingConfig={"MaximumConcurrency": concurrency}
                    )

    def _expire(self, table: str, specification: "TimeToLiveSpecificationTypeDef") -> None:
        state = self._dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if state == "DISABLED":
            self._dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=specification)


def _lifecycle_rule(rule: Mapping[str, Any]) -> "LifecycleRuleTypeDef":
    """A rule as S3's API writes it; CloudFormation's form differs in id, prefix and expiration."""
    written: Any = {name: value for name, value in rule.items() if name not in {"Id", "Prefix", "ExpirationInDays"}}
    written |= {"ID": rule["Id"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "ExpirationInDays" in rule:
        written["Expiration"] = {"Days": rule["ExpirationInDays"]}
    return written  # type: ignore[no-any-return]
