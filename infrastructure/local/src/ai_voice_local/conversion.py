"""How a production template becomes one for the embedded AWS: only the place of the code and the environment change."""

import copy
import io
import shlex
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

type Template = dict[str, Any]

_EXECUTABLE = 0o100755 << 16


@dataclass(frozen=True)
class Archive:
    """Where the archive of `bootstrap_archive` lies in S3."""

    bucket: str
    key: str


def bootstrap_archive(python: str = sys.executable) -> bytes:
    """A zip whose bootstrap runs a handler under AWS's own runtime client, in the given interpreter's environment.

    The code is not in it: handlers run from this working copy. The same interpreter gives the same bytes.
    """
    start = f'#!/bin/sh\nexec {shlex.quote(python)} -m ai_voice_local.aws.function_runtime "$_HANDLER"\n'
    file = zipfile.ZipInfo("bootstrap")
    file.external_attr = _EXECUTABLE
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as container:
        container.writestr(file, start)
    return archive.getvalue()


def for_embedded_aws(template: Template, archive: Archive, environment: Mapping[str, str]) -> Template:
    """A copy of the template whose container-image functions run from the archive, with these variables added."""
    converted = copy.deepcopy(template)
    for resource in converted["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Lambda::Function" and properties.get("PackageType") == "Image":
            _run_from_archive(properties, archive)
            properties.setdefault("Environment", {}).setdefault("Variables", {}).update(environment)
    return converted


def _run_from_archive(function: Template, archive: Archive) -> None:
    (handler,) = function.pop("ImageConfig")["Command"]
    del function["PackageType"]
    function["Runtime"] = "provided.al2023"
    function["Handler"] = handler
    function["Code"] = {"S3Bucket": archive.bucket, "S3Key": archive.key}
