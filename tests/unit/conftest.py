"""Unit tests reach no network: a real call can not happen by mistake."""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket
from support.account import Account, open_account


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
