"""The victim and the other company, for all tests of what one sees of the other."""

from pathlib import Path

import pytest
from support.account import Account
from unit.tenancy.companies import Two, two


@pytest.fixture(params=[("bolt", 1), ("acme-2", 2), ("acm", 3)], ids=lambda chosen: str(chosen[0]))
def companies(request: pytest.FixtureRequest, account: Account, tmp_path: Path) -> Two:
    """The victim `acme`, and another company, whose name may begin alike."""
    return two(account, tmp_path, *request.param)
