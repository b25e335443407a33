"""Where everything of an environment is: the outputs of its stacks."""

import json
from collections.abc import Mapping

from ai_voice_operations import templates
from ai_voice_operations.deploying.stack_events import StackEvents
from ai_voice_operations.problems import Failed
from ai_voice_operations.terminal import Terminal


def read(events: StackEvents, environment: str) -> dict[str, dict[str, str]]:
    """The outputs of all stacks that exist, by folder."""
    found: dict[str, dict[str, str]] = {}
    for folder in templates.STACKS:
        if stack := events.stack(templates.stack_name(folder, environment)):
            found[folder] = {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
    return found


def show(found: Mapping[str, Mapping[str, str]], environment: str, terminal: Terminal, *, as_json: bool) -> None:
    """Shows them as a table or as JSON; raises Failed if no stack exists."""
    if not found:
        raise Failed(f"Nothing of {environment} is deployed: run `make deploy-infra ENV={environment}`.")
    if as_json:
        terminal.say(json.dumps(found))
        return
    rows = [(folder, name, value) for folder, outputs in found.items() for name, value in outputs.items()]
    rows += [(folder, "(not deployed)", "") for folder in templates.STACKS if folder not in found]
    terminal.table(("Stack", "Output", "Value"), rows)
