"""What a sender's phone shows."""

from support.deployed import Deployed


def test_a_long_answer_arrives_whole_in_several_messages(deployed: Deployed) -> None:
    lines = [f"The valve number {number} in hall 9301 was measured at {number} bar." for number in range(1, 60)]
    before = len(deployed.platform.twilio.sent)
    deployed.settled(deployed.text("\n".join(lines)).sid)
    messages = [message.body for message in deployed.platform.twilio.sent[before:]]
    assert len(messages) > 1
    assert all(any(line in message for message in messages) for line in lines)
    assert messages[0].startswith(f"(1/{len(messages)}) ")
