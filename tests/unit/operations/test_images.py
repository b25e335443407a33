"""An image's tag comes from what goes into it; it is built if it is missing, and pushed without showing a password."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from support.account import Account

from ai_voice_operations import templates
from ai_voice_operations.deploying import image_tags
from ai_voice_operations.deploying.images import Images, Ran
from ai_voice_operations.problems import Failed, Refused

NAME = "ai-voice-tool-dev-webhook-handler"


@pytest.fixture(autouse=True)
def _account(account: Account) -> None:  # noqa: ARG001 - the account has to be open
    """ECR in process, with one repository."""
    boto3.client("ecr").create_repository(repositoryName=NAME, imageTagMutability="IMMUTABLE")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one service."""
    for folder in ("webhook-handler", "shared-lib"):
        (tmp_path / folder / "src").mkdir(parents=True)
        (tmp_path / folder / "pyproject.toml").write_text('[project]\nname = "x"\n')
        (tmp_path / folder / "src" / "code.py").write_text("x = 1\n")
    service = tmp_path / "webhook-handler"
    (service / "pyproject.toml").write_text("[tool.uv.sources]\nai-voice-shared = { workspace = true }\n")
    (service / "Dockerfile").write_text("FROM scratch\n")
    return tmp_path


class Engine:
    """A container engine that does nothing, and what it was told to do."""

    def __init__(self, fails: str = "nothing") -> None:
        self.commands: list[tuple[list[str], bytes]] = []
        self._fails = fails

    def __call__(self, command: Sequence[str], given: bytes) -> Ran:
        self.commands.append((list(command), given))
        return Ran(int(self._fails in command), "some-name:0.1.0\n")


def images(root: Path, run: Engine, *, engine: str = "docker") -> Images:
    return Images("dev", boto3.client("ecr"), lambda _line: None, engine=lambda: engine, run=run, root=root)


def put_image(wanted: str) -> None:
    """An image of this tag is in the repository."""
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}
    boto3.client("ecr").put_image(repositoryName=NAME, imageManifest=json.dumps(manifest), imageTag=wanted)


def test_a_tag_follows_code_shared_code_base_and_processor_and_nothing_else(root: Path) -> None:
    def named(architecture: str = "arm64", base: str = "") -> str:
        return image_tags.tag("webhook-handler", architecture, base, root)

    first = named()
    assert first == named()
    (root / "webhook-handler" / "README.md").write_text("told")
    (root / "webhook-handler" / "src" / "__pycache__").mkdir()
    (root / "webhook-handler" / "src" / "__pycache__" / "code.pyc").write_bytes(b"1")
    assert named() == first
    seen = {first, named("x86_64"), named(base="other")}
    (root / "shared-lib" / "src" / "code.py").write_text("x = 2\n")
    seen.add(named())
    (root / "webhook-handler" / "Dockerfile").write_text("FROM other\n")
    seen.add(named())
    assert len(seen) == 5


def test_an_image_that_is_there_is_not_built_again(root: Path) -> None:
    run = Engine()
    wanted = images(root, run).tag("webhook-handler", "arm64")
    put_image(wanted)
    assert images(root, run).pushed("webhook-handler", "arm64") == wanted
    assert run.commands == []


def test_a_missing_image_is_built_named_and_pushed_its_password_on_standard_input(root: Path) -> None:
    run = Engine()
    wanted = images(root, run).pushed("webhook-handler", "x86_64")
    (build, _), (login, password), (named, _), (push, _) = run.commands
    assert build[2:] == ["webhook-handler", "--environment", "dev", "--platform", "linux/amd64", "--base", ""]
    assert login[:4] == ["docker", "login", "--username", "AWS"]
    assert password
    assert password.decode() not in " ".join(part for command, _ in run.commands for part in command)
    assert named[:3] == ["docker", "tag", "some-name:0.1.0"]
    assert push[-1].endswith(f"/{NAME}:{wanted}")


@pytest.mark.parametrize(("fails", "told"), [("login", "`docker login` failed"), ("push", "`docker push` failed")])
def test_a_failing_engine_is_told(root: Path, fails: str, told: str) -> None:
    with pytest.raises(Failed, match=told):
        images(root, Engine(fails)).pushed("webhook-handler", "arm64")


def test_without_an_engine_a_missing_image_is_refused_by_name(root: Path) -> None:
    run = Engine()
    with pytest.raises(Refused, match=rf"{NAME}:\w+-arm64 has to be built, and neither docker nor podman"):
        images(root, run, engine="").pushed("webhook-handler", "arm64")
    assert run.commands == []


