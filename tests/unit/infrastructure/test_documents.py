"""The documents are true: commands, links, parameters, alarms, figures; and no file has a secret."""

import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ai_voice_local.aws.embedded_aws import ACCOUNT
from ai_voice_operations import parameter_table, templates

ROOT = templates.INFRASTRUCTURE.parent
KEPT_HIDDEN = {".ci", ".github", ".dockerignore", ".gitignore"}
ALARM = "ai-voice-tool-${EnvironmentName}-"


@cache
def files() -> tuple[Path, ...]:
    """All files of the project, less what was fetched or made here."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name == "__pycache__" or (entry.name.startswith(".") and entry.name not in KEPT_HIDDEN):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


DOCUMENTS = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files() if file.suffix == ".md"}
documents = pytest.mark.parametrize("name", DOCUMENTS)


@cache
def targets() -> frozenset[str]:
    """What make can make, variables of the Makefile put in; with the phony ones that have no line of their own."""
    command = ["make", "--print-data-base", "--question", "--no-builtin-rules", "help"]
    in_english = os.environ | {"LC_ALL": "C"}
    told = subprocess.run(command, cwd=ROOT, env=in_english, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    return frozenset(re.findall(r"^([a-z][a-z0-9-]*):", told.stdout, flags=re.MULTILINE))


@cache
def source() -> str:
    """All that is programmed, tests apart."""
    code = [file for file in files() if file.suffix == ".py" and "src" in file.parts]
    return "\n".join(file.read_text(encoding="utf-8") for file in code)


@cache
def stacks() -> dict[str, dict[str, Any]]:
    return {folder: templates.read(folder) for folder in templates.STACKS}


def code_of(document: str) -> Iterator[str]:
    """Fenced blocks line by line, their comments left out, then the code spans of the rest."""
    parts = document.split("```")
    for block in parts[1::2]:
        yield from (re.sub(r"(^|\s)#.*", "", line) for line in block.splitlines())
    for text in parts[0::2]:
        yield from re.findall(r"`([^`\n]+)`", text)


def anchors(document: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def alarms() -> set[str]:
    """What follows the environment in the names of all alarms."""
    found = [one for stack in stacks().values() for one in stack["Resources"].values()]
    return {
        one["Properties"]["AlarmName"]["Fn::Sub"].removeprefix(ALARM)
        for one in found
        if one["Type"] == "AWS::CloudWatch::Alarm"
    }


@documents
def test_every_make_target_that_a_document_names_is_in_the_makefile(name: str) -> None:
    found = {word for code in code_of(DOCUMENTS[name]) for word in re.findall(r"\bmake ([\w-]+)", code)}
    named = {word for word in found if word == word.lower()}  # test-SERVICE-unit stands for several
    assert named <= targets()


@documents
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    folder = (ROOT / name).parent
    for where, heading in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", DOCUMENTS[name]):
        file = (folder / where).resolve() if where else ROOT / name
        assert file.exists(), where
        if heading:
            assert heading in anchors(file.read_text(encoding="utf-8"))


@documents
def test_every_parameter_or_class_that_a_document_names_is_there(name: str) -> None:
    spans = {code for code in code_of(DOCUMENTS[name]) if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", code)}
    declared = {word for stack in stacks().values() for word in re.findall(r"\w+", str(_without_prose(stack)))}
    programmed = set(re.findall(r"\bclass (\w+)|^(\w+)\b.* = |\"([A-Z]\w+)\"", source(), flags=re.MULTILINE))
    assert spans <= declared | {word for words in programmed for word in words}


def _without_prose(node: Any) -> Any:
    """A template without its descriptions, which could name what is gone."""
    match node:
        case dict():
            return {key: _without_prose(value) for key, value in node.items() if "Description" not in key}
        case list():
            return [_without_prose(value) for value in node]
        case _:
            return node


@documents
def test_every_variable_that_a_document_names_is_read_somewhere(name: str) -> None:
    spans = {
        word for code in code_of(DOCUMENTS[name]) for word in re.findall(r"(?<![\w/*$-])[A-Z]+(?:_[A-Z]+)+(?!\w)", code)
    }
    read = source() + (ROOT / "Makefile").read_text(encoding="utf-8")
    read += "".join(str(stack["Resources"]) for stack in stacks().values())
    assert {word for word in spans if not re.search(rf"\b({word}|{word.lower()})\b", read)} == set()


def test_the_table_of_parameters_is_what_templates_and_parameters_files_say() -> None:
    assert parameter_table.DOCUMENT.read_text(encoding="utf-8") == parameter_table.table(), "run make parameters-sync"


def test_every_parameter_stands_in_the_table_with_a_value_for_each_environment() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", parameter_table.table(), flags=re.MULTILINE)
    assert [row for row, _ in rows] == [one for stack in stacks().values() for one in stack["Parameters"]]
    for parameter, cells in rows:
        described, default, *values = re.split(r"(?<!\\) \| ", cells)
        assert len(described) > 10, parameter
        assert default == "none" or re.fullmatch(r"`.*`", default)
        assert len(values) == 3, parameter
        assert all(re.fullmatch(r"(\*\*)?`.+`\1?|`\"\"`|\*to be set\*", value) for value in values), parameter


def test_the_runbook_names_the_alarms_that_there_are_and_no_others() -> None:
    rows = re.findall(r"^\| alarms? ((?:`[\w-]+`(?:, )?)+)", DOCUMENTS["infrastructure/RUNBOOK.md"], flags=re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`([\w-]+)`", row)) == sorted(alarms())


def test_the_costs_count_the_alarms_and_secrets_that_the_templates_have() -> None:
    kinds = [one["Type"] for stack in stacks().values() for one in stack["Resources"].values()]
    costs = DOCUMENTS["infrastructure/COSTS.md"]
    assert f"| {len(alarms())} alarms |" in costs
    assert f"| {kinds.count('AWS::SecretsManager::Secret')} secrets |" in costs


def test_the_stacks_are_listed_in_the_order_in_which_they_are_deployed() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|", DOCUMENTS["infrastructure/README.md"], flags=re.MULTILINE)
    assert [row for row in rows if row in templates.STACKS] == list(templates.STACKS)


@pytest.mark.parametrize(
    "secret",
    [
        "AC" + "0123456789abcdef" * 2,
        "SK" + "0123456789abcdef" * 2,
        "sk-" + "Ab3Cd4Ef" * 3,
        "AKIA" + "ABCDEFGHIJ234567",
        "auth_token: " + "0123456789abcdef" * 2,
        "arn:aws:iam::" + "2109" + "87654321:root",
        "4815" + "16234297",
    ],
)
def test_what_looks_like_a_secret_or_an_account_is_told(secret: str) -> None:
    assert list(secrets_in(f'value = "{secret}"'))


def test_no_account_id_and_no_secret_stands_in_any_file() -> None:
    found = {str(file.relative_to(ROOT)): list(secrets_in(text)) for file in files() if (text := text_of(file))}
    assert {file: secrets for file, secrets in found.items() if secrets} == {}


def text_of(file: Path) -> str:
    """The file's text; "" of a recording."""
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode(errors="replace")


def secrets_in(text: str) -> Iterator[str]:
    """What looks like a secret or an AWS account; not what is plainly made up, of a few signs repeated."""
    signs = r"\b(?:AC|SK)[0-9a-f]{32}\b|\bAKIA[0-9A-Z]{16}\b|\bsk-[\w-]{20,}|(?i:token\W+)[0-9a-f]{32}\b"
    yield from (found for found in re.findall(signs, text) if len(set(found)) > 8)
    for found in re.findall(r"(?<![\w+.-])\d{12}(?![\w.-])", text):
        phone = f"+{found}" in text or f"%2B{found}" in text  # so it is one elsewhere in the file
        if found != ACCOUNT and not phone and len(set(found)) > 1:
            yield found
