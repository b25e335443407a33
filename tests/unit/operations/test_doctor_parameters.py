"""What the doctor says against a parameters file."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from ai_voice_operations import templates
from ai_voice_operations.doctor import parameters as doctor_parameters
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import Finding
from ai_voice_operations.problems import Refused

ENVIRONMENTS = ("local", "dev", "prod")


def changed(folder: Path, change: dict[str, dict[str, Any]]) -> Environment:
    """The dev environment with these values in its file; None takes one out."""
    file = json.loads((templates.PARAMETERS / "dev.json").read_text(encoding="utf-8"))
    for section, values in change.items():
        merged = file.get(section, {}) | values
        file[section] = {name: value for name, value in merged.items() if value is not None}
    (folder / "dev.json").write_text(json.dumps(file), encoding="utf-8")
    return Environment("dev", boto3.Session(), folder)


def lines(findings: list[Finding]) -> list[str]:
    return [finding.line() for finding in findings]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_files_of_this_project_are_good_once_prod_has_its_numbers(name: str) -> None:
    environment = Environment(name, boto3.Session())
    if name == "prod":
        needed = lines(list(doctor_parameters.file(environment)))
        assert [line.count("needs OurNumbers") for line in needed] == [1, 1]
        environment.file["every-stack"]["OurNumbers"] = "whatsapp:+447700900123"
    found = [*doctor_parameters.file(environment), *doctor_parameters.pairs(environment)]
    assert [finding.level for finding in found] == ["ok", "ok"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"voice-parser": {"Colour": "red"}}, "voice-parser declares no Colour"),
        ({"every-stack": {"Colour": "red"}}, "no template declares Colour"),
        ({"voice-persar": {}}, "voice-persar is no stack"),
        ({"every-stack": {"EnvironmentName": None}}, "voice-parser needs EnvironmentName"),
        ({"every-stack": {"EnvironmentName": "prod"}}, "EnvironmentName is not dev"),
        ({"voice-parser": {"BatchSize": "11"}}, "BatchSize is '11' … at most 10"),
        ({"voice-parser": {"BatchSize": "0"}}, "BatchSize is '0' … at least 1"),
        ({"voice-parser": {"BatchSize": "few"}}, "BatchSize is 'few' … a number"),
        ({"voice-parser": {"Transcriber": "ears"}}, "Transcriber is 'ears' … one of "),
        ({"every-stack": {"OurNumbers": "+15550100000"}}, "webhook-handler OurNumbers is '"),
        ({"every-stack": {"OurNumbers": None}}, "webhook-handler needs OurNumbers"),
        ({"voice-parser": {"BatchSize": 5}}, "voice-parser has to be an object of texts"),
    ],
)
def test_what_the_templates_do_not_take_is_told(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    found = list(doctor_parameters.file(changed(tmp_path, change)))
    assert {finding.level for finding in found} == {"FAIL"}
    assert any(told in line for line in lines(found))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"shared": {"NotesVisibilitySeconds": "899"}}, "set NotesVisibilitySeconds to at least 900"),
        ({"voice-parser": {"IndexerTimeoutSeconds": "121"}}, "set IndexVisibilitySeconds to at least 726"),
        ({"voice-parser": {"MaxAttempts": "6"}}, "set NotesMaxReceiveCount to 8"),
        ({"shared": {"IndexMaxReceiveCount": "11"}}, "set IndexMaxReceiveCount to 10"),
        ({"voice-parser": {"OurNumbers": "whatsapp:+15550100000"}}, "OurNumbers is not the same everywhere"),
        ({"voice-parser": {"Embedder": "none"}}, "Embedder is not the same everywhere"),
    ],
)
def test_pairs_that_do_not_fit_are_told_with_the_right_value(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    (line,) = lines(list(doctor_parameters.pairs(changed(tmp_path, change))))
    assert line.startswith("FAIL")
    assert told in line


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"parameters/dev\.json cannot be read"):
        list(doctor_parameters.file(Environment("dev", boto3.Session(), tmp_path)))


def test_a_file_that_is_no_json_is_told(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match=r"parameters/dev\.json is not JSON"):
        list(doctor_parameters.file(Environment("dev", boto3.Session(), tmp_path)))
