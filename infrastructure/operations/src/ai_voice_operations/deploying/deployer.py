"""How one stack is brought up to its template: shows the changes, asks, makes them, and follows them to the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ai_voice_operations import templates
from ai_voice_operations.data_holders import DataHolders, Holder
from ai_voice_operations.deploying.change_sets import Change, ChangeSet, ChangeSets
from ai_voice_operations.deploying.stack_events import StackEvents
from ai_voice_operations.deploying.stack_states import NEVER_CREATED
from ai_voice_operations.problems import Failed
from ai_voice_operations.templates import Template
from ai_voice_operations.terminal import Terminal

if TYPE_CHECKING:
    from types_boto3_cloudformation.type_defs import ResourceToImportTypeDef, StackTypeDef

type Transform = Callable[[str, Template], Template]
"""What becomes of a folder's template before it is deployed."""


def as_it_is(_folder: str, template: Template) -> Template:
    """The template as is in its folder."""
    return template


@dataclass(frozen=True)
class Deployer:
    """The stacks of one environment.

    Attributes:
        only_show: whether only to show what would change.
        transform: changes each template before it is used.
    """

    environment: str
    terminal: Terminal
    change_sets: ChangeSets
    events: StackEvents
    holders: DataHolders
    only_show: bool = False
    transform: Transform = as_it_is

    def deploy(self, folder: str, parameters: Mapping[str, str]) -> None:
        """Brings the stack up to its template and these parameters; does nothing if the stack has them already.

        Raises:
            Refused: CloudFormation does not take it; nothing was changed.
            Failed: the operator said no, or a resource failed.
        """
        name = templates.stack_name(folder, self.environment)
        template = self.transform(folder, templates.read(folder))
        stack = self._usable(name)
        kept = [] if stack else self.holders.existing((folder,))
        if stack is None and self.only_show:
            self._tell_new(name, template, kept)
            return
        if kept:
            self._take_up_again(name, template, parameters, kept)
            stack = self.events.stack(name)
        change_set = self._prepared(name, template, parameters, "UPDATE" if stack else "CREATE")
        if change_set:
            self._tell(change_set, _changed_parameters(stack, template, parameters))
            self._make(change_set)

    def _prepared(self, name: str, template: Template, parameters: Mapping[str, str], kind: str) -> ChangeSet | None:
        try:
            change_set = self.change_sets.prepare(name, template, parameters, kind=kind)
        except Failed as failed:
            if not self.only_show:
                raise
            self.terminal.say(f"{name}: cannot be shown before the earlier stacks are deployed ({failed})")
            return None
        if change_set is None:
            self.terminal.say(f"{name}: nothing to change")
        return change_set

    def _usable(self, name: str) -> "StackTypeDef | None":
        """The stack, when nobody works on it any more; None if it has to be created."""
        stack = self.events.stack(name)
        if stack and stack["StackStatus"].endswith("_IN_PROGRESS"):
            self.terminal.say(f"{name}: is in {stack['StackStatus']}, waiting")
            self.events.follow(stack["StackId"], self.events.seen(name))
            stack = self.events.stack(name)
        if stack and stack["StackStatus"] in NEVER_CREATED:
            self.terminal.say(f"{name}: was never created whole ({stack['StackStatus']})")
            if self.only_show:
                return None
            self._delete(name, stack["StackId"])
            return None
        return stack

    def _delete(self, name: str, stack_id: str) -> None:
        if not self.terminal.agrees(f"Delete what is left of {name}, and create it again?"):
            raise Failed(f"{name} was left as it is.")
        seen = self.events.seen(stack_id)
        self.change_sets.client.delete_stack(StackName=name)
        self.events.follow(stack_id, seen)

    def _tell_new(self, name: str, template: Template, kept: list[Holder]) -> None:
        """Shows a new stack without a change set: CloudFormation refuses one while a stack's exports are missing."""
        self.terminal.say(f"{name}: would be created")
        again = {holder.logical_id for holder in kept}
        for logical_id, resource in template["Resources"].items():
            verb = "taken up again" if logical_id in again else "added"
            self.terminal.say(f"    {Change(verb, logical_id, resource['Type'])}")

    def _take_up_again(self, name: str, template: Template, parameters: Mapping[str, str], kept: list[Holder]) -> None:
        """Makes a stack from what an earlier one has kept: CloudFormation creates nothing if the name is taken."""
        imports: list[ResourceToImportTypeDef] = [
            {
                "ResourceType": holder.kind,
                "LogicalResourceId": holder.logical_id,
                "ResourceIdentifier": self.holders.identifier(holder) or {},
            }
            for holder in kept
        ]
        logical_ids = {holder.logical_id for holder in kept}
        part = {key: value for key, value in template.items() if key not in {"Outputs", "Resources"}}
        part["Resources"] = {key: value for key, value in template["Resources"].items() if key in logical_ids}
        change_set = self.change_sets.prepare(name, part, parameters, kind="IMPORT", imports=imports)
        if change_set is None:
            raise Failed(f"CloudFormation does not take up what {name} has kept.")
        self._tell(change_set, [])
        self._make(change_set)

    def _tell(self, change_set: ChangeSet, parameters: list[str]) -> None:
        self.terminal.say(f"{change_set.stack}: would be {'created' if change_set.creates else 'changed'}")
        for line in parameters:
            self.terminal.say(f"    parameter       {line}")
        for change in change_set.changes:
            self.terminal.say(f"    {change}")
        if not change_set.changes:
            self.terminal.say("    outputs only")

    def _make(self, change_set: ChangeSet) -> None:
        agreed = False
        try:
            agreed = not self.only_show and self._agreed(change_set)
        finally:
            if not agreed:
                self.change_sets.discard(change_set)
        if self.only_show:
            return
        if not agreed:
            raise Failed(f"{change_set.stack} was left as it is, and so was what comes after it.")
        seen = self.events.seen(change_set.stack)
        self.change_sets.execute(change_set)
        self.events.follow(change_set.stack, seen)
        self.terminal.say(f"{change_set.stack}: done")

    def _agreed(self, change_set: ChangeSet) -> bool:
        endangered = [change for change in change_set.changes if change.endangers_data]
        if not endangered:
            return self.terminal.agrees(f"Change {change_set.stack}?")
        for change in endangered:
            self.terminal.say(f"    THIS HOLDS DATA  {change}")
        return self.terminal.types(self.environment, f"Data of {self.environment} would be out of reach.")


def _changed_parameters(stack: "StackTypeDef | None", template: Template, parameters: Mapping[str, str]) -> list[str]:
    """The changed parameters; one that is not set any more gets its default again."""
    declared = template.get("Parameters", {})
    after = {name: str(parameter.get("Default", "")) for name, parameter in declared.items()} | dict(parameters)
    given = stack.get("Parameters", []) if stack else []
    before = {one["ParameterKey"]: one.get("ParameterValue", "") for one in given}
    return [
        f"{name}: {value} → {after[name]}" for name, value in sorted(before.items()) if after.get(name, value) != value
    ]
