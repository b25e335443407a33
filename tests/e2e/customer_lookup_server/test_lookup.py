"""Who is known, seen from outside."""

import pytest
from support.deployed import Deployed


@pytest.mark.parametrize(("phone", "known"), [("+15550100001", True), ("+15550100002", True), ("+15550100003", False)])
def test_known_numbers_pass_and_strangers_are_told(deployed: Deployed, phone: str, *, known: bool) -> None:
    delivered = deployed.platform.twilio.deliver(phone, text="Thanks a lot!")
    assert delivered.status == 200
    assert ("<Message>" in delivered.body) is not known
