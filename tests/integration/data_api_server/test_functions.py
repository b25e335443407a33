"""The data API and its authorizer on the embedded AWS."""

import json
import os
import subprocess
import sys

import httpx
from support import patient
from support.deployed import Deployed
from support.waiting import eventually


def keys(deployed: Deployed, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the keys command."""
    command = [sys.executable, "-m", "ai_voice_operations", "keys", *arguments]
    outputs = deployed.platform.outputs
    environment = {
        **os.environ,
        "TABLE": outputs.table,
        "CUSTOMER_LOOKUP_FUNCTION": outputs.functions["customer-lookup-server"],
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def test_a_key_works_until_it_is_revoked(deployed: Deployed) -> None:
    made = keys(deployed, "create", "--company", "nordic-lifts", "--name", "console")
    assert made.returncode == 0, made.stderr
    key = next(word for word in made.stdout.split() if word.startswith("avt_"))
    assert deployed.status("/v1/notes", key) == 200
    listed = keys(deployed, "list", "--company", "nordic-lifts")
    assert key not in listed.stdout
    key_id = next(line.split()[0] for line in listed.stdout.splitlines() if "console" in line)
    assert keys(deployed, "revoke", "--company", "nordic-lifts", "--key-id", key_id).returncode == 0
    assert eventually(lambda: deployed.status("/v1/notes", key) == 403)


def test_a_key_for_an_unknown_company_is_refused(deployed: Deployed) -> None:
    made = keys(deployed, "create", "--company", "nordic-lift", "--name", "console")
    assert (made.returncode, made.stdout) == (1, "")
    assert "no company nordic-lift" in made.stderr


def test_a_browser_may_ask_first(deployed: Deployed) -> None:
    headers = {"Origin": "http://localhost:5173", "Access-Control-Request-Method": "GET"}
    answer = httpx.options(f"{deployed.api.url}/v1/notes", headers=headers)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")


def test_a_missing_variable_is_named(deployed: Deployed) -> None:
    client, name = patient.lambda_(), deployed.platform.outputs.functions["data-api-authorizer"]
    before = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    changed = {variable: value for variable, value in before.items() if variable != "TABLE"}
    try:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": changed})
        answer = client.invoke(FunctionName=name, Payload=json.dumps({"headers": {"x-api-key": "x"}}).encode())
        assert "FunctionError" in answer
        assert "TABLE is not set" in answer["Payload"].read().decode()
    finally:
        client.update_function_configuration(FunctionName=name, Environment={"Variables": before})
