"""A box and a bot for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.bots import Boxed, boxed


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Boxed]:
    with boxed(tmp_path) as opened:
        yield opened
