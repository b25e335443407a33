"""`make up` has the speech model before anything starts, and functions get its folder."""

from pathlib import Path

import pytest

from ai_voice_local.platform import with_speech_model
from ai_voice_shared.errors import Misconfigured
from voice_parser.speech import whisper_models

WHISPER = {"voice-parser": {"Transcriber": "whisper", "TwilioApiUrl": "http://127.0.0.1:1"}}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model, named by its path from where the command runs."""
    (folder := tmp_path / "mine").symlink_to(whisper_models.folder("tiny.en"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHISPER_MODEL", "./mine")
    return folder


def told(_what: str) -> None:
    raise AssertionError("nothing has to be fetched")


def test_functions_get_the_models_folder_whatever_theirs_is(own: Path) -> None:
    assert with_speech_model(WHISPER, told) == {"voice-parser": {**WHISPER["voice-parser"], "WhisperModel": str(own)}}


@pytest.mark.parametrize("model", ["", " ", "tiny.en"])
def test_the_wheels_model_needs_no_word(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_MODEL", model)
    assert with_speech_model(WHISPER, told) == WHISPER


@pytest.mark.usefixtures("own")
def test_a_model_of_an_engine_that_does_not_transcribe_is_not_asked_for() -> None:
    openai = {"voice-parser": {"Transcriber": "openai"}}
    assert with_speech_model(openai, told) == openai


def test_a_model_that_does_not_exist_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_MODEL", "huge")
    with pytest.raises(Misconfigured, match=r'WHISPER_MODEL is "huge"'):
        with_speech_model(WHISPER, told)
