"""The Twilio in a box stands alone: it knows nothing of the platform, and no image of the platform knows its server."""

import ast
import re
from pathlib import Path

import twilio_in_a_box
from ai_voice_operations.templates import INFRASTRUCTURE

BOX = Path(twilio_in_a_box.__path__[0])
ROOT = INFRASTRUCTURE.parent


def imported(file: Path) -> set[str]:
    """The packages that a module imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def test_it_imports_nothing_of_the_platform() -> None:
    found = {name for file in BOX.rglob("*.py") for name in imported(file)}
    assert not {name for name in found if name.startswith(("ai_voice", "voice_", "webhook_", "customer_", "data_api"))}
    assert found >= {"starlette", "uvicorn"}


def test_no_image_installs_its_server() -> None:
    files = list(ROOT.glob("*/requirements*.txt"))
    assert files
    for file in files:
        assert not re.search(r"^(uvicorn|python-multipart|twilio-in-a-box)\b", file.read_text("utf-8"), re.MULTILINE), (
            file
        )
