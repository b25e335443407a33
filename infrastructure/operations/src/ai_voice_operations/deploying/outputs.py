"""Where everything of an environment is: what its stacks tell."""

import json
from collections.abc import Callable, Mapping

from ai_voice_operations import templates
from ai_voice_operations.deploying.stack_events import StackEvents
from ai_voice_operations.problems import Failed


def read(events: StackEvents, environment: str) -> dict[str, dict[str, str]]:
    """The outputs of all stacks that are there, by folder."""
    found: dict[str, dict[str, str]] = {}
    for folder in templates.STACKS:
        if stack := events.stack(templates.stack_name(folder, environment)):
            found[folder] = {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
    return found


def show(
    found: Mapping[str, Mapping[str, str]], environment: str, say: Callable[[str], None], *, as_json: bool
) -> None:
    """Tells them as a table or as JSON; raises Failed when no stack is there."""
    if not found:
        raise Failed(f"Nothing of {environment} is deployed: run `make deploy-infra ENV={environment}`.")
    if as_json:
        say(json.dumps(found))
        return
    rows = [(folder, name, value) for folder, outputs in found.items() for name, value in outputs.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for folder, name, value in rows:
        say(f"{folder:<{widths[0]}}  {name:<{widths[1]}}  {value}")
    for folder in templates.STACKS:
        if folder not in found:
            say(f"{folder:<{widths[0]}}  (not deployed)")
