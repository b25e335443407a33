"""A web page, a page with a rebound DNS name, and another user's program try the ports of a local run."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import aiohttp
import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from support import patient
from support.deployed import Deployed
from support.listening import family, listening
from support.waiting import HANGS

from ai_voice_local.platform import CUSTOMERS, PHONE
from twilio_in_a_box.account.messages import ACCOUNT_SID

ATTACKER = "https://attacker.example"
HERE = "http://localhost:5173"
NEXT = "/2018-06-01/runtime/invocation/next"
KEYS = [("123456789012", "local"), ("123456789012", ""), ("test", "test"), ("AKIA", "x")]

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which process listens where")
type Ports = dict[str, str]


@pytest.fixture
def ports(deployed: Deployed) -> Ports:
    """The URL of each port of the run, by what answers there; a function's own among them, as one has run."""
    deployed.text("Thanks!")
    aws_url, twilio_url = os.environ["AWS_ENDPOINT_URL"], deployed.platform.twilio.url
    others = {f"http://{address}:{port}" for address, port in listening()} - {aws_url, twilio_url}
    assert others
    return {"aws": aws_url, "twilio": twilio_url} | {f"function {number}": url for number, url in enumerate(others)}


def ask(method: str, url: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    return httpx.request(method, url, headers=headers, timeout=HANGS, **more)


def statuses(ports: Ports, method: str, path: str, headers: dict[str, str]) -> dict[str, int]:
    """What each port answers; 0 for one that waits for events, as it would let the page have the next."""
    found = {}
    for name, url in ports.items():
        try:
            answer = httpx.request(method, url + path, headers=headers, timeout=5)
        except httpx.ReadTimeout:
            found[name] = 0
        else:
            found[name] = 0 if "access-control-allow-origin" in answer.headers else answer.status_code
    return found


@only_linux
def test_every_port_is_of_loopback(ports: Ports) -> None:
    assert ports
    assert {address for address, _port in listening()} == {"127.0.0.1"}


@only_linux
@pytest.mark.parametrize("origin", [ATTACKER, "null", "http://127.0.0.1.attacker.example"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", NEXT, "/_aws/execute-api/api/$default/v1/notes"])
def test_every_port_refuses_a_page_of_another_host(ports: Ports, origin: str, method: str, path: str) -> None:
    asked = {"Origin": origin, "Content-Type": "text/plain"}
    asked |= {"Access-Control-Request-Method": "POST"} if method == "OPTIONS" else {}
    assert statuses(ports, method, path, asked) == dict.fromkeys(ports, 403)


@only_linux
@pytest.mark.parametrize("host", ["attacker.example", "attacker.example:{port}", "secrets.localhost:{port}"])
@pytest.mark.parametrize("path", ["/", NEXT, "/_aws/execute-api/api/$default/v1/notes"])
def test_every_port_refuses_a_name_that_was_rebound(ports: Ports, host: str, path: str) -> None:
    for name, url in ports.items():
        named = {"Host": host.format(port=url.rpartition(":")[2])}
        assert statuses({name: url}, "GET", path, named) == {name: 403}


@only_linux
def test_a_functions_events_are_for_the_function_alone(ports: Ports) -> None:
    functions = {name: url for name, url in ports.items() if name.startswith("function")}
    for path in (NEXT, "/", f"/guessed{NEXT}", "//", "/2018-06-01/runtime/init/error"):
        assert statuses(functions, "GET", path, {}) == dict.fromkeys(functions, 403)
        assert statuses(functions, "POST", path, {}) == dict.fromkeys(functions, 403)


@only_linux
def test_no_command_line_shows_a_secret(deployed: Deployed) -> None:
    ours = {os.environ["AWS_SECRET_ACCESS_KEY"], deployed.platform.twilio.auth_token, deployed.platform.api_key}
    lines = [Path(f"/proc/{process}/cmdline").read_text() for process in family() if Path(f"/proc/{process}").exists()]
    assert len(lines) > 1
    assert not any(secret in line for secret in ours for line in lines)


@pytest.mark.parametrize("keys", KEYS, ids=lambda keys: keys[0])
def test_a_program_without_the_runs_keys_reads_no_secret_and_no_customer(
    deployed: Deployed, keys: tuple[str, str]
) -> None:
    session, outputs = boto3.Session(*keys, region_name="eu-west-1"), deployed.platform.outputs
    with pytest.raises(ClientError, match="AccessDenied"):
        session.client("secretsmanager").get_secret_value(SecretId=outputs.twilio_secret)
    with pytest.raises(ClientError, match="AccessDenied"):
        session.client("s3").get_object(Bucket=outputs.bucket, Key="customers.json")
    with pytest.raises(ClientError, match="AccessDenied"):
        session.client("dynamodb").scan(TableName=outputs.table)


@pytest.mark.parametrize("keys", KEYS, ids=lambda keys: keys[0])
def test_a_program_without_the_runs_keys_makes_and_runs_no_function(deployed: Deployed, keys: tuple[str, str]) -> None:
    client, name = boto3.Session(*keys, region_name="eu-west-1").client("lambda"), "stranger"
    with pytest.raises(ClientError, match="AccessDenied"):
        client.create_function(FunctionName=name, Role="arn:aws:iam::123456789012:role/x", Code={"ZipFile": b"x"})
    with pytest.raises(ClientError, match="AccessDenied"):
        client.invoke(FunctionName=deployed.platform.outputs.functions["customer-lookup-server"])


@pytest.mark.parametrize(
    ("method", "path", "headers", "body"),
    [
        ("GET", "/{bucket}/customers.json", {}, ""),
        ("POST", "/", {}, "Action=ListStacks&Version=2010-05-15"),
        ("POST", "/", {"X-Amz-Target": "secretsmanager.ListSecrets"}, "{}"),
        ("GET", "/2015-03-31/functions", {}, ""),
        ("POST", "/_ministack/reset", {}, ""),
        ("POST", "/_ministack/config", {}, "{}"),
        ("GET", "/_aws/sqs/messages", {}, ""),
        ("POST", "/_aws/execute-api/api/live/@connections/abc", {}, "{}"),
    ],
)
def test_a_page_and_a_program_that_sign_nothing_are_refused(
    deployed: Deployed, method: str, path: str, headers: dict[str, str], body: str
) -> None:
    url = os.environ["AWS_ENDPOINT_URL"] + path.format(bucket=deployed.platform.outputs.bucket)
    for origin in ({}, {"Origin": HERE}, {"Origin": ATTACKER}):
        answer = ask(method, url, headers | origin, content=body)
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    assert patient.s3().get_object(Bucket=deployed.platform.outputs.bucket, Key="customers.json")["Body"].read()


def test_a_recording_plays_by_its_signed_url_alone(deployed: Deployed) -> None:
    bucket = deployed.platform.outputs.bucket
    url = patient.s3().generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "customers.json"})
    assert ask("GET", url).content == CUSTOMERS.read_bytes()
    part = ask("GET", url, {"Range": "bytes=0-3", "Origin": HERE})
    assert (part.status_code, part.headers["access-control-allow-origin"]) == (206, "*")
    first = {"Origin": HERE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    assert ask("OPTIONS", url, first).is_success
    assert ask("GET", url, {"Origin": ATTACKER}).status_code == 403
    for signed, other in (("customers", "other"), ("Expires=3600", "Expires=86400"), ("Signature=", "Signature=0")):
        assert signed in url
        assert ask("GET", url.replace(signed, other)).status_code == 403
    assert ask("GET", url.partition("?")[0]).status_code == 403


def test_the_data_api_is_open_to_a_page_from_here_that_has_a_key(deployed: Deployed) -> None:
    url, key = f"{deployed.api.url}/v1/notes", {"x-api-key": deployed.platform.api_key}
    answer = ask("GET", url, key | {"Origin": HERE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert ask("GET", url, key | {"Origin": ATTACKER}).status_code == 403
    assert ask("GET", url, {"Origin": HERE}).status_code in {401, 403}


def test_a_socket_is_opened_by_no_page_of_another_host_even_with_a_ticket(deployed: Deployed) -> None:
    def opened(origin: str) -> int:
        sold = ask("POST", f"{deployed.api.url}/v1/tickets", {"x-api-key": deployed.platform.api_key}).json()["url"]
        return asyncio.run(handshake(sold, origin))

    assert opened(HERE) == 101
    assert opened(ATTACKER) == 403


async def handshake(url: str, origin: str) -> int:
    async with aiohttp.ClientSession() as session:
        try:
            async with session.ws_connect(url, origin=origin):
                return 101
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


def test_the_phone_and_the_files_at_twilio_are_not_for_strangers(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    known = (ACCOUNT_SID, twilio.auth_token)
    held = twilio.receive(PHONE, "", b"OggS", "audio/ogg")["MediaUrl0"]
    phone, before = f"{twilio.url}/box/messages?phone=%2B15550100001", len(twilio.received)
    order, key = {"phone": PHONE, "text": "Forget that."}, {"X-Box-Key": twilio.control_key}
    assert ask("GET", phone).status_code == ask("POST", phone, data=order).status_code == 401
    assert ask("GET", phone, {"X-Box-Key": "guessed"}).status_code == 401
    assert ask("GET", phone, key | {"Origin": HERE}).status_code == 401
    assert ask("GET", phone, key).status_code == 200
    assert ask("GET", held).status_code == 401
    public = twilio.public_url(held.rpartition("/")[2])
    assert ask("GET", public).content == ask("GET", held, auth=known, follow_redirects=True).content == b"OggS"
    for forged in (public.partition("?")[0], public[:-1] + "é"):
        assert ask("GET", forged).status_code == 403
    assert len(twilio.received) == before
