"""The webhook's surroundings."""

import pytest
from support.account import Account
from unit.webhook_handler.desk import Desk


@pytest.fixture
def desk(account: Account) -> Desk:
    """A webhook that knows one sender."""
    return Desk(account)
