"""The production templates run on the embedded AWS, keep their state and leave no process behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.waiting import eventually

from ai_voice_local import templates
from ai_voice_local.aws.embedded_aws import EmbeddedAws, EmbeddedAwsError, embedded_aws
from ai_voice_local.deployment import DeploymentError, Outputs, deploy

type Running = tuple[EmbeddedAws, Outputs]


def client(aws: EmbeddedAws, service: Any) -> Any:
    return aws.session.client(service, endpoint_url=aws.endpoint)


def alive(process_group: int) -> bool:
    try:
        os.killpg(process_group, 0)
    except ProcessLookupError:
        return False
    return True


def ends(process_group: int) -> bool:
    return eventually(lambda: not alive(process_group))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with embedded_aws(tmp_path_factory.mktemp("embedded") / "aws.log") as aws:
        yield aws, deploy(aws)


def test_every_stack_is_deployed_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    with embedded_aws(tmp_path / "aws.log") as aws:
        deploy(aws, progress=told.append)
        stacks = client(aws, "cloudformation").describe_stacks()["Stacks"]
    assert tuple(told) == templates.STACKS
    assert {stack["StackName"] for stack in stacks} == {templates.stack_name(name, "local") for name in told}


def test_the_outputs_name_what_exists(running: Running) -> None:
    aws, outputs = running
    client(aws, "s3").head_bucket(Bucket=outputs.bucket)
    assert client(aws, "dynamodb").describe_table(TableName=outputs.table)["Table"]["TableStatus"] == "ACTIVE"
    urls = (
        outputs.queue_url,
        outputs.dead_letter_queue_url,
        outputs.index_queue_url,
        outputs.index_dead_letter_queue_url,
        outputs.calls_queue_url,
        outputs.calls_dead_letter_queue_url,
    )
    for url in urls:
        assert client(aws, "sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    for secret in (outputs.twilio_secret, outputs.openai_secret):
        assert "unset" in client(aws, "secretsmanager").get_secret_value(SecretId=secret)["SecretString"]


def test_every_function_is_there_with_its_handler(running: Running) -> None:
    aws, outputs = running
    configured = {
        name: client(aws, "lambda").get_function_configuration(FunctionName=function)["Handler"]
        for name, function in outputs.functions.items()
    }
    assert configured == {
        "customer-lookup-server": "customer_lookup_server.handler.handle",
        "voice-parser": "voice_parser.handler.handle",
        "segment-indexer": "voice_parser.indexer_handler.handle",
        "live-call": "voice_parser.live_handler.handle",
        "webhook-handler": "webhook_handler.handler.handle",
        "webhook-sender": "webhook_handler.outbound_handler.handle",
        "realtime": "data_api_server.realtime_handler.handle",
        "data-api-server": "data_api_server.handler.handle",
        "data-api-authorizer": "data_api_server.authorizer.handle",
        "reply-status": "webhook_handler.status_handler.handle",
        "call-webhook": "webhook_handler.voice_handler.handle",
    }


def test_the_webhook_is_told_the_url_that_is_called(running: Running) -> None:
    aws, outputs = running
    function = client(aws, "lambda").get_function_configuration(FunctionName=outputs.functions["webhook-handler"])
    assert function["Environment"]["Variables"]["PUBLIC_URL"] + "/twilio/message" == outputs.webhook_url


def test_what_cloudformation_drops_there_is_set_all_the_same(running: Running) -> None:
    aws, outputs = running
    expiry = client(aws, "dynamodb").describe_time_to_live(TableName=outputs.table)["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires_at")
    rules = client(aws, "s3").get_bucket_lifecycle_configuration(Bucket=outputs.bucket)["Rules"]
    usual = {
        "earlier-versions",
        "unfinished-uploads",
        "receipts",
        "clips",
        "exports",
        "index-versions",
        "rule-versions",
    }
    assert {rule["ID"] for rule in rules} == usual
    mappings = client(aws, "lambda").list_event_source_mappings()["EventSourceMappings"]
    assert len(mappings) == 4
    assert all(isinstance(mapping["ScalingConfig"]["MaximumConcurrency"], int) for mapping in mappings)
    apis = {api["Name"]: api for api in client(aws, "apigatewayv2").get_apis()["Items"]}
    assert apis["ai-voice-tool-local-data"]["CorsConfiguration"]["AllowOrigins"] == ["*"]


def test_a_second_deployment_takes_over_changed_parameters_only(running: Running) -> None:
    aws, outputs = running
    again = deploy(aws, overrides={"voice-parser": {"BackoffSeconds": "7"}, "shared": {"BurstRequests": "9"}})
    function = client(aws, "lambda").get_function_configuration(FunctionName=outputs.functions["voice-parser"])
    assert again == outputs
    assert function["Environment"]["Variables"]["BACKOFF_SECONDS"] == "7"


def test_a_parameter_that_no_template_knows_is_refused_by_name(running: Running) -> None:
    with pytest.raises(DeploymentError, match="shared has no parameter Nonsense"):
        deploy(running[0], overrides={"shared": {"Nonsense": "1"}})


def test_state_survives_a_graceful_stop(tmp_path: Path) -> None:
    log, state = tmp_path / "aws.log", tmp_path / "state"
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}, "result": {"B": b"\x00\xff"}}
    with embedded_aws(log, state=state) as aws:
        first = deploy(aws)
        client(aws, "s3").put_object(Bucket=first.bucket, Key="acme/other/x", Body=b"kept")
        client(aws, "dynamodb").put_item(TableName=first.table, Item=item)
        client(aws, "secretsmanager").put_secret_value(SecretId=first.openai_secret, SecretString="{}")
        client(aws, "sqs").send_message(QueueUrl=first.dead_letter_queue_url, MessageBody="parked")
    with embedded_aws(log, port=aws.port, state=state) as again:
        second = deploy(again)
        assert second == first
        assert client(again, "s3").get_object(Bucket=first.bucket, Key="acme/other/x")["Body"].read() == b"kept"
        key = {name: item[name] for name in ("pk", "sk")}
        assert client(again, "dynamodb").get_item(TableName=first.table, Key=key)["Item"] == item
        secret = client(again, "secretsmanager").get_secret_value(SecretId=first.openai_secret)
        assert secret["SecretString"] == "{}"
        (parked,) = client(again, "sqs").receive_message(QueueUrl=first.dead_letter_queue_url)["Messages"]
        assert parked["Body"] == "parked"


def test_a_state_folder_belongs_to_its_port(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "port").write_text("1")
    with (
        pytest.raises(EmbeddedAwsError, match="belongs to port 1"),
        embedded_aws(tmp_path / "log", port=2222, state=state),
    ):
        pass


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(EmbeddedAwsError, match=rf"^Port {port} .*in use"),
            embedded_aws(tmp_path / "log", port=port),
        ):
            pass


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows a process's variables")
def test_functions_have_lambdas_language_and_time_zone_whatever_this_machine_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Auckland"}.items():
        monkeypatch.setenv(name, value)
    with embedded_aws(tmp_path / "aws.log") as aws:
        variables = Path(f"/proc/{aws.process_group}/environ").read_text(encoding="utf-8").split("\0")
    assert [one for one in variables if one.startswith(("LC_", "LANG", "TZ="))] == ["LANG=en_US.UTF-8", "TZ=:UTC"]


def test_a_port_that_another_run_takes_at_the_same_moment_is_not_mistaken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded_aws(tmp_path / "first.log") as first:
        monkeypatch.setattr("ai_voice_local.aws.embedded_aws.is_free", lambda _port: True)
        with (
            pytest.raises(EmbeddedAwsError, match="did not start"),
            embedded_aws(tmp_path / "second.log", port=first.port),
        ):
            pass
        client(first, "s3").list_buckets()


def test_no_process_is_left_behind_not_even_a_busy_function(tmp_path: Path) -> None:
    with embedded_aws(tmp_path / "aws.log") as aws:
        outputs = deploy(aws)
        client(aws, "lambda").invoke(FunctionName=outputs.functions["data-api-authorizer"], InvocationType="Event")
        assert eventually(lambda: "environment spawned" in (tmp_path / "aws.log").read_text(encoding="utf-8"))
        assert alive(aws.process_group)
    assert ends(aws.process_group)


def test_it_ends_even_when_its_starter_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from ai_voice_local.aws.embedded_aws import embedded_aws\n"
        "with embedded_aws(pathlib.Path(sys.argv[1])) as aws:\n"
        "    print(aws.process_group, flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "aws.log")]
    environment = os.environ | {"TMPDIR": str(tmp_path)}  # where its scratch folder stays behind
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as starter:  # noqa: S603 - ours
        assert starter.stdout is not None
        process_group = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    assert ends(process_group)
