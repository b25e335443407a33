"""What of an environment is in the account already, and would prevent that a stack is created."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_operations import data_holders, templates
from ai_voice_operations.account import Account, config
from ai_voice_operations.data_holders import DataHolders, Holder
from ai_voice_operations.deploying import stack_states
from ai_voice_operations.doctor.finding import Finding, fail, ok

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

_NAMED_BY = {"AWS::Lambda::Function": "FunctionName", "AWS::Logs::LogGroup": "LogGroupName"}
_DELETES = {
    "AWS::Lambda::Function": "aws lambda delete-function --function-name {}",
    "AWS::Logs::LogGroup": "aws logs delete-log-group --log-group-name {}",
}
"""Of what holds no data: CloudFormation creates nothing under a name that is taken."""

_AGAIN = "then run this again"


@dataclass(frozen=True)
class Leftovers:
    """What exists of an environment."""

    account: Account
    cloudformation: "CloudFormationClient"
    holders: DataHolders

    def findings(self, folder: str) -> Iterator[Finding]:
        """What an operator should know of one stack and of all that its template names."""
        name = templates.stack_name(folder, self.account.environment)
        status = self._status(name)
        owned = self._owned(name) if status else set[str]()
        if status == stack_states.LEFT_BY_AN_IMPORT and not owned:
            yield stack_states.owns_nothing(name)
        else:
            yield stack_states.finding(name, status) if status else ok(f"stack {name}: not there yet")
        if stack_states.in_work(status):  # what belongs to it is not decided yet
            return
        created = status in {"", stack_states.EMPTY} | stack_states.NEVER_CREATED
        for holder in data_holders.declared(self.account, (folder,)):
            if holder.logical_id not in owned:
                yield from self._holder(holder, taken_up=created)
        for kind, taken in self._names(folder, owned):
            yield fail(f"{kind} {taken} is there and no stack owns it", f"`{_DELETES[kind].format(taken)}`, {_AGAIN}")

    def _status(self, name: str) -> str:
        try:
            return str(self.cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"])
        except ClientError as error:
            if "does not exist" in str(error):
                return ""
            raise

    def _owned(self, name: str) -> set[str]:
        """The logical ids of what the stack has."""
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
        resources = [one for page in pages for one in page["StackResourceSummaries"]]
        gone = {"DELETE_COMPLETE", "CREATE_FAILED"}
        return {one["LogicalResourceId"] for one in resources if one["ResourceStatus"] not in gone}

    def _holder(self, holder: Holder, *, taken_up: bool) -> Iterator[Finding]:
        """What holds data is used by a new stack again; its state has to allow that."""
        try:
            there = self.holders.state(holder)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in {"403", "AccessDenied"}:
                raise
            yield fail(f"{holder}: the name is another account's, or you may not look at it", "ask who has it")
            return
        if there == "scheduled for deletion":
            remedy = f"`aws secretsmanager restore-secret --secret-id {holder.name}`, {_AGAIN}"
            yield fail(f"{holder} is scheduled for deletion, and its name stays taken until then", remedy)
        elif there == "being deleted":
            remedy = f"`aws dynamodb wait table-not-exists --table-name {holder.name}`, {_AGAIN}"
            yield fail(f"{holder} is being deleted", remedy)
        elif there and taken_up:
            yield ok(f"{holder} is there, and is taken up")
        elif there:
            yield fail(f"{holder} is there, and its stack does not own it", f"save what it holds, delete it, {_AGAIN}")

    def _names(self, folder: str, owned: set[str]) -> Iterator[tuple[str, str]]:
        """The types and names of functions and logs that exist, but do not belong to the stack."""
        for logical_id, resource in templates.read(folder)["Resources"].items():
            kind = resource["Type"]
            if kind in _NAMED_BY and logical_id not in owned:
                name = data_holders.filled(resource["Properties"][_NAMED_BY[kind]], self.account)
                if self._there()[kind](name):
                    yield kind, name

    def _there(self) -> Mapping[str, Callable[[str], bool]]:
        return {"AWS::Lambda::Function": self._function, "AWS::Logs::LogGroup": self._log_group}

    def _function(self, name: str) -> bool:
        client = self._client("lambda")
        try:
            client.get_function_configuration(FunctionName=name)
        except client.exceptions.ResourceNotFoundException:
            return False
        return True

    def _log_group(self, name: str) -> bool:
        groups = self._client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        return any(group["logGroupName"] == name for group in groups)

    def _client(self, service: Any) -> Any:
        return self.account.session.client(service, config=config())
