"""Every command with something missing or wrong says so in one sentence, exits with 2 and changes nothing."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs

import pytest

from ai_voice_operations import templates
from ai_voice_operations.__main__ import main

CUSTOMERS = str(templates.INFRASTRUCTURE / "local" / "customers.json")
COMMANDS: dict[str, list[str]] = {
    "secrets-create": [],
    "deploy": [],
    "deploy shared": [],
    "deploy data-api-server --plan": [],
    "push": [],
    "outputs": [],
    "destroy": [],
    "destroy --data": [],
    "customers-put": ["--file", CUSTOMERS],
    "logs": [],
}
every_command = pytest.mark.parametrize("command", COMMANDS)
IDENTITY = (
    "<GetCallerIdentityResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><GetCallerIdentityResult>"
    "<Arn>arn:aws:iam::111111111111:user/u</Arn><UserId>u</UserId><Account>111111111111</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
EXPIRED = (
    "<ErrorResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><Error><Type>Sender</Type>"
    "<Code>ExpiredToken</Code><Message>The security token is expired</Message></Error></ErrorResponse>"
)


class Sts(BaseHTTPRequestHandler):
    """An AWS that knows who asks, or that their time is over, and nothing else; it keeps what it is asked."""

    asked: list[str]
    expired: bool

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        action = body.get("Action", [self.headers.get("X-Amz-Target", "?")])[0]
        self.asked.append(action)
        known = action == "GetCallerIdentity" and not self.expired
        self.send_response(200 if known else 403)
        self.end_headers()
        self.wfile.write((IDENTITY if known else EXPIRED).encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def sts(tmp_path: Path) -> Iterator[type[Sts]]:
    """The AWS of this process and those it starts; no other configuration of this machine's is seen."""
    handler = type("Handler", (Sts,), {"asked": [], "expired": False})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }
    with mock.patch.dict(os.environ, environment):
        os.environ.pop("AWS_PROFILE", None)
        yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def refused(capsys: pytest.CaptureFixture[str], command: str, *options: str) -> str:
    """The one sentence on standard error of a command that was refused."""
    status = main([*command.split(), *COMMANDS.get(command, []), *options])
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    (sentence,) = told.err.splitlines()
    assert "Traceback" not in sentence
    return sentence


def parameters(folder: Path, change: Any) -> list[str]:
    """The option for a folder of parameters files, dev's changed."""
    given = json.loads((templates.PARAMETERS / "dev.json").read_text(encoding="utf-8"))
    change(given)
    (folder / "dev.json").write_text(json.dumps(given), encoding="utf-8")
    return ["--environment", "dev", "--parameters", str(folder)]


