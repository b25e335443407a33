"""Whether what is deployed works: customers file, queues of parked messages, alarms, the webhook itself."""

import time
from collections.abc import Callable, Iterator

import httpx

from ai_voice_operations import templates
from ai_voice_operations.customers.validation import validate
from ai_voice_operations.doctor.environment import CONFIG, Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn
from ai_voice_operations.twilio.aim import MESSAGE_PATH
from customer_lookup_server.customers_file import BrokenCustomers, parse

_PARKED = "DeadLetterQueueUrl"
_ANSWER_SECONDS = 5.0
"""A third of what Twilio waits for, cold start included."""


def customers(environment: Environment) -> Iterator[Finding]:
    """Whether the customers file exists, and is good."""
    s3 = environment.session.client("s3", config=CONFIG)
    bucket = environment.output("shared", "BucketName")
    key = environment.value("customer-lookup-server", "CustomersKey")
    put = f"make customers-put ENV={environment.name} FILE=customers.json"
    try:
        content = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        file = parse(content)
    except s3.exceptions.NoSuchKey:
        yield fail(f"customers file {key} is not in the bucket, so nobody is known", put)
    except BrokenCustomers as broken:
        yield fail(f"customers file {key}: {broken}", f"the last good one is in force: fix it, then {put}")
    else:
        yield ok(f"customers file: {len(file.companies)} companies, {len(file.customers)} customers")
        yield from _put_again(key, content, put)


def _put_again(key: str, content: bytes, put: str) -> Iterator[Finding]:
    """Whether the file could be put today. One of an earlier release stays in force, even if checks got stricter."""
    try:
        validate(content)
    except BrokenCustomers as broken:
        yield warn(
            f"customers file {key}: {broken}", f"it is in force, but could not be put today: correct it, then {put}"
        )


def parked(environment: Environment) -> Iterator[Finding]:
    """Whether every queue of parked messages is empty."""
    sqs = environment.session.client("sqs", config=CONFIG)
    environment.output("shared", _PARKED)
    for name, url in sorted(environment.stacks["shared"].outputs.items()):
        if name.endswith(_PARKED):
            counts = sqs.get_queue_attributes(
                QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
            )["Attributes"]
            queue = url.rpartition("/")[2]
            if number := sum(int(count) for count in counts.values()):
                yield fail(f"{queue} holds {number}", f"read why, fix it, replay them: {_dlq(environment, name)}")
            else:
                yield ok(f"{queue} is empty")


def alarms(environment: Environment) -> Iterator[Finding]:
    """Whether somebody is told of alarms."""
    if environment.name == "local":
        yield ok("alarms: there is nobody to be told here")
        return
    topic = environment.output("shared", "AlarmTopicArn")
    pages = (
        environment.session.client("sns", config=CONFIG)
        .get_paginator("list_subscriptions_by_topic")
        .paginate(TopicArn=topic)
    )
    arns = [subscription.get("SubscriptionArn", "") for page in pages for subscription in page["Subscriptions"]]
    if any(arn.startswith("arn:") for arn in arns):
        yield ok("alarms: their topic has a confirmed subscription")
    elif arns:
        yield warn("alarms: the subscription is not confirmed", "follow the link in the mail that AWS sent")
    else:
        yield warn("alarms: nobody is told of them", f"set shared AlarmEmail, then {environment.deploy}")


def webhook(
    environment: Environment, http: httpx.Client, clock: Callable[[], float] = time.monotonic
) -> Iterator[Finding]:
    """Whether the webhook refuses what Twilio did not sign, and soon. Nothing of this request is kept."""
    url = environment.public_url + MESSAGE_PATH
    logs = f"make logs ENV={environment.name}"
    began = clock()
    try:
        status = http.post(url, data={"Body": ""}, timeout=_ANSWER_SECONDS).status_code
    except httpx.TimeoutException:
        yield fail(f"{url} has not answered within {_ANSWER_SECONDS:g} s", logs)
        return
    except httpx.HTTPError as error:
        yield fail(
            f"{url} cannot be reached ({type(error).__name__})", "is PublicUrl right, DNS and certificate there?"
        )
        return
    seconds = clock() - began
    if status == httpx.codes.FORBIDDEN:
        yield ok(f"{url} refuses unsigned requests, after {seconds:.1f} s")
    else:
        yield fail(f"{url} answers {status} to an unsigned request instead of 403", _fix(status, environment, logs))


def _fix(status: int, environment: Environment, logs: str) -> str:
    if status == httpx.codes.NOT_FOUND:
        stack = templates.stack_name("webhook-handler", environment.name)
        return f"is {stack} deployed, does PublicUrl lead to its API? {environment.deploy}"
    return "the secret or the deployment is wrong, or it is throttled: " + logs


def _dlq(environment: Environment, output: str) -> str:
    queue = next((one for one in ("index", "webhooks", "calls") if output.lower().startswith(one)), "")
    which = f" ARGS='--queue {queue} list'" if queue else ""
    return f"make dlq ENV={environment.name}{which}"
