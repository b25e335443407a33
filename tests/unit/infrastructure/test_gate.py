"""What has to pass before a change is merged is listed once: `.ci/run` has its parts, the workflow runs each."""

import re

import yaml

from ai_voice_operations import templates

ROOT = templates.INFRASTRUCTURE.parent
SCRIPT = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def parts() -> list[str]:
    (named,) = re.findall(r"^parts=\((.+)\)$", SCRIPT, re.MULTILINE)
    return str(named).split()


def commands() -> dict[str, str]:
    """By part, the target of make."""
    return dict(re.findall(r"^ +(\w+)\) make ([\w-]+)", SCRIPT, re.MULTILINE))


def test_every_part_is_a_target_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [*commands()] == parts()
    assert [target for target in commands().values() if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_workflow_runs_every_part() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yaml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["run"]
    assert job["strategy"]["matrix"] == {"part": parts()}
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run ${{ matrix.part }}"]


def test_what_make_test_leaves_out_is_a_part_of_its_own() -> None:
    assert {"test", "test-properties"} <= set(commands().values())


def test_what_tries_many_examples_is_where_make_test_properties_looks() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (folders,) = re.findall(r"-m properties \$\(FLAGS\) (.+)", makefile)
    many = re.compile(r"^@bounded\(", re.MULTILINE)
    tests = [file for file in (ROOT / "tests").rglob("test_*.py") if many.search(file.read_text(encoding="utf-8"))]
    assert len(tests) > 3
    assert {str(file.parent.relative_to(ROOT)) for file in tests} == set(folders.split())
