"""Which engines an environment may choose: those that exist. No template, no document and no command lists them."""

import json
from pathlib import Path

import pytest

from ai_voice_local import engines
from ai_voice_local.deployment import DeploymentError
from ai_voice_operations import parameter_table, templates
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused
from ai_voice_shared.answering.settings import ANSWERERS, EMBEDDERS
from ai_voice_shared.engines import choosing
from voice_parser.settings import ANALYZERS, SENTIMENTS, TRANSCRIBERS

PACKAGES = {
    "Transcriber": TRANSCRIBERS,
    "Analyzer": ANALYZERS,
    "Answerer": ANSWERERS,
    "Embedder": EMBEDDERS,
    "Sentiment": SENTIMENTS,
}


def written(folder: Path, section: str, **values: str) -> Path:
    """A folder with the dev environment's file, and these values in it."""
    file = json.loads((templates.PARAMETERS / "dev.json").read_text(encoding="utf-8"))
    file[section] = file.get(section, {}) | values
    (folder / "dev.json").write_text(json.dumps(file), encoding="utf-8")
    return folder


@pytest.mark.parametrize("folder", ["voice-parser", "realtime", "data-api-server"])
def test_a_template_allows_the_engines_there_are(folder: str) -> None:
    declared = templates.read(folder)["Parameters"]
    chosen = PACKAGES.keys() & declared.keys()
    assert chosen >= {"Answerer", "Embedder"}
    for name in chosen:
        assert declared[name]["AllowedValues"] == list(choosing.names(PACKAGES[name]))
        assert declared[name]["Default"] in declared[name]["AllowedValues"]


def test_an_engine_is_its_module_and_what_several_share_is_none(tmp_path: Path) -> None:
    for name in ("__init__", "echo", "whisper_2", "_shared"):
        (tmp_path / f"{name}.py").touch()
    assert choosing.in_folders([str(tmp_path)]) == ("echo", "whisper_2")


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("voice-parser", "Transcriber", "ears"),
        ("voice-parser", "Analyzer", "brain"),
        ("every-stack", "Embedder", "maybe"),
        ("data-api-server", "Answerer", "oracle"),
    ],
)
def test_a_wrong_engine_is_refused_before_anything_is_deployed(
    tmp_path: Path, section: str, name: str, value: str
) -> None:
    told = ", ".join(choosing.names(PACKAGES[name]))
    where = written(tmp_path, section, **{name: value})
    with pytest.raises(Refused, match=rf'sets {name} to "{value}", but for \S+ it has to be one of {told}\.$'):
        Parameters.read("dev", where)


def test_so_is_any_value_that_a_template_does_not_take(tmp_path: Path) -> None:
    with pytest.raises(Refused, match='sets BatchSize to "11", but for voice-parser it has to be at most 10'):
        Parameters.read("dev", written(tmp_path, "voice-parser", BatchSize="11"))


def test_the_list_of_parameters_leads_to_the_engines_instead_of_naming_them() -> None:
    lines = [
        line for line in parameter_table.table().splitlines() if line.startswith(tuple(f"| `{n}`" for n in PACKAGES))
    ]
    assert len(lines) == 9
    for line in lines:
        link = line.partition("](")[2].partition(")")[0]
        assert (parameter_table.DOCUMENT.parent / link / "openai.py").is_file()


def test_a_variable_chooses_an_engine_for_the_run_here() -> None:
    assert engines.named({"TRANSCRIBER": "openai", "EMBEDDER": " none ", "ANSWERER": ""}) == {
        "voice-parser": {"Transcriber": "openai", "Embedder": "none"},
        "realtime": {"Embedder": "none"},
        "data-api-server": {"Embedder": "none"},
    }
    assert engines.named({}) == {}


def test_the_run_here_refuses_a_wrong_engine_before_it_starts() -> None:
    told = ", ".join(choosing.names(TRANSCRIBERS))
    with pytest.raises(DeploymentError, match=f'TRANSCRIBER is "ears", but it has to be one of {told}.$'):
        engines.named({"TRANSCRIBER": "ears"})


def test_what_runs_here_is_told_by_its_engines() -> None:
    told = engines.told({"Transcriber": "ears", "Analyzer": "rules", "Answerer": "extracts", "Embedder": "none"})
    assert told[:3] == ["hears: ears", "understands: rules", "answers: extracts"]
    assert engines.told({"Sentiment": "own"})[-1] == "scores moods: own"
