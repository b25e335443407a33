"""Deleting an environment keeps what holds data, and a later deployment uses it again; only DATA=1 deletes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.operations.operator_desk import Cloud, Operator, cloud

from ai_voice_operations.problems import Failed, Refused

BUCKET = "ai-voice-tool-{}-notes-123456789012"
LEDGER = "ai-voice-tool-{}-ledger"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Cloud]:
    """An account with nothing in it."""
    with cloud(tmp_path) as opened:
        yield opened


def test_data_outlive_their_stack_and_are_found_again_by_the_next(here: Cloud) -> None:
    s3, bucket = here.client("s3"), BUCKET.format("dev")
    here.deployment(Operator()).deploy(["shared"])
    s3.put_object(Bucket=bucket, Key="acme/other/note", Body=b"kept")
    operator = Operator(answers=["dev"])
    here.destroy(operator)
    assert here.status("shared") == ""
    assert f"    kept  S3 {bucket}" in operator.told
    assert f"    kept  DynamoDB {LEDGER.format('dev')}" in operator.told
    again = Operator()
    here.deployment(again).deploy(["shared"])
    assert "    taken up again  Ledger (AWS::DynamoDB::Table)" in again.told
    assert s3.get_object(Bucket=bucket, Key="acme/other/note")["Body"].read() == b"kept"
    assert here.status("shared") == "UPDATE_COMPLETE"
    quiet = Operator()
    here.deployment(quiet).deploy(["shared"])
    assert quiet.told == ["ai-voice-tool-dev-shared: nothing to change"]


def test_with_data_nothing_is_left_not_even_earlier_versions(here: Cloud) -> None:
    s3, bucket = here.client("s3"), BUCKET.format("dev")
    here.deployment(Operator()).deploy(["ecr", "secrets", "shared"])
    for content in (b"first", b"second"):
        s3.put_object(Bucket=bucket, Key="acme/other/note", Body=content)
    s3.delete_object(Bucket=bucket, Key="acme/other/note")
    here.destroy(Operator(answers=["dev"]), data=True)
    assert bucket not in {one["Name"] for one in s3.list_buckets()["Buckets"]}
    assert here.client("dynamodb").list_tables()["TableNames"] == []
    assert here.client("secretsmanager").list_secrets()["SecretList"] == []
    assert here.client("sqs").list_queues().get("QueueUrls", []) == []
    assert here.client("ecr").describe_repositories()["repositories"] == []
    again = Operator()
    here.destroy(again, data=True)
    assert again.told == ["Nothing of dev is deployed."]


def test_another_word_than_the_environments_name_changes_nothing(here: Cloud) -> None:
    here.deployment(Operator()).deploy(["shared"])
    for data in (False, True):
        with pytest.raises(Failed, match="Nothing was changed"):
            here.destroy(Operator(answers=["yes"]), data=data)
    assert here.status("shared") == "CREATE_COMPLETE"


def test_data_of_prod_are_refused_while_deletion_protection_is_on(here: Cloud) -> None:
    here.deployment(Operator(), account=here.account("prod")).deploy(["shared"])
    operator = Operator()
    with pytest.raises(Refused) as refused:
        here.destroy(operator, environment="prod", data=True)
    lift = f"aws dynamodb update-table --table-name {LEDGER.format('prod')} --no-deletion-protection-enabled"
    assert lift in str(refused.value)
    assert (here.status("shared", "prod"), operator.asked) == ("CREATE_COMPLETE", [])
    here.client("dynamodb").update_table(TableName=LEDGER.format("prod"), DeletionProtectionEnabled=False)
    here.destroy(Operator(answers=["prod"]), environment="prod", data=True)
    assert here.client("dynamodb").list_tables()["TableNames"] == []


def test_a_no_to_an_unfinished_plan_spares_what_somebody_else_created_meanwhile(here: Cloud) -> None:
    class Slow(Operator):
        def _answer(self, question: str) -> str:
            self.asked.append(question)
            here.deployment(Operator()).deploy(["secrets"])
            return "n"

    with pytest.raises(Failed, match="left as it is"):
        here.deployment(Slow(), agreed=False).deploy(["secrets"])
    assert here.status("secrets") == "CREATE_COMPLETE"


def test_a_no_to_taking_up_what_was_kept_leaves_no_stack_behind(here: Cloud) -> None:
    here.deployment(Operator()).deploy(["shared"])
    here.destroy(Operator(answers=["dev"]))
    with pytest.raises(Failed, match="left as it is"):
        here.deployment(Operator(answers=["n"]), agreed=False).deploy(["shared"])
    assert here.status("shared") == ""
