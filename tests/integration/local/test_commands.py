"""`make up` and `make note` as a person uses them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from support.deployed import SAMPLES
from support.waiting import HANGS, eventually

from ai_voice_local.platform import Running
from ai_voice_local.terminal import DataApi


def start(folder: Path) -> subprocess.Popen[str]:
    """`make up` in a folder."""
    command = [sys.executable, "-m", "ai_voice_local", "--folder", str(folder), "up"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, umask=0o022)  # noqa: S603 - ours
    assert eventually(lambda: (folder / "running.json").exists() or process.poll() is not None)
    assert process.poll() is None
    return process


def stop(process: subprocess.Popen[str]) -> str:
    """Ctrl-C; what it had printed."""
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=HANGS)
    assert process.returncode == 0
    return output


def note(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make note`."""
    command = [sys.executable, "-m", "ai_voice_local", "--folder", str(folder), "note", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANGS)  # noqa: S603 - ours


def open_to_others(folder: Path) -> list[str]:
    """What others on this machine could look into or change, but for the folder that it lies in."""
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_it_runs_until_ctrl_c_and_keeps_its_data_for_its_user_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for file in ("aws.log", "api_key"):
        (tmp_path / file).touch(mode=0o644)  # as an earlier version left them
    process = start(tmp_path)
    sent = note(tmp_path, "--text", "Please order two valves by Friday.")
    assert sent.returncode == 0, sent.stderr
    assert "✅ Job filed" in sent.stdout
    assert {"understood", "artifacts written", "sender answered"} <= came_of_first_message(tmp_path)
    first = stop(process)
    assert open_to_others(tmp_path) == []
    process = start(tmp_path)
    running = Running.read(tmp_path)
    assert running is not None
    kept = DataApi(running.data_api_url, running.api_key).get("/v1/notes")["notes"]
    assert [one["title"] for one in kept] == ["Order two valves"]
    spoken = note(tmp_path, "--file", str(SAMPLES / "job.ogg"), "--text", "Invoice 8822")
    assert spoken.returncode == 0, spoken.stderr
    assert "written beside  Invoice 8822\n" in spoken.stdout
    forgotten = note(tmp_path, "--forget", spoken.stdout.partition("▸ ")[2].partition(":")[0])
    assert "Erased for good" in forgotten.stdout
    others = note(tmp_path, "--text", "Please oil the lift.", "--from", "+15550100002")
    assert "another company's sender" in others.stdout
    assert open_to_others(tmp_path) == []
    second = stop(process)
    addresses = [line.split()[-1] for line in first.splitlines() if line.strip().startswith(("webhook", "data API"))]
    assert all(address in second for address in addresses)
    assert first.partition("API key")[2].split()[0] == second.partition("API key")[2].split()[0]
    assert processes_naming(tmp_path) == []


def came_of_first_message(folder: Path) -> set[str]:
    """The steps that the simulator's inspector tells of the first webhook."""
    running = Running.read(folder)
    assert running is not None
    with httpx.Client(base_url=running.phone_url, headers={"X-Box-Key": running.phone_secret}, timeout=HANGS) as box:
        events = box.get("/box/events").json()["events"]
        webhook = next(event["id"] for event in events if event["kind"] == "webhook")
        return {step["text"] for step in box.get(f"/box/events/{webhook}").json()["came_of"]}


def processes_naming(folder: Path) -> list[str]:
    """The command lines of running processes that name the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in line and int(process.name) != os.getpid():
            found.append(line.decode(errors="replace"))
    return found


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--text", "hello"), "The platform is not running here. Start it with `make up`"),
        ((), "There is nothing to send: give FILE=recording.ogg or TEXT='…'."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    answer = note(tmp_path, *arguments)
    assert answer.returncode == 1
    assert sentence in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_platform_that_no_longer_answers_is_said_in_one_sentence(tmp_path: Path) -> None:
    gone = "http://127.0.0.1:1"
    running = {"data_api_url": gone, "api_key": "", "phone_url": gone, "phone_secret": "", "environment": {}}
    (tmp_path / "running.json").write_text(json.dumps(running))
    answer = note(tmp_path, "--text", "hello")
    assert (answer.returncode, len(answer.stderr.strip().splitlines())) == (1, 1)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    running = {"data_api_url": "", "api_key": "", "phone_url": "", "phone_secret": "", "environment": {}}
    (tmp_path / "running.json").write_text(json.dumps(running))
    answer = note(tmp_path, "--file", "no-such.ogg")
    assert (answer.returncode, answer.stderr.strip()) == (1, "no-such.ogg cannot be read: No such file or directory.")
