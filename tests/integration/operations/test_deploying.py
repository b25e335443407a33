"""A deployment shows changes before it makes them, does nothing twice, and asks if data may be lost."""

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.operations.operator_desk import Cloud, Operator, cloud

from ai_voice_operations import templates
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.templates import Template


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """An account to which `dev` is deployed whole."""
    with cloud(tmp_path_factory.mktemp("deploying")) as opened:
        opened.deployment(Operator()).deploy()
        yield opened


def with_parameter(folder: Path, section: str, name: str, value: str, *, environment: str = "dev") -> Path:
    """A folder of parameters files, one value in an environment's another."""
    shutil.copytree(templates.PARAMETERS, folder, dirs_exist_ok=True)
    file = folder / f"{environment}.json"
    given = json.loads(file.read_text(encoding="utf-8"))
    given.setdefault(section, {})[name] = value
    file.write_text(json.dumps(given), encoding="utf-8")
    return folder


def change_sets(here: Cloud, folder: str) -> list[Any]:
    """Those that wait to be carried out."""
    found = here.client("cloudformation").list_change_sets(StackName=templates.stack_name(folder, "dev"))["Summaries"]
    return [one for one in found if one["ExecutionStatus"] == "AVAILABLE"]


def test_all_stacks_are_deployed_and_their_functions_run_the_image_of_this_code(here: Cloud) -> None:
    assert {here.status(folder) for folder in templates.STACKS} <= {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    found = here.client("cloudformation").describe_stacks(StackName="ai-voice-tool-dev-webhook-handler")["Stacks"][0]
    given = {one["ParameterKey"]: one["ParameterValue"] for one in found["Parameters"]}
    assert given["ImageTag"].endswith("-" + given.get("Architecture", "arm64"))


def test_a_second_deployment_finds_nothing_to_change(here: Cloud) -> None:
    operator = Operator()
    here.deployment(operator, agreed=False).deploy()
    assert operator.told == [f"{templates.stack_name(folder, 'dev')}: nothing to change" for folder in templates.STACKS]
    assert operator.asked == []


def test_a_changed_parameter_is_shown_and_then_applied(here: Cloud, tmp_path: Path) -> None:
    where = with_parameter(tmp_path, "shared", "NotesVisibilitySeconds", "6000")
    operator = Operator(answers=["y"])
    here.deployment(operator, agreed=False, account=here.account(where=where)).deploy(["shared"])
    told = "\n".join(operator.told)
    assert "NotesVisibilitySeconds: 900 → 6000" in told
    assert "changed         NotesQueue (AWS::SQS::Queue): VisibilityTimeout" in told
    assert told.index("NotesQueue (AWS::SQS::Queue)") < told.index("UPDATE_COMPLETE")
    sqs = here.client("sqs")
    url = sqs.get_queue_url(QueueName="ai-voice-tool-dev-notes")["QueueUrl"]
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"] == "6000"
    here.deployment(Operator()).deploy(["shared"])


def test_a_no_changes_nothing_and_leaves_no_change_set(here: Cloud, tmp_path: Path) -> None:
    where = with_parameter(tmp_path, "shared", "BurstRequests", "41")
    before = here.status("shared")
    with pytest.raises(Failed, match="left as it is"):
        here.deployment(Operator(answers=["n"]), agreed=False, account=here.account(where=where)).deploy(["shared"])
    assert (here.status("shared"), change_sets(here, "shared")) == (before, [])


def test_a_plan_changes_nothing(here: Cloud, tmp_path: Path) -> None:
    where = with_parameter(tmp_path, "shared", "BurstRequests", "41")
    operator = Operator()
    here.deployment(operator, only_show=True, account=here.account(where=where)).deploy()
    assert any("BurstRequests: 40 → 41" in line for line in operator.told)
    assert change_sets(here, "shared") == []


def test_prod_is_not_deployed_before_its_numbers_are_set(here: Cloud) -> None:
    before = here.status("ecr", "prod")  # another test may have made it
    with pytest.raises(Refused, match=r"prod\.json does not set OurNumbers, which voice-parser needs\."):
        here.deployment(Operator(), account=here.account("prod")).deploy()
    assert (here.status("ecr", "prod"), here.status("shared", "prod")) == (before, "")


def test_a_plan_of_what_is_not_there_lists_what_would_be_added(here: Cloud, tmp_path: Path) -> None:
    operator = Operator()
    where = with_parameter(tmp_path, "every-stack", "OurNumbers", "whatsapp:+447700900123", environment="prod")
    here.deployment(operator, only_show=True, account=here.account("prod", where)).deploy()
    assert operator.told.count("ai-voice-tool-prod-shared: would be created") == 1
    assert "    added           Ledger (AWS::DynamoDB::Table)" in operator.told
    assert here.status("shared", "prod") == ""


def renamed_table(folder: str, template: Template) -> Template:
    """A template that puts an empty table in the ledger's place."""
    changed = copy.deepcopy(template)
    if folder == "shared":
        changed["Resources"]["Ledger"]["Properties"]["TableName"] = "another-name"
    return changed


def test_what_holds_data_is_not_replaced_without_the_environments_name_whatever_was_agreed(here: Cloud) -> None:
    operator = Operator(answers=["yes"])
    with pytest.raises(Failed, match="left as it is"):
        here.deployment(operator, agreed=True, transform=renamed_table).deploy(["shared"])
    assert any("THIS HOLDS DATA" in line and "replaced" in line for line in operator.told)
    assert "Type dev" in operator.asked[0]
    assert "another-name" not in here.client("dynamodb").list_tables()["TableNames"]


def broken(_folder: str, template: Template) -> Template:
    """A template with a resource that cannot be made."""
    changed = copy.deepcopy(template)
    changed["Resources"]["Impossible"] = {
        "Type": "AWS::CloudFormation::CustomResource",
        "Properties": {
            "ServiceToken": {"Fn::Sub": "arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:no-such-function"}
        },
    }
    return changed


def test_a_failed_stack_tells_the_resource_and_is_created_again_once_it_is_mended(here: Cloud) -> None:
    ecr = ["ecr"]
    account = here.account("prod")
    with pytest.raises(Failed) as failed:
        here.deployment(Operator(), account=account, transform=broken).deploy(ecr)
    assert str(failed.value).startswith("ai-voice-tool-prod-ecr is in ROLLBACK_COMPLETE. Impossible: ")
    assert "run the same command again" in str(failed.value)
    operator = Operator()
    repositories = here.client("ecr").describe_repositories()["repositories"]
    assert not [one for one in repositories if "-prod-" in one["repositoryName"]]
    here.deployment(operator, account=account).deploy(ecr)
    assert "ai-voice-tool-prod-ecr: was never created whole (ROLLBACK_COMPLETE)" in operator.told
    assert here.status("ecr", "prod") == "CREATE_COMPLETE"


def test_what_cloudformation_does_not_take_is_refused_in_one_sentence(
    here: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "refusal", lambda *_: "")  # as with a rule that only CloudFormation knows
    where = with_parameter(tmp_path, "shared", "NotesMaxReceiveCount", "1")
    with pytest.raises(
        Refused, match=r"^CloudFormation does not take ai-voice-tool-dev-shared: .*NotesMaxReceiveCount"
    ):
        here.deployment(Operator(), account=here.account(where=where)).deploy(["shared"])


def test_what_would_fail_later_is_refused_before_the_first_stack_until_the_command_is_run(
    here: Cloud,
) -> None:
    secrets, account, name = here.client("secretsmanager"), here.account("prod"), "ai-voice-tool/prod/openai"
    secrets.create_secret(Name=name, SecretString="{}")
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    operator = Operator()
    with pytest.raises(Refused, match="Nothing was changed"):
        here.deployment(operator, account=account).deploy(["secrets", "shared"])
    (line,) = [line for line in operator.told if line.startswith("FAIL")]
    assert f"`aws secretsmanager restore-secret --secret-id {name}`" in line
    assert (here.status("secrets", "prod"), here.status("shared", "prod")) == ("", "")
    secrets.restore_secret(SecretId=name)
    plan = Operator()
    here.deployment(plan, account=account, only_show=True).deploy(["secrets"])
    assert f"ok    SecretsManager {name} is there, and is taken up" in plan.told
    assert not [line for line in plan.told if line.startswith("FAIL")]
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)


def test_logs_that_no_stack_owns_are_told_in_a_plan_too(here: Cloud) -> None:
    group = "/aws/lambda/ai-voice-tool-prod-realtime"
    here.client("logs").create_log_group(logGroupName=group)
    operator = Operator()
    here.deployment(operator, account=here.account("prod"), only_show=True).deploy(["realtime"])
    assert any(f"`aws logs delete-log-group --log-group-name {group}`" in line for line in operator.told)
    assert "ai-voice-tool-prod-realtime: would be created" in operator.told
