"""An operator of an embedded AWS: what they read, what they answer, and a deployment whose functions run here."""

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import boto3

from ai_voice_local import conversion
from ai_voice_local.aws.embedded_aws import EmbeddedAws, embedded_aws
from ai_voice_local.stacks import Stacks
from ai_voice_operations import templates, wiring
from ai_voice_operations.account import Account, open_account
from ai_voice_operations.deploying import deployer
from ai_voice_operations.deploying.deploy import Deployment
from ai_voice_operations.deploying.images import Images, Ran
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.templates import Template
from ai_voice_operations.terminal import Terminal

QUICK = 0.02
"""Seconds between two looks at a stack."""


@dataclass
class Operator:
    """Somebody who runs commands.

    Attributes:
        told: all lines so far.
        answers: what they say to the next questions; nobody answers what comes after.
        asked: the questions.
    """

    told: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def terminal(self, *, agreed: bool = False) -> Terminal:
        """Their terminal."""
        return Terminal(agreed=agreed, say=self.told.append, ask=self._answer, ask_hidden=self._answer, pretty=False)

    def _answer(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


def no_program(_command: object, _given: bytes) -> Ran:
    """A container engine must not be asked for images that are there."""
    raise AssertionError


@dataclass(frozen=True)
class Cloud:
    """An embedded AWS for operators."""

    aws: EmbeddedAws
    archive: conversion.Archive

    def client(self, service: Any) -> Any:
        """A client of it."""
        return boto3.client(service)

    def account(self, environment: str = "dev", where: Path = templates.PARAMETERS) -> Account:
        """An environment in it."""
        return open_account(Parameters.read(environment, where))

    def deployment(
        self,
        operator: Operator,
        *,
        account: Account | None = None,
        agreed: bool = True,
        only_show: bool = False,
        transform: deployer.Transform = deployer.as_it_is,
    ) -> Deployment:
        """The deployment that the command makes, with functions that run from here and images that are there."""
        account = account or self.account()
        terminal = operator.terminal(agreed=agreed)

        def here(folder: str, template: Template) -> Template:
            return conversion.for_embedded_aws(
                transform(folder, template), self.archive, {"AWS_ENDPOINT_URL": self.aws.endpoint}
            )

        made = wiring.deployer(account, terminal, only_show=only_show)
        made = dataclasses.replace(
            made,
            transform=here,
            change_sets=dataclasses.replace(made.change_sets, poll_seconds=QUICK),
            events=dataclasses.replace(made.events, poll_seconds=QUICK),
        )
        images = _ImagesThatAreThere(account.environment, self.client("ecr"), operator.told.append, run=no_program)
        return Deployment(account.parameters, made, images, wiring.preflight(account, terminal))

    def destroy(self, operator: Operator, *, environment: str = "dev", data: bool = False) -> None:
        """What the command does."""
        made = wiring.destruction(self.account(environment), operator.terminal(), data=data)
        dataclasses.replace(made, events=dataclasses.replace(made.events, poll_seconds=QUICK)).destroy()

    def status(self, folder: str, environment: str = "dev") -> str:
        """The status of a stack; "" for none."""
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        names = {stack["StackName"]: stack["StackStatus"] for stack in stacks}
        return str(names.get(templates.stack_name(folder, environment), ""))


class _ImagesThatAreThere(Images):
    def exists(self, service: str, wanted: str) -> bool:  # noqa: ARG002 - whatever it is called
        return True

    def pushed(self, service: str, architecture: str) -> str:
        return self.tag(service, architecture)


@contextmanager
def cloud(folder: Path) -> Iterator[Cloud]:
    """An embedded AWS which this process's clients use."""
    with (
        embedded_aws(folder / "aws.log") as aws,
        mock.patch.dict(os.environ, aws.client_environment),
        mock.patch.object(boto3, "DEFAULT_SESSION", aws.session),
    ):
        os.environ.pop("AWS_PROFILE", None)
        yield Cloud(aws, Stacks(aws, "dev").upload(conversion.bootstrap_archive()))
