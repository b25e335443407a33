"""What operators look after, with fakes around it."""

import pytest
from support.account import Account
from support.app import FakeApp


@pytest.fixture
def app(account: Account) -> FakeApp:
    """A worker on a fresh account."""
    return FakeApp(account)
