"""The tag of an image, made from what goes into it. So the same code is the same image, and is never built twice."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ai_voice_operations import templates

ROOT = templates.INFRASTRUCTURE.parent
"""The folder of the project."""

_OF_A_PACKAGE = ("Dockerfile", "pyproject.toml", "requirements.txt", "src/**/*")
_OF_ALL = Path("infrastructure/images")
"""What installs into all images."""

_DIGITS = 16


def service_of(folder: str) -> str | None:
    """The service whose image the stack's functions run; None for a stack without functions."""
    if "ImageTag" not in templates.read(folder)["Parameters"]:
        return None
    return "data-api-server" if folder == "realtime" else folder


def tag(service: str, architecture: str, base: str = "", root: Path = ROOT) -> str:
    """The tag of the service's image, made from its files, those of packages that it needs, base and processor."""
    digest = hashlib.sha256(f"{architecture}\0{base}\0".encode())
    for file in sorted(_files(service, root)):
        digest.update(f"{file.relative_to(root).as_posix()}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()[:_DIGITS]}-{architecture}"


def _files(service: str, root: Path) -> Iterator[Path]:
    found = [
        file for folder in _packages(service, root) for form in _OF_A_PACKAGE for file in (root / folder).glob(form)
    ]
    for file in (*found, *(root / _OF_ALL).glob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _packages(service: str, root: Path) -> set[str]:
    """The folders of the service and of our packages that it needs."""
    project = tomllib.loads((root / service / "pyproject.toml").read_text(encoding="utf-8"))
    ours = project.get("tool", {}).get("uv", {}).get("sources", {})
    folders = {"shared-lib" if name == "ai-voice-shared" else name.removeprefix("ai-voice-") for name in ours}
    return {service}.union(*(_packages(folder, root) for folder in folders))
