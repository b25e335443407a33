"""Whether the AWS account holds what an environment needs: stacks, secrets, images, room for its functions."""

import re
from collections.abc import Iterator

from ai_voice_operations import templates
from ai_voice_operations.deploying import image_tags, stack_states
from ai_voice_operations.deploying.concurrency import demand
from ai_voice_operations.deploying.image_tags import service_of
from ai_voice_operations.doctor.engines import needs_openai, talks_to_openai, talks_to_twilio
from ai_voice_operations.doctor.environment import CONFIG, OURS, Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn
from ai_voice_operations.problems import Refused
from ai_voice_shared.aws.secrets import Secrets, field
from ai_voice_shared.errors import Misconfigured

_ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}")
_TOKEN = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"sk-[\w-]{20,}")
_ANYTHING = re.compile(r".+")
"""Of a stand-in's, or of another server's that speaks OpenAI's API."""


def credentials(environment: Environment) -> Iterator[Finding]:
    """Which account it is; only its last four digits are shown."""
    region = environment.session.region_name
    if not region:
        yield fail("no AWS region is set", "set AWS_DEFAULT_REGION, or choose an AWS_PROFILE that has one")
        return
    sts = environment.session.client("sts", config=CONFIG)
    if environment.name == "local" and "amazonaws" in sts.meta.endpoint_url:
        raise Refused("ENV=local is the platform that `make up` runs here, and it does not run.")
    account = sts.get_caller_identity()["Account"]
    meant = str(environment.file.get(OURS, ""))
    if meant and meant != account:
        yield fail(
            f"AWS credentials are for account …{account[-4:]}, {environment.name} belongs to …{meant[-4:]}",
            "choose the right AWS_PROFILE",
        )
    else:
        yield ok(f"AWS credentials work: account …{account[-4:]}, region {region}")


def stacks(environment: Environment) -> Iterator[Finding]:
    """Whether each stack exists, and is in a good state."""
    for folder in templates.STACKS:
        name = templates.stack_name(folder, environment.name)
        status = environment.stacks[folder].status if folder in environment.stacks else ""
        if not status:
            yield fail(f"stack {name} is not there", f"run {environment.deploy}")
        elif status in stack_states.NEVER_CREATED | {stack_states.EMPTY}:
            yield fail(f"stack {name}: {status}: it was never created whole", f"run {environment.deploy}")
        else:
            yield stack_states.finding(name, status)


def secrets(environment: Environment) -> Iterator[Finding]:
    """Whether each secret exists, is set, and has its vendor's form. Its value is never shown."""
    there = Secrets(environment.session.client("secretsmanager", config=CONFIG))
    sid, token = (_ACCOUNT_SID, _TOKEN) if talks_to_twilio(environment) else (_ANYTHING, _ANYTHING)
    yield from _secret(there, environment, "twilio", {"account_sid": sid, "auth_token": token})
    if needs_openai(environment):
        key = _KEY if talks_to_openai(environment) else _ANYTHING
        yield from _secret(there, environment, "openai", {"api_key": key})


def images(environment: Environment) -> Iterator[Finding]:
    """Whether the image of each deployed stack's functions exists. Without it they cannot start or be rolled back."""
    if environment.name == "local":
        yield ok("images: none are needed here")
        return
    ecr = environment.session.client("ecr", config=CONFIG)
    wanted = {
        (service, stack.parameters.get("ImageTag", ""))
        for folder, stack in environment.stacks.items()
        if (service := service_of(folder))
    }
    for service, tag in sorted(wanted):
        repository = templates.stack_name(service, environment.name)
        try:
            ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])
        except (ecr.exceptions.ImageNotFoundException, ecr.exceptions.RepositoryNotFoundException):
            yield fail(f"image {repository}:{tag} is not in ECR", f"{environment.deploy} builds and pushes it")
        else:
            yield ok(f"image {repository}:{tag}")
    yield from _without_engines(environment)


def _without_engines(environment: Environment) -> Iterator[Finding]:
    """Stacks whose image does not hold the packages of an engine that they choose."""
    for folder, stack in environment.stacks.items():
        tag = stack.parameters.get("ImageTag", "")
        for engine in image_tags.lacking(tag, image_tags.chosen(folder, environment.value)):
            yield fail(
                f"{folder} chooses the engine {engine}, which its image {tag} does not hold",
                f"{environment.deploy} builds one that does",
            )


def concurrency(environment: Environment) -> Iterator[Finding]:
    """Whether the account lets as many functions run at the same time as the queues may start."""
    limits = environment.session.client("lambda", config=CONFIG).get_account_settings()["AccountLimit"]
    room, needed = limits["ConcurrentExecutions"], demand(environment.value).all
    told = f"Lambda's concurrency: {room} in the account, {needed} needed"
    if room < needed:
        yield warn(
            told, "raise the quota 'Concurrent executions' (Service Quotas, AWS Lambda) or lower MaximumConcurrency"
        )
    else:
        yield ok(told)


def _secret(
    there: Secrets, environment: Environment, kind: str, shapes: "dict[str, re.Pattern[str]]"
) -> Iterator[Finding]:
    name = f"ai-voice-tool/{environment.name}/{kind}"
    remedy = f"make secrets-create ENV={environment.name}"
    try:
        values = there.get(name)
        for key, shape in shapes.items():
            if not shape.fullmatch(field(values, key, name)):
                yield fail(f"secret {name}: {key} does not look like one", f"copy it again, then {remedy}")
                return
    except Misconfigured as error:
        yield fail(str(error).partition(":")[0], remedy)
    else:
        yield from _second_token(name, values)
        yield ok(f"secret {name} is set")


def _second_token(name: str, values: dict[str, str]) -> Iterator[Finding]:
    if values.get("auth_token_secondary", "") not in ("", "unset"):
        yield warn(
            f"secret {name}: a second token is accepted", "remove auth_token_secondary when the rotation is over"
        )
