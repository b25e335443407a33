"""Bad requests get a clear refusal: nothing is lost, and there is no 500."""

import httpx
import pytest
from support import patient
from support.deployed import Deployed

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import ApiKeys


def test_a_wrong_signature_is_refused(deployed: Deployed) -> None:
    parameters = deployed.platform.twilio.receive("+15550100001", "forged 9001")
    url = deployed.platform.outputs.webhook_url
    for headers in ({}, {"X-Twilio-Signature": "bm90IHRoaXM="}):
        assert httpx.post(url, data=parameters, headers=headers).status_code == 403
    assert deployed.api.note(parameters["MessageSid"]) is None


def test_an_empty_body_is_refused(deployed: Deployed) -> None:
    assert httpx.post(deployed.platform.outputs.webhook_url, content=b"").status_code == 403


def test_a_stranger_is_answered_once_a_day_and_leaves_no_note(deployed: Deployed) -> None:
    delivered = [deployed.platform.twilio.deliver("+4930123456", text="Who is there?") for _ in range(2)]
    assert [one.status for one in delivered] == [200, 200]
    assert ["<Message>" in one.body for one in delivered] == [True, False]
    assert [deployed.api.note(one.sid) for one in delivered] == [None, None]


@pytest.mark.parametrize("key", ["avt_" + "x" * 43, "nonsense"])
def test_a_wrong_key_is_refused(deployed: Deployed, key: str) -> None:
    assert deployed.status("/v1/notes", key) == 403
    assert deployed.status("/v1/notes") == 401


def test_another_companys_note_and_files_are_not_there(deployed: Deployed) -> None:
    note = deployed.settled(deployed.text("Please lock the archive tonight, room 9002.").sid)
    other, _ = ApiKeys(Ledger(patient.dynamodb(), deployed.platform.outputs.table)).create("nordic-lifts", "test")
    key = note["artifacts"][0]["key"]
    assert deployed.status(f"/v1/notes/{note['message_id']}", other) == 404
    assert deployed.status("/v1/files/url", other, key=key) == 404
    assert deployed.status("/v1/files/url", other, key="customers.json") == 404
    assert deployed.status("/v1/notes", other) == 200


def test_a_recording_of_20_mb_is_refused_and_told(deployed: Deployed) -> None:
    note = deployed.settled(deployed.file(bytes(20_000_000), "audio/ogg").sid)
    assert (note["status"], note["problem"]) == ("refused", "too_large")
    assert deployed.replies_with("larger than 16 MB") == 1
    assert [artifact["file_type"] for artifact in note["artifacts"]] == ["message"]


def test_a_text_file_named_ogg_is_kept_and_told(deployed: Deployed) -> None:
    note = deployed.settled(deployed.file(b"just some text\n" * 50, "audio/ogg").sid)
    assert (note["status"], note["problem"]) == ("refused", "unreadable_audio")
    assert [artifact["key"].rpartition("_")[2] for artifact in note["artifacts"]] == ["audio.ogg"]


def test_a_recording_without_speech_is_kept_and_told(deployed: Deployed) -> None:
    note = deployed.settled(deployed.voice("silence.ogg").sid)
    assert (note["status"], note["problem"]) == ("refused", "no_speech")
    assert len(note["artifacts"]) == 1


def test_a_photo_is_kept_with_its_caption(deployed: Deployed) -> None:
    note = deployed.settled(deployed.file(b"\xff\xd8\xff\xe0 a photo", "image/jpeg", "The broken valve").sid)
    assert (note["status"], note["intent"], note["full_text"]) == ("filed", "knowledge-document", "The broken valve")
    types = {artifact["file_type"] for artifact in note["artifacts"]}
    assert types == {"image", "full_text", "text_summary", "segments", "analysis"}


def test_a_parameter_nobody_knows_reaches_the_worker(deployed: Deployed) -> None:
    parameters = deployed.platform.twilio.receive("+15550100001", "Please water the plants on floor 9003 today.")
    parameters |= {"Frequently": "", "Ünbekannt": "日本語 & ünïcode"}
    assert deployed.platform.twilio.announce(parameters).status == 200
    assert deployed.settled(parameters["MessageSid"])["status"] == "filed"
