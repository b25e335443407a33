"""What a deployment would change in a stack, according to CloudFormation, before anything is changed."""

import json
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_operations.deploying.stack_events import validation
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.templates import Template

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_cloudformation.type_defs import ResourceChangeTypeDef, ResourceToImportTypeDef

HOLDS_DATA = frozenset(
    {
        "AWS::DynamoDB::Table",
        "AWS::ECR::Repository",
        "AWS::S3::Bucket",
        "AWS::SecretsManager::Secret",
        "AWS::SQS::Queue",
    }
)
"""Types of resources whose loss nothing here could make good."""

TEMPLATE_BYTES = 51_200
"""The longest template that goes into a request (CloudFormation, "Quotas")."""

_NO_CHANGES = ("didn't contain changes", "No updates are to be performed")
_VERBS = {"Add": "added", "Remove": "removed", "Import": "taken up again", "Dynamic": "changed, or not"}
_REPLACED = {"True": "replaced", "Conditional": "replaced, perhaps"}


@dataclass(frozen=True)
class Change:
    """What happens to one resource.

    Attributes:
        verb: added, changed, replaced (perhaps), removed, taken up again.
        because: the properties that change.
    """

    verb: str
    logical_id: str
    kind: str
    because: tuple[str, ...] = ()

    @property
    def endangers_data(self) -> bool:
        """Whether something that holds data would be removed, or replaced by an empty one."""
        return self.kind in HOLDS_DATA and (self.verb == "removed" or self.verb.startswith("replaced"))

    def __str__(self) -> str:
        reasons = f": {', '.join(self.because)}" if self.because else ""
        return f"{self.verb:<15} {self.logical_id} ({self.kind}){reasons}"


@dataclass(frozen=True)
class ChangeSet:
    """Changes that CloudFormation can make.

    Attributes:
        arn: the change set's own name, which is never used again.
        creates: whether the stack does not exist yet.
    """

    arn: str
    stack: str
    changes: tuple[Change, ...]
    creates: bool


@dataclass(frozen=True)
class ChangeSets:
    """Makes, executes and discards change sets."""

    client: "CloudFormationClient"
    sleep: Callable[[float], None] = field(default=time.sleep)
    poll_seconds: float = 2.0

    def prepare(
        self,
        stack: str,
        template: Template,
        parameters: Mapping[str, str],
        *,
        kind: str,
        imports: Sequence["ResourceToImportTypeDef"] = (),
    ) -> ChangeSet | None:
        """What the template would change in the stack; None if nothing.

        Args:
            stack: its name.
            template: its new template.
            parameters: all parameters that are set.
            kind: CREATE, UPDATE or IMPORT.
            imports: for IMPORT, the resources that exist already.

        Raises:
            Refused: CloudFormation does not take the template or its parameters.
            Failed: CloudFormation takes them, but finds that they cannot be executed.
        """
        arn = self._create(stack, template, parameters, kind, imports)
        status, reason, changes = self._described(arn)
        found = ChangeSet(arn, stack, changes, creates=kind != "UPDATE")
        if status == "CREATE_COMPLETE":
            return found
        reason = validation(self.client, ChangeSetName=arn) if "DescribeEvents" in reason else reason
        self.discard(found)
        if any(sentence in reason for sentence in _NO_CHANGES):
            return None
        raise Failed(f"CloudFormation cannot change {stack}: {reason}")

    def execute(self, change_set: ChangeSet) -> None:
        """Starts the changes. After a failed creation, empty resources are deleted, so that their names are free."""
        if any(change.verb == _VERBS["Import"] for change in change_set.changes):
            self.client.execute_change_set(ChangeSetName=change_set.arn)
        else:
            self.client.execute_change_set(ChangeSetName=change_set.arn, RetainExceptOnCreate=True)

    def discard(self, change_set: ChangeSet) -> None:
        """Discards the changes, and the empty stack that CloudFormation made for a new one.

        Somebody else may have created the stack while a question was open, so its status decides.
        """
        self.client.delete_change_set(ChangeSetName=change_set.arn)
        if change_set.creates:
            stacks = self.client.describe_stacks(StackName=change_set.stack)["Stacks"]
            if stacks[0]["StackStatus"] == "REVIEW_IN_PROGRESS":
                self.client.delete_stack(StackName=change_set.stack)

    def _create(
        self,
        stack: str,
        template: Template,
        parameters: Mapping[str, str],
        kind: str,
        imports: Sequence["ResourceToImportTypeDef"],
    ) -> str:
        request: Any = {
            "StackName": stack,
            "ChangeSetName": f"deploy-{uuid.uuid4().hex}",
            "ChangeSetType": kind,
            "TemplateBody": _body(stack, template),
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
        }
        if imports:
            request["ResourcesToImport"] = list(imports)
        try:
            return self.client.create_change_set(**request)["Id"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ValidationError":
                raise Refused(f"CloudFormation does not take {stack}: {error.response['Error']['Message']}") from None
            raise

    def _described(self, arn: str) -> tuple[str, str, tuple[Change, ...]]:
        """Status, its reason and all changes, when CloudFormation has found them out."""
        changes: list[Change] = []
        request: Any = {"ChangeSetName": arn}
        while True:
            page = self.client.describe_change_set(**request)
            if page["Status"] in {"CREATE_PENDING", "CREATE_IN_PROGRESS"}:
                self.sleep(self.poll_seconds)
                continue
            changes += [_change(one["ResourceChange"]) for one in page.get("Changes", []) if "ResourceChange" in one]
            if "NextToken" not in page:
                ready = page["Status"] if page["ExecutionStatus"] == "AVAILABLE" else "FAILED"
                return ready, page.get("StatusReason", ""), tuple(changes)
            request["NextToken"] = page["NextToken"]


def _change(given: "ResourceChangeTypeDef") -> Change:
    targets = (detail.get("Target", {}) for detail in given.get("Details", []))
    because = {target.get("Name") or target.get("Attribute", "") for target in targets}
    verb = _VERBS.get(given["Action"], "changed")
    if given["Action"] == "Modify":
        verb = _REPLACED.get(given.get("Replacement", ""), "changed")
    return Change(verb, given["LogicalResourceId"], given["ResourceType"], tuple(sorted(because - {""})))


def _body(stack: str, template: Template) -> str:
    body = json.dumps(template, separators=(",", ":"), ensure_ascii=False)
    if len(body.encode()) > TEMPLATE_BYTES:
        raise Refused(f"The template of {stack} is longer than {TEMPLATE_BYTES} bytes: split the stack.")
    return body
