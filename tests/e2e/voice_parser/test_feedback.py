"""What a sender's phone shows."""

from support.deployed import Deployed


def test_a_long_text_is_filed_whole_and_answered_in_one_short_message(deployed: Deployed) -> None:
    lines = [f"The valve number {number} in hall 9301 was measured at {number} bar." for number in range(1, 60)]
    sid = deployed.text("\n".join(lines)).sid
    deployed.settled(sid)
    (message,) = (sent.body for sent in deployed.answers(sid))
    assert message.startswith("📄 Knowledge filed: The valve number 1")
    assert message.endswith("The whole note is filed under this title; your company can read it.")
