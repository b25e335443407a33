"""Before anything is changed, an operator reads what would make the deployment fail, and the command that helps."""

import re
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from support.account import Account
from support.aws_answers import AwsAnswers, refused

from ai_voice_operations import templates, wiring
from ai_voice_operations.account import Account as Where
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused
from ai_voice_operations.terminal import Terminal

QUOTA = "`aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384"
READS = re.compile(r"[\w-]+\.(Describe|Get|List|Head|Simulate)\w+")


@pytest.fixture(autouse=True)
def _account(account: Account) -> None:
    """An empty account in process; what it cannot be in is answered in its place."""


@dataclass
class Desk:
    """An environment in an account that answers as a test wants."""

    environment: str = "prod"
    aws: AwsAnswers = field(default_factory=AwsAnswers)
    stacks: dict[str, str] = field(default_factory=dict)
    owned: dict[str, list[str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits(1000)
        self.aws.operations |= {
            "cloudformation.DescribeStacks": self._stack,
            "cloudformation.ListStackResources": self._resources,
            "lambda.GetFunctionConcurrency": lambda _given: refused("ResourceNotFoundException", status=404),
            "sts.GetCallerIdentity": lambda _given: {"Arn": "arn:aws:iam::123456789012:user/operator"},
            "iam.SimulatePrincipalPolicy": self.allowed(),
        }

    def limits(self, executions: int, unreserved: int | None = None) -> None:
        """What Lambda tells of the account."""
        told = {"ConcurrentExecutions": executions, "UnreservedConcurrentExecutions": unreserved or executions}
        self.aws.operations["lambda.GetAccountSettings"] = lambda _given: {"AccountLimit": told}

    def allowed(self, *denied: str, missing: str = "") -> Any:
        """What IAM tells of actions."""

        def simulated(given: dict[str, Any]) -> dict[str, Any]:
            results = [
                {
                    "EvalActionName": action,
                    "EvalDecision": "implicitDeny" if action in denied else "allowed",
                    "MissingContextValues": [missing] if missing else [],
                }
                for action in given["ActionNames"]
            ]
            return {"EvaluationResults": results, "IsTruncated": False}

        return simulated

    def check(self, *folders: str, pushed: tuple[str, ...] = (), only_show: bool = False) -> list[str]:
        """What an operator is told about the deployment of these stacks."""
        where = Where(Parameters.read(self.environment), self.aws.session(), "123456789012", "eu-west-1")
        terminal = Terminal(say=self.told.append, pretty=False)
        wiring.preflight(where, terminal).check(folders, pushed, only_show=only_show)
        return self.told

    def refuses(self, *folders: str, pushed: tuple[str, ...] = ()) -> str:
        """The one line that says why a deployment is refused."""
        with pytest.raises(Refused, match="Nothing was changed"):
            self.check(*folders, pushed=pushed)
        (line,) = [line for line in self.told if line.startswith("FAIL")]
        return line

    def name(self, folder: str) -> str:
        return templates.stack_name(folder, self.environment)

    def _stack(self, given: dict[str, Any]) -> dict[str, Any]:
        states = {self.name(folder): status for folder, status in self.stacks.items()}
        if given["StackName"] not in states:
            return refused("ValidationError", f"Stack with id {given['StackName']} does not exist")
        return {"Stacks": [{"StackName": given["StackName"], "StackStatus": states[given["StackName"]]}]}

    def _resources(self, given: dict[str, Any]) -> dict[str, Any]:
        owned = {self.name(folder): resources for folder, resources in self.owned.items()}
        summaries = [
            {"LogicalResourceId": one, "ResourceStatus": "CREATE_COMPLETE"} for one in owned.get(given["StackName"], [])
        ]
        return {"StackResourceSummaries": summaries}


def test_an_empty_account_with_room_is_told_nothing_and_nothing_is_changed() -> None:
    desk = Desk()
    assert desk.check(*templates.STACKS, pushed=("webhook-handler",)) == []
    assert [operation for operation in desk.aws.asked if not READS.fullmatch(operation)] == []


def test_a_plan_shows_what_was_looked_at_and_goes_on_whatever_was_found() -> None:
    desk = Desk()
    desk.limits(10)
    told = desk.check(*templates.STACKS, only_show=True)
    assert "ok    stack ai-voice-tool-prod-shared: not there yet" in told
    assert [line for line in told if line.startswith("FAIL  Lambda runs 10 functions at once in this account")]


def test_prod_in_a_new_account_is_refused_before_the_first_stack_with_the_two_ways_out() -> None:
    desk = Desk()
    desk.limits(10)
    line = desk.refuses(*templates.STACKS)
    assert "prod reserves 80 of them, while 100 have to stay unreserved" in line
    assert QUOTA in line
    assert 'set each ReservedConcurrency to "0" in prod.json' in line


def test_what_others_have_reserved_counts_and_what_this_environment_has_reserved_does_not_count_twice() -> None:
    crowded = Desk()
    crowded.limits(1000, unreserved=179)
    assert "prod reserves 80" in crowded.refuses("webhook-handler")
    again = Desk()
    again.limits(1000, unreserved=100)
    kept = {"ai-voice-tool-prod-customer-lookup-server": 40}
    again.aws.operations["lambda.GetFunctionConcurrency"] = lambda given: {
        "ReservedConcurrentExecutions": kept.get(given["FunctionName"], 20)
    }
    assert again.check("webhook-handler") == []


def test_dev_in_a_new_account_is_warned_that_what_runs_behind_may_wait() -> None:
    desk = Desk("dev")
    desk.limits(14)
    assert desk.check("webhook-handler") == []
    desk.limits(10)
    (line,) = desk.check("webhook-handler")
    assert line.startswith("warn  Lambda runs 10 functions at once in this account, and up to 14 are wanted")
    assert QUOTA in line


def test_stacks_without_functions_need_no_room() -> None:
    desk = Desk()
    desk.limits(10)
    assert desk.check("ecr", "secrets", "shared") == []


def test_credentials_that_may_not_push_are_told_what_they_lack() -> None:
    desk = Desk()
    desk.aws.operations["iam.SimulatePrincipalPolicy"] = desk.allowed("ecr:PutImage", "ecr:GetAuthorizationToken")
    line = desk.refuses("webhook-handler", pushed=("webhook-handler",))
    assert "may not push images: ecr:GetAuthorizationToken, ecr:PutImage … have them allowed" in line


def test_who_pushes_nothing_needs_no_permission_to() -> None:
    desk = Desk()
    desk.aws.operations["iam.SimulatePrincipalPolicy"] = desk.allowed("ecr:PutImage")
    assert desk.check("webhook-handler") == []


@pytest.mark.parametrize("why", ["condition", "no simulation", "root"])
def test_what_can_not_be_foreseen_refuses_nothing(why: str) -> None:
    desk = Desk()
    match why:
        case "condition":
            desk.aws.operations["iam.SimulatePrincipalPolicy"] = desk.allowed("ecr:PutImage", missing="aws:SourceIp")
        case "no simulation":
            desk.aws.operations["iam.SimulatePrincipalPolicy"] = lambda _given: refused("AccessDenied", status=403)
        case _:
            desk.aws.operations["sts.GetCallerIdentity"] = lambda _given: {"Arn": "arn:aws:iam::123456789012:root"}
    assert desk.check("webhook-handler", pushed=("webhook-handler",)) == []


def test_a_roles_policies_are_asked_for_by_its_arn_with_its_path() -> None:
    desk, asked = Desk(), list[str]()
    session = "arn:aws:sts::123456789012:assumed-role/Deployer/somebody"
    role = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/Deployer"
    simulated = desk.allowed()

    def simulate(given: dict[str, Any]) -> Any:
        asked.append(given["PolicySourceArn"])
        return simulated(given)

    desk.aws.operations |= {
        "sts.GetCallerIdentity": lambda _given: {"Arn": session},
        "iam.GetRole": lambda given: {"Role": {"Arn": role, "RoleName": given["RoleName"]}},
        "iam.SimulatePrincipalPolicy": simulate,
    }
    assert desk.check("webhook-handler", pushed=("webhook-handler",)) == []
    assert set(asked) == {role}


STUCK = {
    "UPDATE_ROLLBACK_FAILED": "`aws cloudformation continue-update-rollback --stack-name ai-voice-tool-prod-secrets`",
    "UPDATE_FAILED": "`aws cloudformation rollback-stack --stack-name ai-voice-tool-prod-secrets`",
    "DELETE_FAILED": "`aws cloudformation delete-stack --stack-name ai-voice-tool-prod-secrets`",
    "IMPORT_ROLLBACK_FAILED": "`aws cloudformation delete-stack --stack-name ai-voice-tool-prod-secrets`",
}


@pytest.mark.parametrize("status", STUCK)
def test_a_stuck_stack_is_refused_with_the_command_that_frees_it(status: str) -> None:
    line = Desk(stacks={"secrets": status}).refuses("secrets")
    assert line.startswith(f"FAIL  stack ai-voice-tool-prod-secrets: {status}: it ")
    assert STUCK[status] in line


PASSING = {
    "ROLLBACK_COMPLETE": "it was never created whole … a deployment asks, deletes it, creates it again; why: "
    "`aws cloudformation describe-stack-events --stack-name ai-voice-tool-prod-secrets`",
    "ROLLBACK_FAILED": "it was never created whole …",
    "CREATE_FAILED": "it was never created whole …",
    "REVIEW_IN_PROGRESS": "it is empty … a deployment uses it; or "
    "`aws cloudformation delete-stack --stack-name ai-voice-tool-prod-secrets`",
    "UPDATE_IN_PROGRESS": "somebody works on it … a deployment waits for the end",
    "UPDATE_ROLLBACK_COMPLETE": "its last change was rolled back … why: `aws cloudformation describe-stack-events",
}


@pytest.mark.parametrize("status", PASSING)
def test_a_stack_that_a_deployment_gets_along_with_is_told_with_a_command_and_refuses_nothing(status: str) -> None:
    (line,) = Desk(stacks={"secrets": status}).check("secrets")
    assert line.startswith(f"warn  stack ai-voice-tool-prod-secrets: {status}: ")
    assert PASSING[status] in line


def test_a_half_imported_stack_that_owns_nothing_is_told_from_one_that_was_there_before() -> None:
    new = Desk(stacks={"secrets": "IMPORT_ROLLBACK_COMPLETE"})
    line = new.refuses("secrets")
    assert "its import failed and it owns nothing" in line
    assert "`aws cloudformation delete-stack --stack-name ai-voice-tool-prod-secrets`, then run this again" in line
    older = Desk(stacks={"secrets": "IMPORT_ROLLBACK_COMPLETE"}, owned={"secrets": ["TwilioSecret", "OpenAiSecret"]})
    (told,) = older.check("secrets")
    assert told.startswith("warn  ")


def test_a_secret_that_is_scheduled_for_deletion_is_told_and_is_taken_up_once_it_is_restored() -> None:
    secrets = boto3.client("secretsmanager")
    secrets.create_secret(Name="ai-voice-tool/prod/twilio", SecretString="{}")
    secrets.delete_secret(SecretId="ai-voice-tool/prod/twilio", RecoveryWindowInDays=7)
    line = Desk().refuses("secrets")
    assert "SecretsManager ai-voice-tool/prod/twilio is scheduled for deletion" in line
    assert "`aws secretsmanager restore-secret --secret-id ai-voice-tool/prod/twilio`" in line
    secrets.restore_secret(SecretId="ai-voice-tool/prod/twilio")
    assert Desk().check("secrets") == []
    assert "ok    SecretsManager ai-voice-tool/prod/twilio is there, and is taken up" in Desk().check(
        "secrets", only_show=True
    )


def test_a_table_that_is_being_deleted_is_waited_for() -> None:
    desk = Desk()
    desk.aws.operations["dynamodb.DescribeTable"] = lambda _given: {"Table": {"TableStatus": "DELETING"}}
    assert "`aws dynamodb wait table-not-exists --table-name ai-voice-tool-prod-ledger`" in desk.refuses("shared")


def test_a_bucket_of_somebody_elses_is_told() -> None:
    desk = Desk()
    desk.aws.operations["s3.HeadBucket"] = lambda _given: refused("403", "Forbidden", status=403)
    line = desk.refuses("shared")
    assert "S3 ai-voice-tool-prod-notes-123456789012: the name is another account's" in line


@pytest.mark.parametrize("status", ["", "ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"])
def test_what_holds_data_is_taken_up_by_a_stack_that_is_created(status: str) -> None:
    boto3.client("sqs").create_queue(QueueName="ai-voice-tool-prod-notes")
    desk = Desk(stacks={"shared": status} if status else {})
    told = desk.check("shared", only_show=True)
    assert "ok    SQS ai-voice-tool-prod-notes is there, and is taken up" in told


def test_what_holds_data_beside_its_stack_is_told() -> None:
    boto3.client("ecr").create_repository(repositoryName="ai-voice-tool-prod-webhook-handler")
    owned = ["VoiceParserRepository", "CustomerLookupServerRepository", "DataApiServerRepository"]
    desk = Desk(stacks={"ecr": "CREATE_COMPLETE"}, owned={"ecr": owned})
    line = desk.refuses("ecr")
    assert "ECR ai-voice-tool-prod-webhook-handler is there, and its stack does not own it" in line
    whole = Desk(stacks={"ecr": "CREATE_COMPLETE"}, owned={"ecr": [*owned, "WebhookHandlerRepository"]})
    assert whole.check("ecr") == []


def test_logs_and_functions_that_no_stack_owns_are_told_with_the_command_that_deletes_them() -> None:
    name = "ai-voice-tool-prod-customer-lookup-server"
    boto3.client("logs").create_log_group(logGroupName=f"/aws/lambda/{name}")
    assert f"`aws logs delete-log-group --log-group-name /aws/lambda/{name}`" in Desk().refuses(
        "customer-lookup-server"
    )
    boto3.client("logs").delete_log_group(logGroupName=f"/aws/lambda/{name}")
    desk = Desk()
    desk.aws.operations["lambda.GetFunctionConfiguration"] = lambda _given: {"FunctionName": name}
    assert f"`aws lambda delete-function --function-name {name}`" in desk.refuses("customer-lookup-server")


def test_a_stack_in_work_is_not_judged_by_what_it_has_so_far() -> None:
    boto3.client("sqs").create_queue(QueueName="ai-voice-tool-prod-notes")
    (line,) = Desk(stacks={"shared": "CREATE_IN_PROGRESS"}).check("shared")
    assert line.startswith("warn  stack ai-voice-tool-prod-shared: CREATE_IN_PROGRESS: somebody works on it")


def test_who_may_not_look_may_deploy_all_the_same() -> None:
    desk = Desk()
    desk.aws.operations["lambda.GetAccountSettings"] = lambda _given: refused("AccessDeniedException", status=403)
    (line,) = desk.check("webhook-handler")
    assert line.startswith("warn  Lambda's concurrency: not looked at: These AWS credentials may not do what is needed")
