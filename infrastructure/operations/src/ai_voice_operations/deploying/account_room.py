"""Whether an account has room for an environment's functions, and whether these credentials may push its images."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ai_voice_operations.account import Account, config
from ai_voice_operations.deploying.concurrency import NEVER_RESERVED, Demand, demand
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn

_RAISE = (
    "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 "
    "--desired-value 1000"
)
"""Of "Concurrent executions" (AWS Service Quotas, AWS Lambda)."""

_LOG_IN = "ecr:GetAuthorizationToken"
_PUSH = (
    "ecr:DescribeImages",
    "ecr:BatchCheckLayerAvailability",
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
    "ecr:GetRepositoryPolicy",
    "ecr:SetRepositoryPolicy",
)
"""What a push calls, and what lets Lambda have the image (Amazon ECR, "IAM permissions for pushing an image"; AWS
Lambda, "Create a Lambda function using a container image")."""

_NOT_TOLD = {"AccessDenied", "AccessDeniedException", "NoSuchEntity"}


@dataclass(frozen=True)
class AccountRoom:
    """An account before an environment is deployed into it. This only reads."""

    account: Account

    def concurrency(self) -> Iterator[Finding]:
        """Whether Lambda accepts the reservations, and whether the rest is enough."""
        client, needs = self._client("lambda"), demand(self.account.parameters.effective)
        limits = client.get_account_settings()["AccountLimit"]
        left = limits["UnreservedConcurrentExecutions"] + sum(self._kept(client, name) for name in needs.reserved)
        left -= sum(needs.reserved.values())
        told = f"Lambda runs {limits['ConcurrentExecutions']} functions at once in this account"
        if needs.reserved and left < NEVER_RESERVED:
            yield fail(f"{told}, and {_short(needs, self.account.environment)}", self._way_out())
        elif left < needs.unreserved:
            yield warn(f"{told}, and up to {needs.all} are wanted: some will wait", f"`{_RAISE}`")
        else:
            yield ok(f"{told}, {needs.all} are wanted")

    def _way_out(self) -> str:
        file = f"{self.account.environment}.json"
        return f'`{_RAISE}`, or set each ReservedConcurrency to "0" in {file} until AWS has granted it'

    def permissions(self, services: Sequence[str]) -> Iterator[Finding]:
        """Whether images can be pushed into the repositories of these services."""
        source = self._asks_as()
        if not source:
            yield ok("permissions in ECR: the account's own user may do everything")
            return
        start = f"arn:aws:ecr:{self.account.region}:{self.account.account_id}:repository/ai-voice-tool-"
        repositories = [f"{start}{self.account.environment}-{service}" for service in services]
        try:
            denied = [*self._denied(source, [_LOG_IN], ["*"]), *self._denied(source, _PUSH, repositories)]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _NOT_TOLD:
                raise
            yield ok("permissions in ECR: not looked at, since these credentials may not simulate policies")
            return
        if denied:
            yield fail(
                f"these credentials may not push images: {', '.join(denied)}",
                "have them allowed, or run `make push` with credentials that have them",
            )
        else:
            yield ok("permissions in ECR: these credentials may push images")

    def _kept(self, client: Any, function: str) -> int:
        """The executions that an earlier deployment reserved for the function; they are part of the same sum."""
        try:
            return int(client.get_function_concurrency(FunctionName=function).get("ReservedConcurrentExecutions", 0))
        except client.exceptions.ResourceNotFoundException:
            return 0

    def _asks_as(self) -> str:
        """The user or role whose policies count; "" for the root user, who has none."""
        arn: str = self._client("sts").get_caller_identity()["Arn"]
        kind, _, rest = arn.rpartition(":")[2].partition("/")
        if kind != "assumed-role":
            return "" if kind == "root" else arn
        role = self._client("iam").get_role(RoleName=rest.partition("/")[0])["Role"]  # its ARN may have a path
        return str(role["Arn"])

    def _denied(self, source: str, actions: Sequence[str], resources: Sequence[str]) -> list[str]:
        """The refused actions. A policy whose condition cannot be known before counts as refusing nothing."""
        pages = self._client("iam").get_paginator("simulate_principal_policy")
        answers = pages.paginate(PolicySourceArn=source, ActionNames=list(actions), ResourceArns=list(resources))
        results = [one for page in answers for one in page["EvaluationResults"]]
        refused = {
            one["EvalActionName"]
            for one in results
            if one["EvalDecision"] != "allowed" and not one.get("MissingContextValues")
        }
        return sorted(refused)

    def _client(self, service: Any) -> Any:
        return self.account.session.client(service, config=config())


def _short(needs: Demand, environment: str) -> str:
    reserved = sum(needs.reserved.values())
    return f"{environment} reserves {reserved} of them, while {NEVER_RESERVED} have to stay unreserved"