@every_command
def test_without_an_environment(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    assert "--environment" in refused(capsys, command)
    assert refused(capsys, command, "--environment", "") == "Which environment? Pass ENV=dev or ENV=prod."
    assert refused(capsys, command, "--environment", "staging").startswith("There is no environment staging: ")
    assert sts.asked == []


@every_command
def test_without_a_region(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    del os.environ["AWS_DEFAULT_REGION"]
    assert refused(capsys, command, "--environment", "dev").startswith("No AWS region is set: ")
    assert sts.asked == []


@every_command
def test_without_credentials(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    del os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    assert refused(capsys, command, "--environment", "dev").startswith("There are no AWS credentials here: ")
    assert sts.asked == []


@every_command
def test_with_credentials_that_have_expired(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    sts.expired = True
    assert refused(capsys, command, "--environment", "dev") == "The AWS credentials have expired: log in again."
    assert set(sts.asked) == {"GetCallerIdentity"}


@every_command
def test_with_a_profile_that_is_not_there(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    with mock.patch.dict(os.environ, {"AWS_PROFILE": "nobody"}):
        assert "nobody" in refused(capsys, command, "--environment", "dev")
    assert sts.asked == []


@every_command
def test_in_another_account_than_the_parameters_file_names(
    command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    options = parameters(tmp_path, lambda given: given.update(account="222222222222"))
    told = refused(capsys, command, *options)
    assert "111111111111" in told
    assert "222222222222" in told
    assert sts.asked == ["GetCallerIdentity"]


@every_command
def test_without_a_parameters_file(
    command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = refused(capsys, command, "--environment", "dev", "--parameters", str(tmp_path))
    assert told.startswith(f"There is no parameters file {tmp_path / 'dev.json'}: ")
    assert sts.asked == []


WRONG_PARAMETERS: dict[str, tuple[Any, str]] = {
    "a stack that there is not": (lambda given: given.update(nonsense={}), '"nonsense" is no stack'),
    "a name no template declares": (lambda given: given["shared"].update(Nonsense="1"), "sets Nonsense, which no"),
    "one for every stack that none declares": (
        lambda given: given["every-stack"].update(Odd="1"),
        "sets Odd, which no",
    ),
    "a number without quotes": (lambda given: given["shared"].update(BurstRequests=4), "have to be texts"),
    "an engine that there is not": (
        lambda given: given["voice-parser"].update(Transcriber="ears"),
        'sets Transcriber to "ears", but for voice-parser it has to be one of ',
    ),
    "another environment's file": (lambda given: given["every-stack"].update(EnvironmentName="prod"), 'to "dev"'),
}


@every_command
@pytest.mark.parametrize("mistake", WRONG_PARAMETERS)
def test_with_a_parameters_file_that_does_not_fit(
    command: str, mistake: str, sts: type[Sts], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    change, told = WRONG_PARAMETERS[mistake]
    assert told in refused(capsys, command, *parameters(tmp_path, change))
    assert sts.asked == []


@pytest.mark.parametrize("command", ["secrets-create", "deploy", "deploy shared", "push", "destroy", "destroy --data"])
def test_what_make_up_runs_is_left_to_it(command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, command, "--environment", "local").startswith("ENV=local is deployed by `make up`")
    assert sts.asked == []


@pytest.mark.parametrize("command", ["outputs", "customers-put", "logs"])
def test_local_without_the_platform_reaches_no_account(
    command: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]
) -> None:
    del os.environ["AWS_ENDPOINT_URL"]
    assert "does not run" in refused(capsys, command, "--environment", "local")
    assert sts.asked == []


OTHER_MISTAKES = {
    "no command": ("", "COMMAND"),
    "no such command": ("frobnicate --environment dev", "frobnicate"),
    "no such option": ("outputs --environment dev --nonsense", "nonsense"),
    "no such stack": ("deploy nonsense --environment dev", "There is no stack nonsense"),
    "no file named": ("customers-put --environment dev", "--file"),
    "an empty file name": ("customers-put --environment dev --file=", "Which file? Pass FILE=customers.json."),
    "no such file": ("customers-put --environment dev --file absent.json", "absent.json cannot be read"),
    "a broken file": (f"customers-put --environment dev --file {__file__}", "is not JSON"),
    "no such service": ("logs --environment dev --service nonsense", "There is no service nonsense"),
    "no time": ("logs --environment dev --since yesterday", "not yesterday"),
    "no message sid": ("logs --environment dev --message hello", "not hello"),
}


@pytest.mark.parametrize("mistake", OTHER_MISTAKES)
def test_with_something_else_wrong(mistake: str, sts: type[Sts], capsys: pytest.CaptureFixture[str]) -> None:
    typed, told = OTHER_MISTAKES[mistake]
    assert told in refused(capsys, typed)
    assert sts.asked == []


def test_the_process_itself_ends_with_2_and_one_line(sts: type[Sts]) -> None:
    command = [sys.executable, "-m", "ai_voice_operations", "deploy", "--environment", "dev"]
    del os.environ["AWS_DEFAULT_REGION"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)  # noqa: S603 - ours
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)
    assert sts.asked == []


MAKE = {
    "deploy-infra": "ENV=local is deployed by `make up`",
    "deploy-data-api ENV=nowhere": "There is no environment nowhere",
    "destroy ENV=": "Which environment?",
    "customers-put ENV=dev": "Which file?",
    "api-key-create ENV=dev": "Which company? Pass COMPANY=acme-heating.",
    "api-key-list ENV=dev": "Which company?",
    "api-key-revoke ENV=dev COMPANY=acme": "Which key?",
    "index-rebuild ENV=dev": "Which company?",
    "tasks-add ENV=dev": "Which company?",
}


@pytest.mark.parametrize("target", MAKE)
def test_make_says_what_is_missing(target: str, sts: type[Sts]) -> None:
    command = ["make", "--silent", "-o", ".venv/ready", *target.split()]
    ended = subprocess.run(  # noqa: S603 - ours
        command, capture_output=True, text=True, check=False, cwd=templates.INFRASTRUCTURE.parent, env=os.environ
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(MAKE[target])
    assert sts.asked == []
