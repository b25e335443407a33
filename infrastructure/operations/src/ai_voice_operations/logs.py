"""What an environment's functions and APIs have logged, from all log groups, in the order of time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_operations import log_lines, templates
from ai_voice_operations.problems import Failed, Refused

if TYPE_CHECKING:
    from types_boto3_logs import CloudWatchLogsClient
    from types_boto3_logs.type_defs import FilteredLogEventTypeDef

_LATE_SECONDS = 10
"""How much later CloudWatch may show an event than it happened; each look reads so far back."""


def groups(environment: str, service: str = "") -> dict[str, str]:
    """Log groups, each with its name in a line: those of one service (by its stack's or function's name), or all.

    Raises Refused for a service that does not exist.
    """
    found: dict[str, str] = {}
    known: dict[str, set[str]] = {}
    for folder in templates.STACKS:
        for resource in templates.read(folder)["Resources"].values():
            if resource["Type"] == "AWS::Logs::LogGroup":
                group = resource["Properties"]["LogGroupName"]["Fn::Sub"].replace("${EnvironmentName}", environment)
                found[group] = group.partition(f"ai-voice-tool-{environment}-")[2]
                known.setdefault(folder, set()).add(group)
                known.setdefault(found[group], set()).add(group)
    if service and service not in known:
        raise Refused(f"There is no service {service}: pass one of {', '.join(sorted(known))}.")
    return {group: name for group, name in found.items() if not service or group in known[service]}


@dataclass
class Logs:
    """Reads log groups; `groups` has each with its name."""

    client: "CloudWatchLogsClient"
    groups: dict[str, str]
    say: Callable[[str], None]
    containing: str = ""
    clock: Callable[[], float] = field(default=time.time)
    sleep: Callable[[float], None] = field(default=time.sleep)
    _told: dict[str, int] = field(default_factory=dict)

    def show(self, since_seconds: int) -> None:
        """Tells what was logged in the last seconds; raises Failed if no log group exists."""
        self._tell(int((self.clock() - since_seconds) * 1000))

    def follow(self, since_seconds: int, poll_seconds: float = 2.0) -> None:
        """Like `show`, and then everything new, for ever."""
        start = self.clock() - since_seconds
        while True:
            begun = self.clock()
            self._tell(int(start * 1000))
            start = max(start, begun - _LATE_SECONDS)
            self._told = {event: at for event, at in self._told.items() if at >= int(start * 1000)}
            self.sleep(poll_seconds)

    def _tell(self, start: int) -> None:
        found = [(event["timestamp"], name, event) for name, event in self._events(start)]
        for at, name, event in sorted(found, key=lambda one: one[0]):
            if (known := _id(event)) in self._told:
                continue
            self._told[known] = at
            line = log_lines.line(name, at, event["message"])
            if line is not None:
                self.say(line)

    def _events(self, start: int) -> "Iterator[tuple[str, FilteredLogEventTypeDef]]":
        missing = 0
        for group, name in self.groups.items():
            try:
                for event in self._of_group(group, start):
                    yield name, event
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != "ResourceNotFoundException":
                    raise
                missing += 1
        if missing == len(self.groups):
            raise Failed("There are no such logs yet: `make outputs` shows what is deployed.")

    def _of_group(self, group: str, start: int) -> "Iterator[FilteredLogEventTypeDef]":
        request: dict[str, Any] = {"logGroupName": group, "startTime": start}
        if self.containing:
            request["filterPattern"] = f'"{self.containing}"'
        for page in self.client.get_paginator("filter_log_events").paginate(**request):
            yield from (event for event in page["events"] if self.containing in event["message"])


def _id(event: "FilteredLogEventTypeDef") -> str:
    """The event's id; the embedded AWS gives none."""
    return event.get("eventId") or f"{event['logStreamName']} {event['timestamp']} {event['message']}"
