"""How many functions of an environment may run at the same time, added up from its templates and parameters."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ai_voice_operations import templates

NEVER_RESERVED = 100
"""Lambda refuses a reservation that leaves fewer (AWS Lambda, "Configuring reserved concurrency for a function")."""

NEW_ACCOUNT = 10
"""Executions of an account that AWS has not raised yet (AWS Lambda, "Lambda quotas"); none of them can be reserved."""

FRONT = 2
"""Executions that have to be left for Twilio: a webhook, which asks the customer lookup.

Two webhooks at once find room as long as no schedule runs, and Twilio tries again where one finds none.
What queues and schedules run asks the lookup too, for milliseconds and at most once a minute for a sender; that is not
added up, and what finds no room comes again by itself.
"""

type Value = Callable[[str, str], str]
"""The value of a parameter, by the stack's folder and its name; "" where it is not known."""


@dataclass(frozen=True)
class Demand:
    """What an environment may run at the same time.

    Attributes:
        reserved: executions kept for one function each, by the function's name.
        background: the most that queues and schedules run at once of what nobody has reserved.
    """

    reserved: Mapping[str, int]
    background: int

    @property
    def unreserved(self) -> int:
        """Executions that have to be left after reservations: for background and front, and what Lambda insists on."""
        needed = self.background + FRONT
        return max(needed, NEVER_RESERVED) if self.reserved else needed

    @property
    def all(self) -> int:
        """The executions that the account needs for this environment."""
        return sum(self.reserved.values()) + self.unreserved


def demand(value: Value) -> Demand:
    """The demand of an environment whose parameters have these values; a value that is no number counts as 0."""
    reserved, background = dict[str, int](), 0
    for folder, resource in _resources():
        match resource:
            case {
                "Type": "AWS::Lambda::Function",
                "Properties": {"FunctionName": name, "ReservedConcurrentExecutions": limit},
            }:
                if kept := _number(value, folder, limit["Fn::If"][1]):
                    reserved[name["Fn::Sub"].replace("${EnvironmentName}", value(folder, "EnvironmentName"))] = kept
            case {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"ScalingConfig": scaling}}:
                background += _number(value, folder, scaling["MaximumConcurrency"])
            case {"Type": "AWS::Events::Rule", "Properties": {"State": state, "Targets": targets}}:
                set_to = state if isinstance(state, str) else value(folder, state["Ref"])
                background += len(targets) if set_to == "ENABLED" else 0
    return Demand(reserved, background)


def _resources() -> Iterator[tuple[str, Any]]:
    for folder in templates.STACKS:
        for resource in templates.read(folder)["Resources"].values():
            yield folder, resource


def _number(value: Value, folder: str, given: Mapping[str, str]) -> int:
    text = value(folder, given["Ref"])
    return int(text) if text.isdecimal() else 0
