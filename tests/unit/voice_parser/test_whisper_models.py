"""Which Whisper models there are, and what is said of one that is not there; fetching: tests/integration."""

import re
from pathlib import Path

import pytest

from ai_voice_shared.errors import Misconfigured
from voice_parser.speech import whisper_models
from voice_parser.speech.whisper_models import MODELS

FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")


def folder_of(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).write_bytes(b"-")
    return root


def refusal(model: str) -> str:
    with pytest.raises(Misconfigured) as raised:
        whisper_models.folder(model)
    return str(raised.value)


def told(_what: str) -> None:
    raise AssertionError("nothing may be fetched")


def test_the_wheel_brings_tiny_en_as_the_hub_has_it() -> None:
    found = whisper_models.folder("tiny.en")
    assert {file.name for file in found.iterdir()} == set(FILES)
    assert (found / "model.bin").stat().st_size == 75_537_502


def test_a_path_to_a_models_folder_is_that_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert whisper_models.folder(str(folder_of(tmp_path, *FILES))) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path))
    assert whisper_models.folder("~/") == tmp_path
    monkeypatch.chdir(tmp_path)
    assert whisper_models.folder("./").resolve() == tmp_path


def test_a_vocabulary_may_be_text_or_json(tmp_path: Path) -> None:
    assert whisper_models.folder(str(folder_of(tmp_path, *FILES[:3], "vocabulary.json"))) == tmp_path


def test_a_path_that_is_no_models_folder_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    folder_of(tmp_path, "model.bin", "config.json")
    told = refusal(str(tmp_path))
    assert told == (
        f"{tmp_path} is not a Whisper model that CTranslate2 can read: it has no tokenizer.json, "
        "no vocabulary.txt or vocabulary.json (WHISPER_MODEL)."
    )
    assert "there is no such folder (WHISPER_MODEL)" in refusal(str(tmp_path / "nowhere"))


def test_another_name_is_refused_with_those_there_are() -> None:
    known = "tiny.en, base, small, large-v3-turbo"
    assert refusal("medium") == f'WHISPER_MODEL is "medium", but it has to be one of {known}, or the path of a folder.'


def test_a_model_that_was_not_fetched_is_said_with_how_it_comes_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHISPER_CACHE", str(tmp_path))
    told = refusal("base")
    assert f"not in {tmp_path}/base (config.json, tokenizer.json, vocabulary.txt, model.bin)" in told
    assert "`make up WHISPER_MODEL=base` fetches it" in told


def test_the_cache_is_the_users_unless_a_variable_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WHISPER_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert f"{tmp_path}/.cache/ai-voice-tool/whisper/base" in refusal("base")
    monkeypatch.setenv("XDG_CACHE_HOME", f"{tmp_path}/caches")
    assert f"{tmp_path}/caches/ai-voice-tool/whisper/base" in refusal("base")


@pytest.mark.parametrize("mirror", ["http://mirror.example", "ftp://mirror.example", "mirror.example"])
def test_a_mirror_that_others_could_listen_to_is_refused(mirror: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_MIRROR", mirror)
    monkeypatch.setenv("WHISPER_CACHE", "/nowhere")
    with pytest.raises(Misconfigured, match="WHISPER_MIRROR is not usable"):
        whisper_models.ensure("base", told)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_pinned_by_commit_size_and_hash(model: str) -> None:
    pinned = MODELS[model]
    assert re.fullmatch(r"[0-9a-f]{40}", pinned.revision)
    assert {file.name for file in pinned.files} >= {"model.bin", "config.json", "tokenizer.json"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) and file.size > 0 for file in pinned.files)
