"""Everything that is fetched before our code runs is pinned: actions by commit, uv by hash."""

import re

from ai_voice_operations import templates

ROOT = templates.INFRASTRUCTURE.parent


def test_every_action_is_pinned_by_commit_and_tells_its_version() -> None:
    workflows = [*(ROOT / ".github" / "workflows").iterdir()]
    used = [line for file in workflows for line in re.findall(r"uses: *(.+)", file.read_text(encoding="utf-8"))]
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_uv_is_fetched_by_hash_alone() -> None:
    pinned = (templates.INFRASTRUCTURE / "uv.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    (requirement,) = (line for line in pinned.splitlines() if not line.startswith("#"))
    assert re.fullmatch(r"uv==\d+\.\d+\.\d+( +--hash=sha256:[0-9a-f]{64})+", requirement)
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement $<" in recipe
    assert not re.search(r"pip install(?!.*\\\n.*--require-hashes)", recipe)
