"""The voice-parser with fakes around it."""

from pathlib import Path

import pytest
from support.account import Account
from support.app import FakeApp

from ai_voice_local.templates import INFRASTRUCTURE


@pytest.fixture
def app(account: Account) -> FakeApp:
    """A worker on a fresh account."""
    return FakeApp(account)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The recordings the project ships."""
    return INFRASTRUCTURE / "local" / "samples"


@pytest.fixture(scope="session")
def voice_note(samples: Path) -> bytes:
    """A voice note as WhatsApp sends it."""
    return (samples / "job.ogg").read_bytes()
