"""`make note` sends a text as is: neither make nor the shell reads anything in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ai_voice_local import templates

RECORDER = """#!{python}
import json, pathlib, sys
pathlib.Path({file!r}).write_text(json.dumps(sys.argv[1:]))
"""


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """Stands for the Python that make calls; it keeps what it was called with."""
    program = tmp_path / "python"
    program.write_text(RECORDER.format(python=sys.executable, file=str(tmp_path / "called.json")))
    program.chmod(0o700)
    return program


def called(recorder: Path, *variables: str, **environment: str) -> list[str]:
    """What `make note` calls."""
    command = ["make", "--silent", "-o", ".venv/ready", "note", f"PYTHON={recorder}", *variables]
    root, env = templates.INFRASTRUCTURE.parent, os.environ | environment
    ended = subprocess.run(command, cwd=root, env=env, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    assert ended.stdout + ended.stderr == ""
    found: list[str] = json.loads((recorder.parent / "called.json").read_text())
    assert found[:3] == ["-m", "ai_voice_local", "note"]
    return found[3:]


@pytest.mark.parametrize(
    "text",
    [
        "The valve costs $50 and $x",
        "$$ $( ${HOME} $(shell touch x) $(error x) costs $(5",
        """it's "quoted", `date` and 'more'""",
        "C:\\new\\table ends in \\",
        "two\nlines\n\nand a tab\there",
        "# no comment; & | * ? ~ ! % <a> {b} [c] a:=b \\#",
        "-5 degrees",
        "-5",
        "--file",
        "Grüße, 日本 🙂",
    ],
)
def test_a_text_arrives_as_it_was_written(recorder: Path, text: str) -> None:
    assert called(recorder, f"TEXT={text}") == [f"--text={text}"]
    assert called(recorder, TEXT=text) == [f"--text={text}"]


def test_a_files_name_may_hold_anything(recorder: Path) -> None:
    name = 'O\'Brien "the" $5 `x`.ogg'
    assert called(recorder, f"FILE={name}", "TEXT=a caption") == [f"--file={name}", "--text=a caption"]


def test_the_other_ways_to_send_stay_as_they_were(recorder: Path) -> None:
    assert called(recorder, "FORGET=SM1", "FROM=+15550100001") == ["--forget=SM1", "--from=+15550100001"]
    assert called(recorder) == []
