"""Which images are in their repositories, and how missing ones are built and pushed."""

import base64
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from ai_voice_operations.deploying import image_tags
from ai_voice_operations.problems import Failed, Refused

if TYPE_CHECKING:
    from types_boto3_ecr import ECRClient

_ENGINES = ("docker", "podman")
_PLATFORMS = {"arm64": "linux/arm64", "x86_64": "linux/amd64"}
_BUILD = "infrastructure/images/build.py"
"""Builds one service's image and prints its name (`make images`)."""

type Run = Callable[[Sequence[str], bytes], "Ran"]
"""Runs a program with this on its standard input."""


@dataclass(frozen=True)
class Ran:
    """How a program ended, and what it wrote to its standard output."""

    status: int
    output: str


def _run(command: Sequence[str], given: bytes) -> Ran:
    done = subprocess.run(  # noqa: S603 - the container engine, and our own build
        list(command), input=given, stdout=subprocess.PIPE, cwd=image_tags.ROOT, check=False
    )
    return Ran(done.returncode, done.stdout.decode(errors="replace"))


def running_engine() -> str:
    """The container engine that answers, `docker` or `podman`; "" if there is no such engine."""
    for name in _ENGINES:
        found = which(name)
        if found and subprocess.run([found, "info"], check=False, capture_output=True).returncode == 0:  # noqa: S603 - ours
            return name
    return ""


@dataclass(frozen=True)
class Images:
    """An environment's images.

    Attributes:
        base: the image to build on, instead of the Dockerfiles' own.
        engine: finds the container engine; "" if there is none.
        holds: by service, the engines (of speech, of understanding …) whose packages its image holds.
    """

    environment: str
    ecr: "ECRClient"
    say: Callable[[str], None]
    base: str = ""
    engine: Callable[[], str] = running_engine
    run: Run = _run
    root: Path = image_tags.ROOT
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def tag(self, service: str, architecture: str) -> str:
        """The tag of the service's image; the image itself may be missing."""
        return image_tags.tag(service, architecture, self.base, self.root, self._holds(service))

    def exists(self, service: str, wanted: str) -> bool:
        """Whether the repository has an image of this tag."""
        try:
            answer = self.ecr.describe_images(repositoryName=self._repository(service), imageIds=[{"imageTag": wanted}])
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"ImageNotFoundException", "RepositoryNotFoundException"}:
                return False
            raise
        return bool(answer["imageDetails"])

    def check(self, service: str, wanted: str) -> None:
        """Raises Refused unless the image is there or can be built here."""
        if self.exists(service, wanted):
            return
        if not (self.root / service / "Dockerfile").exists():
            raise Refused(f"There is no image {self._repository(service)}:{wanted} and no {service}/Dockerfile.")
        if not self.engine():
            raise Refused(
                f"The image {self._repository(service)}:{wanted} has to be built, and neither docker nor podman "
                f"answers here: run `make push ENV={self.environment}` where one does."
            )

    def existing(self, service: str, wanted: str) -> str:
        """This tag, if the repository has such an image; raises Refused if not."""
        if not self.exists(service, wanted):
            raise Refused(
                f"There is no image {self._repository(service)}:{wanted}: leave the tag out for one of this code."
            )
        if lacking := image_tags.lacking(wanted, self._holds(service)):
            raise Refused(
                f"The image {self._repository(service)}:{wanted} was built without {' and '.join(lacking)}, which the "
                "parameters choose: leave the tag out for one that holds it."
            )
        return wanted

    def pushed(self, service: str, architecture: str) -> str:
        """The tag of the service's image, which is built and pushed if it is missing; raises Refused and Failed."""
        wanted = self.tag(service, architecture)
        if self.exists(service, wanted):
            self.say(f"{self._repository(service)}:{wanted}: there already")
            return wanted
        self.check(service, wanted)
        image = f"{self._uri(service)}:{wanted}"
        self.say(f"{image}: building")
        built = self._built(service, architecture)
        self._log_in(image.partition("/")[0])
        self._call("tag", built, image)
        self._call("push", image)
        self.say(f"{image}: pushed")
        return wanted

    def _uri(self, service: str) -> str:
        """The repository's address; raises Refused if it does not exist."""
        try:
            found = self.ecr.describe_repositories(repositoryNames=[self._repository(service)])["repositories"][0]
        except self.ecr.exceptions.RepositoryNotFoundException:
            raise Refused(
                f"There is no repository {self._repository(service)}: run `make deploy-ecr ENV={self.environment}`."
            ) from None
        return found["repositoryUri"]

    def _built(self, service: str, architecture: str) -> str:
        command = [sys.executable, _BUILD, service, "--environment", self.environment]
        command += ["--platform", _PLATFORMS[architecture], "--base", self.base]
        if engines := self._holds(service):
            command += ["--engines", " ".join(engines)]
        ran = self.run(command, b"")
        if ran.status or not ran.output.strip():
            raise Failed(f"The image of {service} was not built: the reason stands above.")
        return ran.output.split()[-1]

    def _log_in(self, registry: str) -> None:
        token = self.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
        user, _, password = base64.b64decode(token).decode().partition(":")
        self._call("login", "--username", user, "--password-stdin", registry, given=password.encode())

    def _call(self, *arguments: str, given: bytes = b"") -> None:
        engine = self.engine()
        if self.run([engine, *arguments], given).status:
            raise Failed(f"`{engine} {arguments[0]}` failed: the reason stands above.")

    def _holds(self, service: str) -> tuple[str, ...]:
        return self.holds.get(service, ())

    def _repository(self, service: str) -> str:
        return f"ai-voice-tool-{self.environment}-{service}"
