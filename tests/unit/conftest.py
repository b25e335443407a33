"""Unit tests reach no network: a real call can not happen by mistake."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket
from support.account import Account, open_account

settings.register_profile("untimed", deadline=None)  # by default an example may take 0.2 s, and a busy machine more
settings.load_profile("untimed")


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