def test_a_tag_that_is_not_there_is_refused(root: Path) -> None:
    with pytest.raises(Refused, match=f"no image {NAME}:gone"):
        images(root, Engine()).existing("webhook-handler", "gone")
    put_image("there")
    assert images(root, Engine()).existing("webhook-handler", "there") == "there"


def test_without_its_repository_nothing_is_pushed(root: Path) -> None:
    boto3.client("ecr").delete_repository(repositoryName=NAME)
    with pytest.raises(Refused, match="run `make deploy-ecr ENV=dev`"):
        images(root, Engine()).pushed("webhook-handler", "arm64")


def choosing(**values: str) -> image_tags.Effective:
    """The parameters of the stack voice-parser; others choose nothing."""
    return lambda folder, name: values.get(name, "") if folder == "voice-parser" else ""


@pytest.fixture
def engines(root: Path) -> Path:
    """A project in which two engines have packages of their own, both in one image."""
    (root / "voice-parser").mkdir()
    for name in ("requirements", "requirements-rules", "requirements-whisper"):
        (root / "voice-parser" / f"{name}.txt").write_text(f"{name}==1\n")
    (root / "voice-parser" / "pyproject.toml").write_text("[tool.uv.sources]\n")
    return root


def test_an_image_holds_the_engines_that_its_stacks_choose(engines: Path) -> None:
    held = image_tags.held(choosing(Transcriber="whisper", Analyzer="openai"), root=engines)
    assert held == {
        "voice-parser": ("whisper",), "webhook-handler": (), "customer-lookup-server": (), "data-api-server": ()
    }  # fmt: skip
    assert image_tags.held(choosing(Transcriber="openai"), root=engines)["voice-parser"] == ()


def test_an_image_holds_the_engines_that_are_named_instead(engines: Path) -> None:
    held = image_tags.held(choosing(Transcriber="whisper"), ["whisper", "rules"], engines)
    assert held["voice-parser"] == ("rules", "whisper")
    assert held["webhook-handler"] == ()


def test_an_engine_that_a_stack_chooses_is_not_left_out_of_its_image(engines: Path) -> None:
    with pytest.raises(
        Refused, match=r"voice-parser chooses the engine whisper: name it, too \(ENGINES='rules whisper'\)"
    ):
        image_tags.held(choosing(Transcriber="whisper"), ["rules"], engines)


def test_an_engine_without_packages_of_its_own_is_refused_with_those_that_have_some(engines: Path) -> None:
    with pytest.raises(Refused, match="No image has packages of an engine openai: ENGINES may name rules, whisper"):
        image_tags.held(choosing(), ["openai"], engines)


def test_a_tag_names_the_engines_and_follows_their_packages_alone(engines: Path) -> None:
    def named(*holds: str) -> str:
        return image_tags.tag("voice-parser", "arm64", root=engines, holds=holds)

    plain, with_whisper = named(), named("whisper")
    assert plain.endswith("-arm64")
    assert with_whisper.endswith("-arm64-whisper")
    assert named("rules", "whisper").endswith("-arm64-rules-whisper")
    (engines / "voice-parser" / "requirements-rules.txt").write_text("rules==2\n")
    assert (named(), named("whisper")) == (plain, with_whisper)
    (engines / "voice-parser" / "requirements-whisper.txt").write_text("whisper==2\n")
    assert named() == plain
    assert named("whisper") != with_whisper


def test_an_image_is_built_with_the_engines_that_it_holds(root: Path) -> None:
    (root / "webhook-handler" / "requirements-whisper.txt").write_text("whisper==1\n")
    run = Engine()
    made = replace(images(root, run), holds={"webhook-handler": ("whisper",)})
    assert made.pushed("webhook-handler", "arm64").endswith("-arm64-whisper")
    assert run.commands[0][0][-2:] == ["--engines", "whisper"]


def test_an_image_of_before_without_a_chosen_engine_is_refused(root: Path) -> None:
    made = replace(images(root, Engine()), holds={"webhook-handler": ("whisper",)})
    for there in ("0" * 16 + "-arm64", "1" * 16 + "-arm64-rules-whisper", "one-of-yours"):
        put_image(there)
    with pytest.raises(Refused, match="was built without whisper, which the parameters choose"):
        made.existing("webhook-handler", "0" * 16 + "-arm64")
    assert made.existing("webhook-handler", "1" * 16 + "-arm64-rules-whisper")
    assert made.existing("webhook-handler", "one-of-yours")  # who made it knows what it holds


def test_each_stack_with_functions_runs_the_image_its_template_names() -> None:
    for folder in templates.STACKS:
        text = (templates.INFRASTRUCTURE / folder / "template.yaml").read_text(encoding="utf-8")
        service = image_tags.service_of(folder)
        assert (service is None) == ("ImageUri" not in text), folder
        assert service is None or f"-{service}-repository-uri" in text, folder
