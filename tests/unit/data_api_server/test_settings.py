"""The API starts only if its environment variables are right."""

import pytest

from ai_voice_shared.errors import Misconfigured
from data_api_server.settings import Settings


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUCKET", "notes")
    monkeypatch.setenv("TABLE", "ledger")
    monkeypatch.setenv("WEBHOOKS_QUEUE_URL", "https://queue.example.com/webhooks")
    monkeypatch.setenv("INDEX_QUEUE_URL", "https://queue.example.com/index.fifo")
    monkeypatch.setenv("QUEUE_URL", "https://queue.example.com/notes")
    monkeypatch.setenv("CUSTOMER_LOOKUP_FUNCTION", "customer-lookup")
    monkeypatch.setenv("ERASER_FUNCTION", "eraser")
    monkeypatch.setenv("OPENAI_SECRET", "ai-voice-tool/test/openai")
    monkeypatch.delenv("URL_SECONDS", raising=False)


def test_a_url_works_for_a_quarter_of_an_hour_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().url_seconds == 900
    monkeypatch.setenv("URL_SECONDS", "43200")
    assert Settings.load().url_seconds == 43_200


@pytest.mark.parametrize(
    "name",
    ["BUCKET", "TABLE", "INDEX_QUEUE_URL", "QUEUE_URL", "ERASER_FUNCTION", "OPENAI_SECRET", "CUSTOMER_LOOKUP_FUNCTION"],
)
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(Misconfigured, match=f"^{name} is not set"):
        Settings.load()


@pytest.mark.parametrize("value", ["59", "43201", "soon"])
def test_a_time_that_can_not_be_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("URL_SECONDS", value)
    with pytest.raises(Misconfigured, match=r"^URL_SECONDS is not usable"):
        Settings.load()
