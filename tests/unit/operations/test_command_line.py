"""The one command line of operators: each command explains itself, and a typing error gets one sentence."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from ai_voice_operations import parameter_table, templates
from ai_voice_operations.__main__ import main
from ai_voice_operations.command_line import COMMANDS, PROGRAM, build
from ai_voice_operations.terminal import Terminal

Capture = pytest.CaptureFixture[str]


def ways() -> Iterator[tuple[str, ...]]:
    """All commands, and those of each group."""
    for name in COMMANDS:
        yield (name,)
        yield from ((name, inner) for inner in getattr(parsed(name), "commands", {}))


def parsed(*words: str) -> Any:
    """A command as typer has it."""
    found: Any = typer.main.get_command(build(words[0]))
    for word in words:
        found = found.commands[word]
    return found


WAYS = [*ways()]
every_way = pytest.mark.parametrize("words", WAYS, ids=" ".join)


def test_the_help_names_every_command(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []


@every_way
def test_each_command_explains_itself_all_its_options_and_an_example(words: tuple[str, ...], capsys: Capture) -> None:
    assert main([*words, "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"Example: {PROGRAM} {words[0]}" in told
    command = parsed(*words)
    assert [one.name for one in command.params if not (one.help or one.hidden)] == []
    assert all(name in told for one in command.params for name in one.opts if name[:2] == "--" and not one.hidden)


@every_way
def test_each_example_has_options_that_there_are(words: tuple[str, ...]) -> None:
    example = parsed(*words).epilog.partition(f"Example: {PROGRAM} ")[2].split()
    reached, named = [parsed(words[0])], list(example[1:])
    for word in named:
        if word in getattr(reached[-1], "commands", {}):
            reached.append(reached[-1].commands[word])
    there = {name for command in reached for one in command.params for name in one.opts}
    assert example[0] == words[0]
    assert [word for word in named if word.startswith("--") and word not in there] == []


@every_way
def test_an_option_that_there_is_not_is_one_sentence(words: tuple[str, ...], capsys: Capture) -> None:
    assert main([*words, "--nonsense"]) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert f"`{PROGRAM} {words[0]}" in told.err
    assert "--help` shows what there is." in told.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "COMMAND is missing"),
        ("dlq", "COMMAND is missing"),
        ("dlq lst", "Did you mean 'list'?"),
        ("dlq --queue x list", "'x' is not one of 'notes', 'index'"),
        ("dlq --limit 0 list", "greater than or equal to 1"),
        ("dlq --environment lab list", "There is no environment lab"),
        ("dlq replay", "Pass MESSAGE or --all, and not both"),
        ("dlq replay SM1 --all", "Pass MESSAGE or --all, and not both"),
        ("dlq show", "Missing argument 'MESSAGE'"),
        ("waiting bring-back", "Pass MESSAGE or --all, and not both"),
        ("waiting --environment= list", "Which environment?"),
        ("index-rebuild --company ../x", "COMPANY is a company's id"),
        ("index-rebuild", "Pass --company or --all, and not both"),
        ("index-rebuild --all --company acme", "Pass --company or --all, and not both"),
        ("keys list", "Missing option '--company'"),
        ("keys create --company acme", "Missing option '--name'"),
        ("sweep", "Which environment?"),
        ("sweep --environment dev --since yesterday", "SINCE is a time such as 2026-11-20T08:00Z, not yesterday."),
        ("\x1b[2J", "No such command"),
    ],
)
def test_what_is_typed_wrong_is_one_sentence(typed: str, told: str, capsys: Capture) -> None:
    assert main(typed.split()) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert (shown.out, len(shown.err.splitlines())) == ("", 1)
    assert shown.err.rstrip("\n").isprintable()


def test_a_command_that_is_stopped_says_what_goes_on(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(parameter_table, "table", stop)
    assert main(["parameters-sync"]) == 130
    assert capsys.readouterr().err.splitlines()[-1].startswith("Stopped. What AWS has begun goes on")


def imported(*arguments: str) -> set[str]:
    """What is imported by a run of its own."""
    program = f"import sys; from ai_voice_operations.__main__ import main; main({list(arguments)}); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return set(ended.stdout.splitlines()[-1].split())


def test_only_the_command_that_runs_is_imported() -> None:
    modules = {command.module for command in COMMANDS.values()}
    assert not {"boto3", "httpx", "yaml", "rich", *map("ai_voice_operations.commands.{}".format, modules)} & imported()
    found = imported("sweep", "--help")
    assert "boto3" in found
    assert {name for name in modules if f"ai_voice_operations.commands.{name}" in found} == {"sweep"}


def test_every_command_has_a_make_target() -> None:
    makefile = (templates.INFRASTRUCTURE.parent / "Makefile").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"$(OPERATE) {name}" not in makefile] == []


@pytest.mark.parametrize("service", ["webhook-handler", "voice-parser", "customer-lookup-server", "data-api-server"])
def test_no_image_installs_what_only_operators_need(service: str) -> None:
    required = (templates.INFRASTRUCTURE.parent / service / "requirements.txt").read_text(encoding="utf-8")
    assert not {"typer", "rich", "shellingham"} & {line.partition("==")[0] for line in required.splitlines()}


HOSTILE = ("[red]Sam[/red]", "\x1b]0;me\x07", "\u202enoitc")


def test_a_table_for_a_script_is_plain_columns(capsys: Capture) -> None:
    Terminal(pretty=False).table(("Id", "Name", "Reason"), [("SM1", "acme", "late"), ("SM1000", "b", "")])
    assert capsys.readouterr().out == "SM1     acme  late\nSM1000  b\n"
    Terminal(pretty=False).table(("Id",), [])
    Terminal(pretty=True).table(("Id",), [])
    assert capsys.readouterr().out == ""


def test_a_table_for_a_person_has_its_columns_names(capsys: Capture) -> None:
    Terminal(pretty=True).table(("Id", "Reason"), [("SM1", "late")])
    first, _, row = (line.split() for line in capsys.readouterr().out.splitlines() if line.strip())
    assert (first, row) == (["Id", "Reason"], ["SM1", "late"])


def test_no_word_of_a_table_is_broken_however_narrow_the_terminal(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    sid, reason = "SM" + "0" * 32, "OpenAI answered 401 and then said nothing more for a long while"
    rows = [(number, sid, "acme-heating", "2026-11-28T10:00:00.000Z", reason) for number in ("1", "2")]
    Terminal(pretty=True).table(("", "Message", "Company", "Parked at", "Reason"), rows)
    shown = capsys.readouterr().out.split()
    assert [shown.count(word) for word in (sid, "acme-heating", "2026-11-28T10:00:00.000Z", "answered", "while")] == [
        2
    ] * 5
    assert "…" not in shown


@pytest.mark.parametrize("pretty", [True, False])
def test_what_somebody_else_wrote_is_neither_markup_nor_an_order_to_the_terminal(
    *, pretty: bool, capsys: Capture
) -> None:
    terminal = Terminal(pretty=pretty)
    terminal.table(("A", "B", "C"), [HOSTILE])
    terminal.say(" ".join(HOSTILE))
    terminal.paint(" ".join(HOSTILE), "red")
    terminal.note(" ".join(HOSTILE))
    told = capsys.readouterr()
    assert told.out.count("[red]Sam[/red]") == 3
    assert (told.out + told.err).replace("\n", "").isprintable()
    assert "?]0;me?" in told.out
