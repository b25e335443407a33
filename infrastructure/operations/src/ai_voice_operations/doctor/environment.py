"""An environment: its parameters file and the templates here, its stacks and clients in the AWS account."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from ai_voice_operations import templates
from ai_voice_operations.problems import Refused
from ai_voice_shared.environment import normalized_url

if TYPE_CHECKING:
    import boto3
    from types_boto3_cloudformation.type_defs import StackTypeDef

EVERY_STACK = "every-stack"
OURS = "account"
"""What a parameters file may hold beside sections: the only AWS account the environment may be deployed to."""

CONFIG = Config(connect_timeout=3, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 3})


@dataclass(frozen=True)
class Stack:
    """A deployed stack."""

    status: str
    parameters: dict[str, str]
    outputs: dict[str, str]


@dataclass(frozen=True)
class Environment:
    """An environment by its name, e.g. `dev`. AWS is asked only when something of it is needed.

    Attributes:
        where: the folder of the parameters files.
    """

    name: str
    session: "boto3.Session"
    where: Path = templates.PARAMETERS

    @cached_property
    def file(self) -> dict[str, Any]:
        """The environment's parameters file; raises Refused."""
        file = self.where / f"{self.name}.json"
        try:
            read = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise Refused(f"parameters/{file.name} cannot be read: {error.strerror}.") from None
        except ValueError as error:
            raise Refused(f"parameters/{file.name} is not JSON: {error}.") from None
        if not isinstance(read, dict):
            raise Refused(f"parameters/{file.name} is not a JSON object.")
        return read

    def section(self, name: str) -> dict[str, str]:
        """What a section of the file sets; empty if there is none."""
        values = self.file.get(name, {})
        return {key: str(value) for key, value in values.items()} if isinstance(values, dict) else {}

    def declared(self, folder: str) -> dict[str, dict[str, Any]]:
        """The parameters that a stack's template declares."""
        found: dict[str, dict[str, Any]] = _template(folder).get("Parameters", {})
        return found

    def wanted(self, folder: str) -> dict[str, str]:
        """A stack's parameters as the next deployment sets them, without those that are set nowhere."""
        declared = self.declared(folder)
        defaults = {name: str(one["Default"]) for name, one in declared.items() if "Default" in one}
        common = {name: value for name, value in self.section(EVERY_STACK).items() if name in declared}
        return defaults | common | self.section(folder)

    @cached_property
    def stacks(self) -> dict[str, Stack]:
        """The stacks that are deployed, by folder."""
        pages = self.session.client("cloudformation", config=CONFIG).get_paginator("describe_stacks").paginate()
        there = {stack["StackName"]: stack for page in pages for stack in page["Stacks"]}
        names = {folder: templates.stack_name(folder, self.name) for folder in templates.STACKS}
        return {folder: _stack(there[name]) for folder, name in names.items() if name in there}

    def value(self, folder: str, parameter: str) -> str:
        """A parameter's deployed value; before a deployment, its next one; empty if it is unknown."""
        deployed = self.stacks[folder].parameters if folder in self.stacks else {}
        return deployed.get(parameter, self.wanted(folder).get(parameter, ""))

    def output(self, folder: str, name: str) -> str:
        """An output of a deployed stack; raises Refused if it does not exist."""
        if folder not in self.stacks or name not in self.stacks[folder].outputs:
            stack = templates.stack_name(folder, self.name)
            raise Refused(f"Stack {stack} is not deployed, or has no output {name}: run {self.deploy}.")
        return self.stacks[folder].outputs[name]

    @property
    def deploy(self) -> str:
        """The command that deploys it."""
        return "make up" if self.name == "local" else f"make deploy-infra ENV={self.name}"

    @property
    def public_url(self) -> str:
        """The URL that Twilio calls, without a path; raises Refused if nothing is deployed."""
        own = self.output("shared", "WebhookApiEndpoint")
        try:
            return normalized_url(self.value("webhook-handler", "PublicUrl") or own)
        except ValueError as error:
            raise Refused(f"PublicUrl is not usable: {error}.") from None


@cache
def _template(folder: str) -> templates.Template:
    return templates.read(folder)


def _stack(described: "StackTypeDef") -> Stack:
    return Stack(
        described["StackStatus"],
        {one["ParameterKey"]: one.get("ParameterValue", "") for one in described.get("Parameters", [])},
        {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])},
    )
