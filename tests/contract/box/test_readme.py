"""What the box's README shows works: the command, and the very lines of its bot."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from support.waiting import HANGS, eventually

from ai_voice_operations.templates import INFRASTRUCTURE
from twilio_in_a_box.account.errors import CODES, FAILURES
from twilio_in_a_box.routes.app import CONTROL
from twilio_in_a_box.voice.problems import CODES as OF_CALLS

README = (INFRASTRUCTURE / "local" / "twilio-in-a-box" / "README.md").read_text(encoding="utf-8")
BOT = README.partition("## A bot of ten lines")[2].partition("```python\n")[2].partition("```")[0]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A process for the length of the block."""
    env = os.environ | environment
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, *command], env=env, text=True, **pipes) as process:  # type: ignore[call-overload] # noqa: S603 - ours
        try:
            yield process
        finally:
            process.terminate()


def told(process: subprocess.Popen[str]) -> dict[str, str]:
    """The lines that the command prints at its start."""
    assert process.stdout
    found: dict[str, str] = {}
    for line in process.stdout:
        name, _, value = line.strip().partition(" ")
        if name.startswith("Ctrl"):
            break
        found |= {name: value.strip()} if name else {}
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return found


def answers(url: str) -> bool:
    try:
        httpx.get(url)
    except httpx.ConnectError:
        return False
    return True


def test_the_bot_of_the_readme_answers_what_a_phone_writes(tmp_path: Path) -> None:
    assert len([line for line in BOT.splitlines() if line and not line.startswith(("import", "from"))]) <= 10
    (bot := tmp_path / "bot.py").write_text(BOT, encoding="utf-8")
    port = free_port()
    webhook = f"http://127.0.0.1:{port}/"
    command = ("-m", "twilio_in_a_box", "--port", "0", "--webhook", webhook, "--folder", str(tmp_path / "box"))
    with running(*command) as box:
        lines = told(box)
        account = {name: lines[name] for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")}
        with running(str(bot), **account, TWILIO_API_URL=lines["API"], PORT=str(port)):
            assert eventually(lambda: answers(webhook))
            with httpx.Client(base_url=lines["API"], timeout=HANGS, follow_redirects=True) as page:
                page.get(lines["simulator"])
                phone = "+15550100001"
                page.post("/box/messages", data={"phone": phone, "text": "Grüße"}).raise_for_status()
                shown = page.get("/box/messages", params={"phone": phone}).json()["messages"]
    assert [one["text"] for one in shown] == ["Grüße", "You said: Grüße"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--webhook"),
        (("--webhook", "/message"), "is not a URL like"),
        (("--webhook", "http://localhost/", "--number", "1"), "is not a number like"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    command = [sys.executable, "-m", "twilio_in_a_box", "--folder", str(tmp_path), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANGS)  # noqa: S603 - ours
    assert ended.returncode == 2
    assert said in ended.stderr


def test_the_readme_names_every_code_and_every_route() -> None:
    written = {int(code) for code in re.findall(r"\b(\d{5})\b", README)}
    for first, last in re.findall(r"\b(\d{5})–(\d{5})\b", README):
        written |= set(range(int(first), int(last) + 1))
    assert {*CODES, *OF_CALLS, *map(int, FAILURES)} <= written
    for method, path, _ in CONTROL:
        assert (
            f"`{method} {re.sub(r'{event:int}', '{id}', path).replace('{media}', '{sid}').replace('{call}', '{sid}')}"
            in README
        )
