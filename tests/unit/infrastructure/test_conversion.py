"""The production template runs locally; only the place of a function's code and its environment differ."""

import copy
import io
import zipfile
from typing import Any

import pytest

from ai_voice_local import conversion, templates

ARCHIVE = conversion.Archive("code-bucket", "code-key")
VARIABLES = {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "EXTRA": "given"}
MAY_CHANGE = {"PackageType", "ImageConfig", "Runtime", "Handler", "Code"}


def without_code_and_additions(template: dict[str, Any]) -> dict[str, Any]:
    """The template less what the conversion may touch."""
    rest = copy.deepcopy(template)
    for resource in rest["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            for name in MAY_CHANGE:
                resource["Properties"].pop(name, None)
            for name in VARIABLES:
                resource["Properties"]["Environment"]["Variables"].pop(name, None)
    return rest


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    kind = "AWS::Lambda::Function"
    return {name: item["Properties"] for name, item in template["Resources"].items() if item["Type"] == kind}


@pytest.mark.parametrize("folder", templates.STACKS)
def test_nothing_but_code_and_environment_of_functions_changes(folder: str) -> None:
    template = templates.read(folder)
    converted = conversion.for_embedded_aws(template, ARCHIVE, VARIABLES)
    assert without_code_and_additions(converted) == without_code_and_additions(template)


@pytest.mark.parametrize("folder", templates.STACKS)
def test_a_function_runs_the_same_handler_with_the_same_variables_and_the_given_ones(folder: str) -> None:
    template = templates.read(folder)
    converted = functions(conversion.for_embedded_aws(template, ARCHIVE, VARIABLES))
    for name, before in functions(template).items():
        after = converted[name]
        assert [after["Handler"]] == before["ImageConfig"]["Command"]
        assert after["Environment"]["Variables"] == before["Environment"]["Variables"] | VARIABLES
        assert after["Code"] == {"S3Bucket": "code-bucket", "S3Key": "code-key"}
        assert after["Runtime"] == "provided.al2023"
        assert not {"PackageType", "ImageConfig"} & set(after)


def test_the_template_itself_stays_as_it_is() -> None:
    template = templates.read("voice-parser")
    conversion.for_embedded_aws(template, ARCHIVE, VARIABLES)
    assert template == templates.read("voice-parser")


def test_the_archive_starts_the_handler_in_the_given_interpreter() -> None:
    with zipfile.ZipFile(io.BytesIO(conversion.bootstrap_archive("/a folder/python"))) as archive:
        (file,) = archive.infolist()
        assert file.filename == "bootstrap"
        assert file.external_attr >> 16 & 0o111
        start = b"exec '/a folder/python' -m ai_voice_local.aws.function_runtime \"$_HANDLER\"\n"
        assert archive.read(file) == b"#!/bin/sh\n" + start


def test_the_same_interpreter_gives_the_same_archive() -> None:
    assert conversion.bootstrap_archive("/python") == conversion.bootstrap_archive("/python")
