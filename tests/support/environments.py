"""A deployed environment in the in-process AWS account: stacks that hold parameters and outputs, and what they name."""

import json
from dataclasses import dataclass, field
from typing import Any

import boto3
from support.aws_answers import AwsAnswers
from support.twilio_numbers import ACCOUNT_SID, AUTH_TOKEN, SENDER

from ai_voice_operations import templates
from ai_voice_operations.doctor.environment import Environment

WEBHOOK = "https://api-id.execute-api.eu-west-1.amazonaws.com"
OPENAI_KEY = "sk-" + "k" * 40
CUSTOMERS = {
    "companies": [{"company_id": "acme", "name": "Acme"}],
    "customers": [{"customer_id": "jo", "company_id": "acme", "name": "Jo", "phone_numbers": ["+15550100001"]}],
}
SERVICES = ("webhook-handler", "voice-parser", "customer-lookup-server", "data-api-server")


@dataclass
class Stacks:
    """What CloudFormation tells of the stacks; moto's own CloudFormation takes seconds to load."""

    name: str
    folders: dict[str, dict[str, Any]] = field(default_factory=dict)

    def session(self) -> boto3.Session:
        """A session whose CloudFormation tells of these, and whose Lambda tells the account's limits."""
        return AwsAnswers(
            {"cloudformation.DescribeStacks": self._described, "lambda.GetAccountSettings": _limits}
        ).session()

    def add(self, folder: str, parameters: dict[str, str], outputs: dict[str, str]) -> None:
        """One more stack, in a good state."""
        self.folders[folder] = {
            "StackName": templates.stack_name(folder, self.name),
            "StackStatus": "CREATE_COMPLETE",
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()],
        }

    def _described(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"Stacks": list(self.folders.values())}


LIMIT = 1000


def _limits(_given: dict[str, Any]) -> dict[str, Any]:
    return {"AccountLimit": {"ConcurrentExecutions": LIMIT, "UnreservedConcurrentExecutions": LIMIT}}


def deploy(
    name: str = "dev", *, leave_out: tuple[str, ...] = (), states: dict[str, str] | None = None, **changed: str
) -> Environment:
    """Deploys all stacks of an environment but those left out, with the file's parameters but the changed ones.

    Its number is the one that Twilio has in these tests, in its file too.
    """
    ours = {"OurNumbers": changed.pop("OurNumbers", SENDER)}
    environment = Environment(name, boto3.Session())
    environment.file["every-stack"] |= ours
    outputs = _resources(name)
    stacks = Stacks(name)
    for folder in templates.STACKS:
        if folder not in leave_out:
            values = environment.wanted(folder)
            stacks.add(folder, values | {k: v for k, v in changed.items() if k in values}, outputs.get(folder, {}))
            stacks.folders[folder]["StackStatus"] = (states or {}).get(folder, "CREATE_COMPLETE")
    deployed = Environment(name, stacks.session())
    deployed.file["every-stack"] |= ours
    return deployed


def put_secret(kind: str, fields: dict[str, str]) -> None:
    """Replaces a secret of dev's."""
    client = boto3.client("secretsmanager")
    client.put_secret_value(SecretId=f"ai-voice-tool/dev/{kind}", SecretString=json.dumps(fields))


def _resources(name: str) -> dict[str, dict[str, str]]:
    twilio, openai = (f"ai-voice-tool/{name}/{kind}" for kind in ("twilio", "openai"))
    secrets = boto3.client("secretsmanager")
    secrets.create_secret(Name=twilio, SecretString=json.dumps({"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}))
    secrets.create_secret(Name=openai, SecretString=json.dumps({"api_key": OPENAI_KEY}))
    sqs = boto3.client("sqs")
    notes = sqs.create_queue(QueueName="notes-dead-letter")["QueueUrl"]
    index = sqs.create_queue(QueueName="index-dead-letter.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    calls = sqs.create_queue(QueueName="calls-dead-letter.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket="kept", Key="customers.json", Body=json.dumps(CUSTOMERS).encode())
    return {
        "secrets": {"TwilioSecretName": twilio, "OpenAiSecretName": openai},
        "shared": {
            "WebhookApiEndpoint": WEBHOOK,
            "BucketName": "kept",
            "DeadLetterQueueUrl": notes,
            "IndexDeadLetterQueueUrl": index,
            "CallsDeadLetterQueueUrl": calls,
            "AlarmTopicArn": _topic(),
        },
    }


def _topic() -> str:
    sns = boto3.client("sns")
    arn = sns.create_topic(Name="alarms")["TopicArn"]
    queue = f"arn:aws:sqs:eu-west-1:{arn.split(':')[4]}:notes-dead-letter"
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue)
    return arn


def push_images(name: str = "dev", tag: str = "0.1.0") -> None:
    """Puts an image of each service into its repository."""
    ecr = boto3.client("ecr")
    for service in SERVICES:
        repository = f"ai-voice-tool-{name}-{service}"
        ecr.create_repository(repositoryName=repository)
        ecr.put_image(repositoryName=repository, imageTag=tag, imageManifest=_manifest(service))


def _manifest(service: str) -> str:
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    layer = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1, "digest": f"sha256:{service}"}
    return json.dumps({"schemaVersion": 2, "mediaType": kind, "config": layer, "layers": []})
