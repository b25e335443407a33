"""Unit tests reach no network: a real call cannot happen by mistake."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket
from support.account import Account, open_account

# By default an example may take 0.2 s, and a busy machine more; and each run would try others than the one before.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("others", deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """The same examples every time, unless others are asked for: FLAGS=--hypothesis-profile=others."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("same")


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and nobody has to look again and again whether it may go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture
def account() -> Iterator[Account]:
    """A fresh in-process AWS account."""
    with open_account() as opened:
        yield opened
