"""The webhook as Twilio sees it."""

import httpx
from support.deployed import Deployed


def test_only_the_documented_route_exists(deployed: Deployed) -> None:
    base = deployed.platform.outputs.webhook_url.removesuffix("/twilio/message")
    assert httpx.get(f"{base}/twilio/message").status_code in {404, 405}
    assert httpx.post(f"{base}/anything").status_code == 404


def test_a_known_sender_gets_an_empty_answer(deployed: Deployed) -> None:
    delivered = deployed.text("Please bring the long ladder 9201 tomorrow.")
    assert delivered.status == 200
    assert "<Message>" not in delivered.body
