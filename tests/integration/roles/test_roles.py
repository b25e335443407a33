"""Roles on the embedded AWS with IAM enforced: they allow everything that is needed, and nothing that is not listed.

What only AWS can show: that it takes `dynamodb:LeadingKeys` into account as policies.py does for it here.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError
from integration.roles.live import CALLED, let_through
from integration.roles.matrix import MAY, NOT_SEEN
from integration.roles.model_walk import model_ways
from integration.roles.policies import ACTIONS, Role, Thing, roles, things
from integration.roles.trail import Call, Trail
from integration.roles.walk import ways
from support.deployed import SAMPLES, Deployed, with_openai
from support.openai_server import OpenAiServer, serving

from ai_voice_local.aws.embedded_aws import ACCOUNT
from ai_voice_local.platform import platform

QUICK_RETRIES = {
    "voice-parser": {
        "MaxAttempts": "3",
        "BackoffSeconds": "1",
        "IndexerMaxAttempts": "2",
        "IndexerBackoffSeconds": "1",
    },
    "shared": {"NotesMaxReceiveCount": "5"},
}


HEARD = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))["knowledge.ogg"]["text"]
NOTE = {
    "intent": "knowledge-document",
    "title": "Pump",
    "tag": "pump",
    "summary": "Hot.",
    "key_points": ["Switch off."],
}


@dataclass
class Enforced:
    """A platform whose functions may do only what their roles allow, after every way through it was gone once."""

    deployed: Deployed
    trail: Trail = field(default_factory=Trail)
    done: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def enforced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Enforced]:
    trail = with_a_model(tmp_path_factory.mktemp("with-a-model"))
    folder = tmp_path_factory.mktemp("enforced")
    with platform(folder, enforce_iam=True, overrides=QUICK_RETRIES) as running:
        trail.move()
        found = Enforced(Deployed(running), trail)
        for done in ways(found.deployed):
            found.trail.read()
            found.done.append(done)
        yield found


def with_a_model(folder: Path) -> Trail:
    """What was called on a platform with a language model, by the ways that only such a one has."""
    trail = Trail()
    with serving(OpenAiServer(HEARD, NOTE)) as server, with_openai(folder, server.url, enforce_iam=True) as deployed:
        for _ in model_ways(deployed):
            trail.read()
    return trail


def test_every_way_through_the_platform_is_open_with_roles_enforced(enforced: Enforced) -> None:
    assert enforced.done[-1] == "a company erased"
    assert {call.role for call in enforced.trail.calls.values()} >= {"voice-parser", "segment-indexer", "sweep"}


def test_every_call_that_was_made_is_allowed_by_its_role_leading_keys_included(enforced: Enforced) -> None:
    deployed = roles()
    calls = [call for call in enforced.trail.calls.values() if call.thing.kind != "listing"]  # of what, nobody knows
    assert [call.told for call in calls if not deployed[call.role].may(call.action, call.thing)] == []


def test_every_partition_of_the_ledger_that_is_used_is_in_the_table(enforced: Enforced) -> None:
    known = {thing.name for thing in things(enforced.deployed.platform.outputs) if thing.kind == "items"}
    assert {call.thing.name for call in enforced.trail.calls.values() if call.thing.kind == "items"} <= known


def test_every_role_may_do_what_is_written_down_and_nothing_else(enforced: Enforced) -> None:
    everything = [thing for thing in things(enforced.deployed.platform.outputs) if thing.kind != "log"]
    found = {name: allowed(role, everything) for name, role in roles().items()}
    written = {name: {action: set(on.split()) for action, on in row.items()} for name, row in MAY.items()}
    assert {name: row for name, row in found.items() if row != written.get(name)} == {}
    assert set(written) == set(found)


def allowed(role: Role, everything: list[Thing]) -> dict[str, set[str]]:
    """What the role may do, in the words of the matrix."""
    found: dict[str, set[str]] = {}
    for thing in everything:
        for action in ACTIONS[thing.kind]:
            if role.may(action, thing):
                found.setdefault(action, set()).add(thing.name)
    return found


def test_a_role_grants_no_action_that_the_table_does_not_know(enforced: Enforced) -> None:
    assert enforced.done
    known = {action for actions in ACTIONS.values() for action in actions}
    granted = {action for role in roles().values() for action, _ in grants(role)}
    traces = {action for action in granted if action.startswith("xray:")}  # have no resources
    assert granted - known == traces


def test_every_function_writes_to_its_own_log_alone(enforced: Enforced) -> None:
    logs = [thing for thing in things(enforced.deployed.platform.outputs) if thing.kind == "log"]
    for name, role in roles().items():
        assert allowed(role, logs) == {"logs:CreateLogStream": {name}, "logs:PutLogEvents": {name}}


def test_what_a_role_may_not_do_is_refused_when_it_is_tried(enforced: Enforced) -> None:
    """By real calls. Of items only what is refused in every partition: leading keys are not enforced here."""
    outputs = enforced.deployed.platform.outputs
    through, tried = list[str](), 0
    for role in roles().values():
        cells = list(refused(role, things(outputs)))
        tried += len(cells)
        through += let_through(role, cells, outputs)
    assert through == []
    assert tried > 300


def refused(role: Role, everything: list[Thing]) -> Iterator[tuple[str, Thing]]:
    """What the role may not do, as far as a call can try it."""
    somewhere = {action for thing in everything if thing.kind == "items" for action in allowed(role, [thing])}
    seen = set[tuple[str, str]]()
    for thing in everything:
        for action in ACTIONS[thing.kind]:
            tried = (action, "items" if thing.kind == "items" else thing.name)
            known = action in CALLED and thing.kind != "log" and tried not in seen
            if known and not role.may(action, thing) and not (thing.kind == "items" and action in somewhere):
                seen.add(tried)
                yield action, thing


def test_every_grant_was_used_or_says_who_uses_it(enforced: Enforced) -> None:
    calls = enforced.trail.calls.values()
    unused = sorted(
        f"{role.name}: {action} of {statement['Resource']} {statement.get('Condition', '')}"
        for role in roles().values()
        for action, statement in grants(role)
        if not used(role, action, statement, calls) and not explained(role, action)
    )
    assert not unused, "\n".join(unused)


def grants(role: Role) -> Iterator[tuple[str, dict[str, object]]]:
    """Each action that a statement of the role allows, with a statement that allows this action alone."""
    for statement in role.statements():
        if statement["Effect"] == "Allow":
            actions = statement["Action"]
            for action in [actions] if isinstance(actions, str) else actions:
                yield action, statement | {"Action": action}


def used(role: Role, action: str, statement: dict[str, object], calls: Iterable[Call]) -> bool:
    """Whether a call was made that this statement allows."""
    alone = Role(role.name, role.arn, ({"Version": "2012-10-17", "Statement": [statement]},))
    return any(call.role == role.name and call.action == action and alone.may(action, call.thing) for call in calls)


def explained(role: Role, action: str) -> bool:
    return (role.name, action) in NOT_SEEN or ("*", action) in NOT_SEEN


def test_what_comes_without_tls_is_refused_even_to_the_accounts_owner(enforced: Enforced) -> None:
    client = boto3.client("sqs")
    client.meta.events.register("before-sign.sqs", lambda request, **_: request.headers.add_header(*PLAIN))
    with pytest.raises(ClientError, match=r"AccessDenied|denied"):
        client.send_message(QueueUrl=enforced.deployed.platform.outputs.queue_url, MessageBody="x")


PLAIN = ("x-forwarded-proto", "http")
"""The embedded AWS takes a proxy's word for how a request came."""


def test_a_functions_credentials_do_not_follow_from_its_names(enforced: Enforced) -> None:
    """As they do in the embedded AWS as it comes (`execution_credentials`): two digests of what anybody may know."""
    name = enforced.deployed.platform.outputs.functions["voice-parser"]
    function = boto3.client("lambda").get_function_configuration(FunctionName=name)
    digest = _digest(f"{function['FunctionArn']}:{function['Role']}")
    guessed = (f"ASIA{digest[:16].upper()}", _digest(f"secret:{digest}"), _digest(f"token:{digest}"))
    with pytest.raises(ClientError, match="AccessDenied"):
        boto3.Session(*guessed).client("s3").list_objects_v2(Bucket=enforced.deployed.platform.outputs.bucket)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_no_role_can_be_taken_by_another_than_lambda(enforced: Enforced) -> None:
    for role in MAY:
        name = f"ai-voice-tool-local-{role}"
        trust = boto3.client("iam").get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
        assert str(ACCOUNT) not in str(trust)
        assert "lambda.amazonaws.com" in str(trust)
    assert enforced.done
