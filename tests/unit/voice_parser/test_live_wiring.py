"""The settings choose who scores the mood of customers during a call."""

import pytest
from support.account import Account

from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.mood.asking import AskingScorer
from ai_voice_shared.mood.scoring import OwnScorer
from voice_parser.live import wiring
from voice_parser.live.mood_listener import MoodListener
from voice_parser.settings import LiveSettings

COMPLETE = {
    "QUEUE_URL": "https://sqs.example/notes",
    "CALLS_QUEUE_URL": "https://sqs.example/calls.fifo",
    "CALLS_DEAD_LETTER_QUEUE_URL": "https://sqs.example/calls-dead.fifo",
    "TABLE": "ledger",
    "BUCKET": "notes",
    "CUSTOMER_LOOKUP_FUNCTION": "lookup",
    "OPENAI_SECRET": "openai",
}


@pytest.fixture(autouse=True)
def _variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


def _mood(account: Account) -> MoodListener:
    (found,) = (one for one in wiring.listeners(LiveSettings.load(), account.ledger) if isinstance(one, MoodListener))
    return found


def test_a_language_model_scores_unless_told_otherwise(account: Account) -> None:
    assert isinstance(_mood(account).scorer, AskingScorer)


def test_our_own_model_scores_where_it_is_chosen(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTIMENT", "own")
    assert isinstance(_mood(account).scorer, OwnScorer)


def test_a_scorer_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTIMENT", "ears")
    with pytest.raises(Misconfigured, match="SENTIMENT is not usable"):
        LiveSettings.load()
