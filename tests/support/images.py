"""A service's image for its tests: made by its Dockerfile's steps without a container engine, or in a container."""

import functools
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import awslambdaric
from support.runtime_api import RuntimeApi

from ai_voice_operations import templates

ROOT = templates.INFRASTRUCTURE.parent
IMAGES = templates.INFRASTRUCTURE / "images"
BASE_PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"

_IGNORED = shutil.ignore_patterns("__pycache__")
_CLIENT = ("awslambdaric", "runtime_client*.so", "simplejson", "snapshot_restore_py.py")
_START = "import sys; sys.path[:0] = sys.argv.pop().split(':'); from awslambdaric.__main__ import main; main(sys.argv)"


def handlers() -> list[tuple[str, str]]:
    """Every function of the templates: its image's service, and its handler."""
    found = [
        function["Properties"]
        for folder in templates.STACKS
        for function in templates.read(folder)["Resources"].values()
        if function["Type"] == "AWS::Lambda::Function"
    ]
    return [(_service(function), function["ImageConfig"]["Command"][0]) for function in found]


def _service(function: Mapping[str, Any]) -> str:
    """The service whose repository the function's image comes from."""
    repository: str = function["Code"]["ImageUri"]["Fn::Sub"][1]["Repository"]["Fn::ImportValue"]["Fn::Sub"]
    return repository.removeprefix("ai-voice-tool-${EnvironmentName}-").removesuffix("-repository-uri")


@functools.cache
def building() -> Any:
    """infrastructure/images/build.py, which is a script."""
    spec = importlib.util.spec_from_file_location("build", IMAGES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dockerfile(service: str) -> list[tuple[str, str]]:
    """The instructions of a service's Dockerfile: their names, and what follows."""
    lines = (ROOT / service / "Dockerfile").read_text(encoding="utf-8").splitlines()
    found = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in found]


def built(service: str, root: Path, engines: str = "") -> Path:
    """Follows the service's Dockerfile below this folder, and with uv, which has a cache; returns the code's folder."""
    work = root
    for name, rest in dockerfile(service):
        match name:
            case "WORKDIR":
                work = root / rest.removeprefix("/")
            case "COPY":
                _copy(rest.replace("${LAMBDA_TASK_ROOT}", "/var/task").split(), root, work)
            case "RUN":
                _run([word.replace("${ENGINES}", engines) for word in shlex.split(rest)], root, work)
    return root / "var" / "task"


def _copy(words: list[str], root: Path, work: Path) -> None:
    """As COPY: a file goes into the folder, of a folder what is in it."""
    origin = root if words[0] == "--from=build" else ROOT
    *sources, target = [word for word in words if word != "--from=build"]
    into = root / target[1:] if target.startswith("/") else work / target
    into.mkdir(parents=True, exist_ok=True)
    for source in (found for word in sources for found in sorted(origin.glob(word.removeprefix("/")))):
        if source.is_dir():
            shutil.copytree(source, into, dirs_exist_ok=True, ignore=_IGNORED if origin == ROOT else None)
        else:
            shutil.copy2(source, into)


def _run(words: list[str], root: Path, work: Path) -> None:
    """As RUN, with our Python, and every absolute path below the root."""
    assert words[0] == "python3"
    placed = [f"{root}{word}" if word.startswith("/") else word for word in words[1:]]
    command = [str(BASE_PYTHON), *placed, "--installer", f"{ROOT}/.tools/bin/uv pip"]
    environment = os.environ | {"UV_PYTHON": sys.executable}
    subprocess.run(command, check=True, cwd=work, env=environment)  # noqa: S603 - the Dockerfile's


def runtime_client(folder: Path) -> Path:
    """A folder with AWS's runtime client alone, which the base image brings."""
    packages = Path(awslambdaric.__file__).parents[1]
    for name in _CLIENT:
        (found,) = packages.glob(name)
        (folder / found.name).symlink_to(found)
    return folder


@dataclass(frozen=True)
class Folder:
    """An image's folder of code, run by a Python that knows nothing else but its standard library."""

    code: Path
    client: Path

    @contextmanager
    def running(self, handler: str, environment: Mapping[str, str], log: IO[bytes]) -> Iterator[RuntimeApi]:
        """The handler under AWS's runtime client."""
        start = [str(BASE_PYTHON), "-I", "-S", "-c", _START, handler, f"{self.code}:{self.client}"]
        with RuntimeApi() as api, tempfile.TemporaryDirectory() as scratch:
            lambdas = {"AWS_LAMBDA_RUNTIME_API": api.address, "LAMBDA_TASK_ROOT": str(self.code), "TMPDIR": scratch}
            process = subprocess.Popen(  # noqa: S603 - ours
                start, env=dict(environment) | lambdas, stdout=log, stderr=subprocess.STDOUT, cwd=self.code
            )
            try:
                yield api
            finally:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Container:
    """An image in a container: nothing can be written but /tmp, nothing is allowed that Lambda does not allow.

    With AWS_LAMBDA_RUNTIME_API set, as on Lambda, the base image starts its runtime client at once, without emulator.
    """

    engine: str
    image: str

    @contextmanager
    def running(self, handler: str, environment: Mapping[str, str], log: IO[bytes]) -> Iterator[RuntimeApi]:
        """The handler under AWS's runtime client; the host's network leads it to what listens on loopback."""
        with RuntimeApi() as api, tempfile.TemporaryDirectory() as scratch:
            variables = dict(environment) | {"AWS_LAMBDA_RUNTIME_API": api.address}
            (file := Path(scratch) / "environment").write_text("".join(f"{k}={v}\n" for k, v in variables.items()))
            limits = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
            name = f"--name=ai-voice-check-{os.getpid()}-{api.address.rpartition(':')[2]}"
            start = [self.engine, "run", "--rm", name, "--network=host", *limits, f"--env-file={file}"]
            process = subprocess.Popen([*start, self.image, handler], stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 - ours
            try:
                yield api
            finally:
                subprocess.run([self.engine, "rm", "--force", name[7:]], check=False, capture_output=True)  # noqa: S603 - ours
                process.wait()
