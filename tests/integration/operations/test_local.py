"""Outputs, logs and customers of the platform that runs here, by the same commands."""

import json

import pytest
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import CUSTOMERS
from ai_voice_operations.__main__ import main

LOCAL = ("--environment", "local")


def test_the_platform_here_tells_where_everything_is(deployed: Deployed, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outputs", *LOCAL, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shared"]["BucketName"] == deployed.platform.outputs.bucket


def test_one_message_is_followed_through_all_functions(deployed: Deployed, capsys: pytest.CaptureFixture[str]) -> None:
    message_id = deployed.text("Please order two valves by Friday.").sid
    deployed.settled(message_id)

    def places() -> list[str]:
        assert main(["logs", *LOCAL, "--message", message_id]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines == sorted(lines, key=lambda line: line.split()[0])
        return [line.split()[1] for line in lines]

    assert eventually(lambda: {"webhook-handler", "voice-parser"} <= set(places()))


@pytest.mark.usefixtures("deployed")
def test_customers_are_compared_with_those_in_force_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["customers-put", *LOCAL, "--file", str(CUSTOMERS), "--yes"]) == 0
    assert capsys.readouterr().out == "customers.json: this very file is in force\n"
