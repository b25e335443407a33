"""What the voice-parser says when a setting is missing or wrong: one sentence that names it."""

import pytest

from ai_voice_shared.engines import choosing
from ai_voice_shared.errors import Misconfigured
from voice_parser.settings import TRANSCRIBERS, Settings

_REQUIRED = (
    "QUEUE_URL",
    "DEAD_LETTER_QUEUE_URL",
    "INDEX_QUEUE_URL",
    "WEBHOOKS_QUEUE_URL",
    "BUCKET",
    "TABLE",
    "CUSTOMER_LOOKUP_FUNCTION",
    "ERASER_FUNCTION",
    "TWILIO_SECRET",
    "OPENAI_SECRET",
)
COMPLETE = dict.fromkeys(_REQUIRED, "x")


@pytest.fixture(autouse=True)
def _complete(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


def test_the_defaults_are_openais() -> None:
    settings = Settings.load()
    assert (settings.transcription_model, settings.language_model) == ("gpt-transcribe", "gpt-6-luna")


def test_each_transcriber_has_a_model_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().model == "gpt-transcribe"
    monkeypatch.setenv("TRANSCRIBER", "whisper")
    assert Settings.load().model == "tiny.en"
    monkeypatch.setenv("WHISPER_MODEL", "/models/mine")
    assert Settings.load().model == "/models/mine"


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(Misconfigured, match=f"^{name} is not set: "):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_ATTEMPTS", "0"),
        ("TWILIO_API_URL", "ftp://x"),
        ("TRANSCRIBER", "../x"),
        ("ANALYZER", "brain"),
        ("ANSWERER", "oracle"),
        ("EMBEDDER", "maybe"),
        ("STATUS_CALLBACK_URL", "hooks.example.com/twilio/status"),
    ],
)
def test_an_unusable_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=f"^{name} is not usable: "):
        Settings.load()


def test_the_url_for_status_callbacks_is_told_in_the_one_spelling_that_is_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STATUS_CALLBACK_URL", "HTTPS://Hooks.Example.com//twilio/status")
    assert Settings.load().status_callback_url == "https://hooks.example.com/twilio/status"


def test_a_wrong_engine_is_told_the_right_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSCRIBER", "parrot")
    there_are = ", ".join(choosing.names(TRANSCRIBERS))
    with pytest.raises(Misconfigured, match=f"no engine 'parrot', choose one of {there_are}"):
        Settings.load()


def test_an_engine_that_does_not_exist_is_named() -> None:
    with pytest.raises(Misconfigured, match="there is no engine 'parrot'"):
        choosing.build(TRANSCRIBERS, "parrot")
