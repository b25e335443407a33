"""What a sender changes of their own note from their phone: its kind by a button, a name, a task."""

from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import COMPANY, PHONE
from twilio_in_a_box.account.messages import Sent

COLLEAGUE, STRANGER = "+15550100004", "+15550100002"
"""Senders of the same company, and of another."""


def filed(deployed: Deployed, text: str) -> tuple[str, Sent]:
    """The sid of a filed note, and our reply with its buttons."""
    sid = deployed.text(text).sid
    note = deployed.settled(sid)
    reply = next(one for one in reversed(deployed.platform.twilio.sent_to(PHONE)) if note["title"] in one.body)
    return sid, reply


def press(deployed: Deployed, reply: Sent, number: int, phone: str = PHONE) -> str:
    """The sid of the message that a press of this button of the reply is."""
    assert reply.interactive
    button = reply.interactive["buttons"][number]
    more = {"ButtonPayload": button["id"], "ButtonText": button["title"]}
    return deployed.platform.twilio.deliver(phone, text=button["title"], quoting=reply.sid, more=more).sid


def last(deployed: Deployed, phone: str = PHONE) -> Sent:
    return deployed.platform.twilio.sent_to(phone)[-1]


def test_a_press_moves_the_note_to_another_folder_once(deployed: Deployed) -> None:
    sid, reply = filed(deployed, "Please order two pieces of lintels9501 by Friday.")
    assert reply.interactive
    assert [one["title"] for one in reply.interactive["buttons"]] == ["Knowledge", "Other"]
    before = deployed.keys_of(sid)
    pressed = press(deployed, reply, 0)
    assert deployed.settled(pressed)["status"] == "filed"
    assert deployed.settled(sid)["intent"] == "knowledge-document"
    keys = deployed.keys_of(sid)
    assert keys == [key.replace("/job-to-be-done/", "/knowledge-document/") for key in before]
    assert all(key.startswith(f"{COMPANY}/knowledge-document/") for key in keys)
    assert last(deployed).body == "Filed as “Knowledge” now."
    assert deployed.api.get("/v1/tasks", note=sid)["tasks"] == []
    assert eventually(lambda: deployed.found(sid, "lintels9501"))
    back = last(deployed)
    assert back.interactive
    assert deployed.settled(press(deployed, back, 0))["status"] == "filed"
    assert deployed.keys_of(sid) == before
    assert len(deployed.api.get("/v1/tasks", note=sid)["tasks"]) == 1


def test_a_name_is_corrected_and_suggested_to_the_office(deployed: Deployed) -> None:
    sid, reply = filed(deployed, "Please order two ladders9502 for Mr Halden by Friday.")
    deployed.settled(deployed.text("no, Holden, not Halden", quoting=reply.sid).sid)
    note = deployed.api.note(sid)
    assert note
    assert "Holden" in note["full_text"]
    assert "Halden" not in str(note["structure"])
    asked = last(deployed)
    assert "Keep “Holden” for next time?" in asked.body
    deployed.settled(press(deployed, asked, 0))
    assert ("Halden", "Holden") in {
        (one["instead_of"], one["word"]) for one in deployed.api.get("/v1/glossary")["suggestions"]
    }


def test_done_closes_the_task(deployed: Deployed) -> None:
    sid, reply = filed(deployed, "Please order two anchors9503 by Friday.")
    deployed.settled(deployed.text("Done!", quoting=reply.sid).sid)
    (task,) = deployed.api.get("/v1/tasks", note=sid, state="all")["tasks"]
    assert task["done_at"]
    assert last(deployed).body.startswith("✅ Done: ")


def test_nobody_elses_note_is_changed(deployed: Deployed) -> None:
    sid, reply = filed(deployed, "Please order two gaskets9504 by Friday.")
    before = deployed.api.note(sid)
    for phone, answer in ((COLLEAGUE, "somebody else’s"), (STRANGER, "do not have that note")):
        for text in ("Knowledge", "done", "no, Gaskers, not Gaskets"):
            there = len(deployed.platform.twilio.sent_to(phone))
            deployed.platform.twilio.deliver(phone, text=text, quoting=reply.sid)
            assert eventually(lambda phone=phone, there=there: len(deployed.platform.twilio.sent_to(phone)) > there)
            assert answer in last(deployed, phone).body
    after = deployed.api.note(sid)
    assert before
    assert after
    assert (after["intent"], after["updated_at"]) == (before["intent"], before["updated_at"])
