"""Nothing is left of a note that its sender had erased ("forget that"), or that the office has deleted."""

import httpx
from support import patient
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.object_store import ObjectStore

ERASED = "Erased for good"
COLLEAGUE, STRANGER = "+15550100004", "+15550100002"
"""Senders of the same company, and of another."""


def delete(deployed: Deployed, message_id: str) -> httpx.Response:
    """What the data API answers to a DELETE."""
    headers = {"x-api-key": deployed.platform.api_key}
    return httpx.delete(f"{deployed.api.url}/v1/notes/{message_id}", headers=headers, timeout=HANGS)


def filed(deployed: Deployed, word: str) -> str:
    """The sid of a filed note that a search for the word finds, and whose sender has read it in our reply."""
    sid = deployed.text(f"Please order two pieces of {word} by Friday.").sid
    deployed.settled(sid)
    assert eventually(lambda: deployed.found(sid, word))
    return sid


def left(deployed: Deployed, message_id: str) -> list[str]:
    """The keys of all versions of the message's objects."""
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    return [one.key for one in store.versions(f"{COMPANY}/") if message_id in one.key]


def test_a_sender_who_quotes_their_recording_has_all_of_it_forgotten_and_hears_so_once(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    sid = deployed.voice("job.ogg").sid
    note = deployed.settled(sid)
    assert eventually(lambda: deployed.found(sid, "boiler"))
    reply = next(one.sid for one in reversed(twilio.sent) if note["title"] in one.body)
    told = deployed.replies_with(ERASED)
    request = twilio.receive("+15550100001", "Forget that, please!", quoting=sid)
    assert deployed.announced_at_once(request, 2) == [200, 200]
    assert deployed.settled(request["MessageSid"])["status"] == "filed"
    assert deployed.api.note(sid) is None
    assert left(deployed, sid) == deployed.keys_of(sid) == []
    assert {httpx.get(artifact["url"]).status_code for artifact in note["artifacts"]} == {404}
    assert twilio.media_of(sid) is None
    assert {sid, reply} <= twilio.deleted
    assert eventually(lambda: not deployed.found(sid, "boiler"))
    assert twilio.announce(request).status == 200
    assert deployed.settled(deployed.text("Please sweep hall 9400 today.").sid)
    assert deployed.replies_with(ERASED) == told + 1


def test_quoting_our_reply_means_the_note_it_answers_and_a_delete_gives_the_same_receipt(deployed: Deployed) -> None:
    sid = filed(deployed, "hinges9401")
    reply = deployed.reply_with("hinges9401")
    deployed.settled(deployed.text("delete this", quoting=reply).sid)
    assert deployed.api.note(sid) is None
    assert {sid, reply} <= deployed.platform.twilio.deleted
    assert eventually(lambda: not deployed.found(sid, "hinges9401"))
    receipt = delete(deployed, sid)
    assert receipt.status_code == 200
    assert receipt.json()["erased"]["artifacts"] >= 4
    assert receipt.json()["erased"]["twilio_messages"] == 2


def test_a_note_deleted_by_the_office_is_gone_with_our_reply_and_its_receipt_stays(deployed: Deployed) -> None:
    sid = filed(deployed, "rafters9402")
    reply = deployed.reply_with("rafters9402")
    receipt = delete(deployed, sid)
    assert receipt.status_code == 200, receipt.text
    assert (receipt.json()["message_id"], receipt.json()["erased"]["twilio_messages"]) == (sid, 2)
    assert deployed.api.note(sid) is None
    assert left(deployed, sid) == []
    assert {sid, reply} <= deployed.platform.twilio.deleted
    assert delete(deployed, sid).json() == receipt.json()
    assert eventually(lambda: not deployed.found(sid, "rafters9402"))


def test_nobody_else_can_have_it_forgotten(deployed: Deployed) -> None:
    sid = filed(deployed, "slates9404")
    twilio, reply = deployed.platform.twilio, deployed.reply_with("slates9404")
    for phone, answer in (COLLEAGUE, "That message is somebody else's."), (STRANGER, "There is nothing to erase"):
        for quoted in (sid, reply):
            before = len(twilio.sent_to(phone))
            twilio.deliver(phone, text="Forget that.", quoting=quoted)
            assert eventually(lambda phone=phone, before=before: len(twilio.sent_to(phone)) > before)
            assert answer in twilio.sent_to(phone)[-1].body  # behind a greeting, for who never wrote before
    assert deployed.found(sid, "slates9404")
    assert twilio.deleted.isdisjoint({sid, reply})


def test_without_a_quoted_message_nothing_is_forgotten(deployed: Deployed) -> None:
    sid = deployed.text("Please order two pieces of gutters9403 by Friday.").sid
    deployed.settled(sid)
    deployed.settled(deployed.text("Forget that.").sid)
    assert deployed.replies_with("Which message?") == 1
    assert deployed.settled(sid)["status"] == "filed"
