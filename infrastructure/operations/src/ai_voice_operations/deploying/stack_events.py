"""How CloudFormation's work on a stack is followed, line by line, and what an operator can do about its failures."""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_operations.deploying import stack_states
from ai_voice_operations.problems import Failed

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_cloudformation.type_defs import StackEventTypeDef, StackTypeDef

GONE = "DELETE_COMPLETE"

_DONE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", GONE}
_SAID_TWICE = {"Resource creation Initiated", "Resource import started."}
"""Reasons of a second IN_PROGRESS that says nothing more."""

_CONSEQUENCES = ("cancelled", "The following resource(s) failed")
"""What marks a failure that only follows from another."""

_LOOKS_WITHOUT_EVENTS = 3
"""How often a status is taken for the one before, as long as nothing has happened."""

_SAID_ELSEWHERE = "Call DescribeEvents"

_QUEUES = "A queue's name is free again 60 seconds after its end: `sleep 60`, then run the same command again."
_REMEDIES = (
    ("QueueDeletedRecently", _QUEUES),
    ("60 seconds after deleting", _QUEUES),
    ("already exists", "Something of this name is there that no stack owns: rename or delete it, then run it again."),
    ("is not authorized", "Give the credentials this permission, then run it again."),
    ("AccessDenied", "Give the credentials this permission, then run it again."),
    ("Source image", "Push the image (make push), then run it again."),
    ("scheduled for deletion", "Take it back with `aws secretsmanager restore-secret`, then run it again."),
    ("LimitExceeded", "Have AWS raise this quota, then run it again."),
)
_REMEDY = "Fix it, then run the same command again: what is done is skipped."


@dataclass(frozen=True)
class StackEvents:
    """What happens to stacks."""

    client: "CloudFormationClient"
    say: Callable[[str], None]
    sleep: Callable[[float], None] = field(default=time.sleep)
    poll_seconds: float = 2.0

    def stack(self, name: str) -> "StackTypeDef | None":
        """The stack by name or id; None if there is none, or only the empty one of an unused change set."""
        try:
            (found,) = self.client.describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if found["StackStatus"] == "REVIEW_IN_PROGRESS" else found

    def seen(self, stack: str) -> set[str]:
        """The ids of all events until now."""
        try:
            return {event["EventId"] for event in self._events(stack)}
        except ClientError:  # no such stack, or only its first change set
            return set()

    def follow(self, stack_id: str, seen: set[str]) -> str:
        """Tells each new event (not in `seen`) until CloudFormation is done; returns the status.

        Raises Failed with the first resource that failed, its reason and what to do.
        """
        happened: list[StackEventTypeDef] = []
        for look in itertools.count():
            status = self.client.describe_stacks(StackName=stack_id)["Stacks"][0]["StackStatus"]
            for event in reversed(self._new(stack_id, seen)):
                happened.append(event)
                if event.get("ResourceStatusReason") not in _SAID_TWICE:
                    self.say(_line(event))
            if not status.endswith("_IN_PROGRESS") and (happened or look >= _LOOKS_WITHOUT_EVENTS):
                break
            self.sleep(self.poll_seconds)
        if status not in _DONE:
            raise Failed(_failure(stack_id, status, happened, self._found_wrong(stack_id, happened)))
        return status

    def _found_wrong(self, stack_id: str, happened: "list[StackEventTypeDef]") -> str:
        """What CloudFormation's own validation found; the stack's events only refer to it."""
        if not any(_SAID_ELSEWHERE in _reason(event) for event in happened):
            return ""
        return validation(self.client, StackName=stack_id)

    def _new(self, stack_id: str, seen: set[str]) -> "list[StackEventTypeDef]":
        """The new events. CloudFormation gives the newest first, so reading ends at the first known one."""
        found = []
        for event in self._events(stack_id):
            if event["EventId"] in seen:
                break
            found.append(event)
        seen.update(event["EventId"] for event in found)
        return found

    def _events(self, stack: str) -> "Iterator[StackEventTypeDef]":
        for page in self.client.get_paginator("describe_stack_events").paginate(StackName=stack):
            yield from page["StackEvents"]


def _line(event: "StackEventTypeDef") -> str:
    reason = event.get("ResourceStatusReason", "")
    told = f"  {reason}" if reason and "FAILED" in event["ResourceStatus"] else ""
    return f"    {event['Timestamp']:%H:%M:%S}  {event['ResourceStatus']:<28} {event['LogicalResourceId']}{told}"


def validation(client: "CloudFormationClient", **which: str) -> str:
    """The first error of the validation, with its resource; "" if there is none.

    Args:
        client: CloudFormation's.
        which: StackName or ChangeSetName.
    """
    request: Any = which
    for event in client.describe_events(**request)["OperationEvents"]:
        if reason := event.get("ValidationStatusReason"):
            return f"{event.get('LogicalResourceId', '')}: {reason}"
    return ""


def _failure(stack_id: str, status: str, happened: "list[StackEventTypeDef]", found_wrong: str) -> str:
    name = stack_id.rpartition(":stack/")[2].partition("/")[0] or stack_id
    failed = [event for event in happened if event["ResourceStatus"].endswith("FAILED")]
    causes = [one for one in failed if not any(word in _reason(one) for word in _CONSEQUENCES)] or failed
    cause = f" {found_wrong or _told(causes[0])}" if causes or found_wrong else ""
    way_out = stack_states.way_out(name, status)
    remedy = f"{way_out[0].upper()}{way_out[1:]}." if way_out else _remedy(cause)
    return f"{name} is in {status}.{cause.rstrip('.')}{'.' if cause else ''} {remedy}"


def _told(event: "StackEventTypeDef") -> str:
    return f"{event['LogicalResourceId']}: {_reason(event)}"


def _reason(event: Mapping[str, object]) -> str:
    return str(event.get("ResourceStatusReason", "no reason was given"))


def _remedy(cause: str) -> str:
    return next((remedy for sign, remedy in _REMEDIES if sign in cause), _REMEDY)
