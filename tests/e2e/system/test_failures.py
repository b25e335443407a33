"""What happens to messages that cannot be worked on: nothing is lost, and the sender is told."""

from support.deployed import Deployed
from support.waiting import eventually

LATER = "Please send invoice 8301 to the client by Friday."
GOOD = "Please send invoice 8302 to the client by Friday."


def test_one_failing_message_is_retried_alone_then_parked_and_its_sender_has_heard(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    tries: list[str] = []

    def fail(body: str) -> tuple[int, dict[str, object]] | None:
        tries.extend(["8301"] if "8301" in body else [])
        return (500, {"code": 20500}) if "8301" in body else None

    before = deployed.replies_with("We have kept your message")
    twilio.refuse_sending = fail
    try:
        failing, good = deployed.text(LATER), deployed.text(GOOD)
        assert deployed.settled(good.sid)["status"] == "filed"
        assert eventually(lambda: deployed.replies_with("We have kept your message") == before + 1)
    finally:
        twilio.refuse_sending = lambda _body: None
    assert len(tries) == 3
    assert deployed.replies_with("8302") == 1
    note = deployed.settled(failing.sid)
    assert note["problem"] == "Twilio answered 500"
    assert "job-to-be-done" in note["artifacts"][0]["key"]


def test_a_passing_fault_is_got_over_without_paying_twice(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    answers: list[tuple[int, dict[str, object]] | None] = [(503, {}), (429, {})]
    twilio.refuse_sending = lambda body: answers.pop(0) if "8303" in body and answers else None
    note = deployed.settled(deployed.text("Please send invoice 8303 to the client by Friday.").sid)
    assert (note["status"], note["problem"]) == ("filed", None)
    assert deployed.replies_with("8303") == 1
