#!/usr/bin/env python3
"""How the services' images are built: which container engine, for which processor, under which name."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from ai_voice_operations import templates
from ai_voice_operations.deploying import base_image, image_tags
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused

_ROOT = templates.INFRASTRUCTURE.parent
_PLATFORMS = {"arm64": "linux/arm64", "x86_64": "linux/amd64"}
_OURS = {"aarch64": "arm64", "arm64": "arm64", "AMD64": "x86_64", "x86_64": "x86_64"}
_NO_ENGINE = "No container engine answers here: start Docker or Podman, then try again. Nothing was built."
_NOT_PINNED = "The base {} is not pinned, so this build takes what its tag stands for today: run `make base-update`."
_FLAGS: dict[str, list[str]] = {"docker": [], "podman": ["--format=docker"]}
_PLAIN = {"BUILDX_NO_DEFAULT_ATTESTATIONS": "1"}
"""Else Docker pushes an image index, which Lambda does not take (AWS Lambda, "Create a function using an image")."""


def main() -> None:
    """Builds what is asked for; prints the names of the images, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("services", nargs="*", help="folders of services; all without")
    parser.add_argument("--environment", default="local", choices=sorted(environments()))
    parser.add_argument("--platform", default="", choices=["", *_PLATFORMS.values()], help="rather than the stack's")
    parser.add_argument("--base", default="", help="a base image rather than that of images.toml")
    parser.add_argument("--engines", default="", help="blank-separated, rather than those that the parameters choose")
    wanted = parser.parse_args()
    known = services()
    if unknown := sorted(set(wanted.services) - set(known)):
        parser.error(f"there is no Dockerfile of {', '.join(unknown)}; there is one of {', '.join(known)}")
    try:
        holds = engines(wanted.environment, wanted.engines)
    except Refused as refused:
        parser.error(str(refused))
    engine = running_engine() or sys.exit(_NO_ENGINE)
    base = wanted.base or pinned_base()
    for service in wanted.services or known:
        name, on = image(service, wanted.environment), wanted.platform or stacks_platform(service, wanted.environment)
        if on == _PLATFORMS["arm64"] and (reason := not_on_arm64(service, holds[service])):
            sys.exit(f"{service}'s image cannot be built for {on}: {reason}. Set its stack's Architecture to x86_64.")
        _build(engine, service, name, on, {"BASE": base, "ENGINES": " ".join(holds[service])})
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


def pinned_base() -> str:
    """The base image of images.toml; one that is not pinned yet is told."""
    base = base_image.read()
    if not base.digest:
        sys.stderr.write(_NOT_PINNED.format(base.image) + "\n")
    return base.reference


def environments() -> list[str]:
    """The environments that have parameters."""
    return [file.stem for file in (templates.INFRASTRUCTURE / "parameters").glob("*.json")]


def services() -> list[str]:
    """The folders of all services."""
    return sorted(file.parent.name for file in _ROOT.glob("*/Dockerfile"))


def running_engine() -> str | None:
    """The container engine that answers: `docker` or `podman`; None where none does."""
    for name in _FLAGS:
        found = shutil.which(name)
        if found and subprocess.run([found, "info"], check=False, capture_output=True).returncode == 0:  # noqa: S603 - ours
            return name
    return None


def image(service: str, environment: str) -> str:
    """The image's name: that of its repository (infrastructure/ecr), and the tag its stack is to run."""
    return f"ai-voice-tool-{environment}-{service}:{templates.parameters(service, environment)['ImageTag']}"


def stacks_platform(service: str, environment: str) -> str:
    """The platform that the service's stack runs on in the environment; in `local`, this machine's."""
    if environment == "local":
        return _PLATFORMS[_OURS[platform.machine()]]
    declared = templates.read(service)["Parameters"]["Architecture"]["Default"]
    return _PLATFORMS[templates.parameters(service, environment).get("Architecture", declared)]


def engines(environment: str, named: str = "") -> Mapping[str, tuple[str, ...]]:
    """By service, the engines whose packages its image holds; raises Refused for some that it cannot or must hold."""
    return image_tags.held(Parameters(environment, templates.PARAMETERS, "").effective, named.split())


def not_on_arm64(service: str, holds: Collection[str] = ()) -> str:
    """Which of the service's and these engines' packages has no wheel for arm64, and why; empty when all have one."""
    images = tomllib.loads((templates.INFRASTRUCTURE / "images" / "images.toml").read_text(encoding="utf-8"))
    files = ["requirements.txt", *(f"requirements-{engine}.txt" for engine in holds)]
    locked = [line for file in files for line in (_ROOT / service / file).read_text(encoding="utf-8").splitlines()]
    return "; ".join(
        f"{package} {why}"
        for package, why in images["no_arm64"].items()
        if any(x.startswith(f"{package}==") for x in locked)
    )


def _build(engine: str, service: str, name: str, on: str, arguments: Mapping[str, str]) -> None:
    given = [word for key, value in arguments.items() if value for word in ("--build-arg", f"{key}={value}")]
    file = Path(service) / "Dockerfile"
    command = [engine, "build", *_FLAGS[engine], "--platform", on, *given, "--tag", name, "--file", str(file), "."]
    done = subprocess.run(command, check=False, cwd=_ROOT, env=os.environ | _PLAIN, stdout=sys.stderr)  # noqa: S603 - ours
    if done.returncode:
        sys.exit(f"{service}'s image was not built for {on}: see above.")


if __name__ == "__main__":
    main()
