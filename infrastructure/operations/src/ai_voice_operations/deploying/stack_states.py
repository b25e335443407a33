"""What a stack's status means for the next deployment, and the command that helps."""

from ai_voice_operations.doctor.finding import Finding, fail, ok, warn

GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})

NEVER_CREATED = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"})
"""Of a stack whose first creation failed: it can only be deleted."""

EMPTY = "REVIEW_IN_PROGRESS"
"""Of a stack that came with a change set which nobody has made."""

LEFT_BY_AN_IMPORT = "IMPORT_ROLLBACK_COMPLETE"
"""A stack that was there before its import is good; one that came with it owns nothing."""

_AWS = "aws cloudformation"
_STUCK = {
    "UPDATE_ROLLBACK_FAILED": (
        "could not go back from an update that failed",
        f"fix what its events name, then `{_AWS} continue-update-rollback --stack-name {{stack}}`",
    ),
    "UPDATE_FAILED": (
        "stopped in the middle of an update",
        f"`{_AWS} rollback-stack --stack-name {{stack}}` takes it back",
    ),
    "DELETE_FAILED": (
        "could not be deleted whole",
        f"delete what its events name, then `{_AWS} delete-stack --stack-name {{stack}}`",
    ),
    "IMPORT_ROLLBACK_FAILED": (
        "could not give back what it was taking up",
        f"`{_AWS} delete-stack --stack-name {{stack}}`; what holds data stays, and is taken up again",
    ),
}
"""Statuses in which CloudFormation takes no change (AWS CloudFormation, "Understand stack creation events")."""


def in_work(status: str) -> bool:
    """Whether CloudFormation works on a stack of this status."""
    return status.endswith("_IN_PROGRESS") and status != EMPTY


def finding(stack: str, status: str) -> Finding:
    """What an operator should know about an existing stack before it is deployed.

    Args:
        stack: its name.
        status: as CloudFormation calls it.
    """
    told = f"stack {stack}: {status}"
    events = f"why: `{_AWS} describe-stack-events --stack-name {stack}`"
    if status in _STUCK:
        return fail(f"{told}: it {_STUCK[status][0]}", f"{way_out(stack, status)}; {events}")
    if status in NEVER_CREATED:
        return warn(f"{told}: it was never created whole", f"a deployment asks, deletes it, creates it again; {events}")
    if status == EMPTY:
        remedy = f"a deployment uses it; or `{_AWS} delete-stack --stack-name {stack}`"
        return warn(f"{told}: changes were prepared and never made, so it is empty", remedy)
    if in_work(status):
        return warn(f"{told}: somebody works on it", "a deployment waits for the end")
    if status in GOOD:
        return ok(told)
    return warn(f"{told}: its last change was rolled back", events)


def way_out(stack: str, status: str) -> str:
    """What helps if a stack cannot be changed; "" if it can."""
    return f"{_STUCK[status][1].format(stack=stack)}, then run this again" if status in _STUCK else ""


def owns_nothing(stack: str) -> Finding:
    """The finding for a stack whose import failed, so that it exists without any resource."""
    remedy = f"`{_AWS} delete-stack --stack-name {stack}`, then run this again: what was kept is taken up then"
    return fail(f"stack {stack}: {LEFT_BY_AN_IMPORT}: its import failed and it owns nothing", remedy)
