"""How an environment is deleted: stacks in reverse order. Data stay, unless the operator wants them deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ai_voice_operations import templates
from ai_voice_operations.data_holders import DataHolders, Holder
from ai_voice_operations.deploying.stack_events import GONE, StackEvents
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal

if TYPE_CHECKING:
    from types_boto3_cloudformation.type_defs import StackTypeDef


@dataclass(frozen=True)
class Destruction:
    """The end of an environment.

    Attributes:
        data: whether buckets, tables, queues, secrets and images are deleted, too.
    """

    environment: str
    terminal: Terminal
    events: StackEvents
    holders: DataHolders
    data: bool = False

    def destroy(self) -> None:
        """Deletes the stacks, and the data if the operator wants that.

        Raises:
            Refused: deletion protection is on; nothing was changed.
            Failed: the operator said no, or a resource cannot be deleted.
        """
        stacks = [stack for folder in reversed(templates.STACKS) if (stack := self._stack(folder))]
        kept = self.holders.existing()
        if not stacks and not (kept and self.data):
            self.terminal.say(f"Nothing of {self.environment} is deployed.")
            self._tell(kept, "kept")
            return
        self._refuse_protected(stacks, kept)
        self._agree(stacks, kept)
        for stack in stacks:
            self._delete(stack)
        if self.data:
            self._delete_data(kept)
        else:
            self._tell(kept, "kept")

    def _stack(self, folder: str) -> "StackTypeDef | None":
        return self.events.stack(templates.stack_name(folder, self.environment))

    def _refuse_protected(self, stacks: "Sequence[StackTypeDef]", kept: Sequence[Holder]) -> None:
        for stack in stacks:
            if stack.get("EnableTerminationProtection"):
                lift = "aws cloudformation update-termination-protection --no-enable-termination-protection"
                raise Refused(
                    f"{stack['StackName']} is protected: `{lift} --stack-name {stack['StackName']}` lifts it."
                )
        for holder in kept if self.data else ():
            if self.holders.protected(holder):
                lift = f"aws dynamodb update-table --table-name {holder.name} --no-deletion-protection-enabled"
                raise Refused(f"{holder} is protected against deletion: `{lift}` lifts it. Nothing was changed.")

    def _agree(self, stacks: "Sequence[StackTypeDef]", kept: Sequence[Holder]) -> None:
        for stack in stacks:
            self.terminal.say(f"    deleted  {stack['StackName']}")
        self._tell(kept, "DELETED WITH ALL IT HOLDS" if self.data else "kept")
        what = "These stacks and all data" if self.data else "These stacks"
        if not self.terminal.types(self.environment, f"{what} of {self.environment} will be deleted."):
            raise Failed("Nothing was changed.")

    def _delete(self, stack: "StackTypeDef") -> None:
        name, stack_id = stack["StackName"], stack["StackId"]
        self.terminal.say(f"{name}: deleting")
        seen = self.events.seen(stack_id)
        self.events.client.delete_stack(StackName=name)
        if self.events.follow(stack_id, seen) != GONE:
            raise Failed(f"{name} is still there: run the same command again.")

    def _delete_data(self, kept: Sequence[Holder]) -> None:
        for holder in kept:
            if self.holders.identifier(holder):  # it may have been deleted with its stack
                self.holders.delete(holder)
            self.terminal.say(f"    deleted  {holder}")

    def _tell(self, kept: Sequence[Holder], verb: str) -> None:
        for holder in kept:
            self.terminal.say(f"    {verb}  {holder}")
