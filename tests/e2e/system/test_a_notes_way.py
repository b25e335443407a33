"""The whole way of a note, from Twilio's webhook to the sender's phone and the data API."""

import json

import httpx
import pytest
from support.deployed import SAMPLES, Deployed

TRUTH = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("recording", "intent"), [("job.ogg", "job-to-be-done"), ("knowledge.ogg", "knowledge-document")]
)
def test_a_voice_note_is_filed_answered_and_playable(deployed: Deployed, recording: str, intent: str) -> None:
    before = len(deployed.platform.twilio.sent)  # another test may have sent the same recording
    delivered = deployed.voice(recording)
    assert (delivered.status, "<Response/>" in delivered.body) == (200, True)
    note = deployed.settled(delivered.sid)
    assert (note["status"], note["intent"], note["kind"]) == ("filed", intent, "voice")
    types = {artifact["file_type"] for artifact in note["artifacts"]}
    assert types == {"audio", "full_text", "text_summary", "segments", "analysis"}
    audio = next(artifact for artifact in note["artifacts"] if artifact["file_type"] == "audio")
    played = httpx.get(audio["url"], headers={"Range": "bytes=0-3"})
    assert (played.status_code, played.content, played.headers["content-type"]) == (206, b"OggS", "audio/ogg")
    assert deployed.replies_with(note["title"], before) == 1


@pytest.mark.parametrize("recording", ["job.ogg", "knowledge.ogg"])
def test_segments_lie_where_it_was_said(deployed: Deployed, recording: str) -> None:
    segments = deployed.settled(deployed.voice(recording).sid)["segments"]
    sentences = TRUTH[recording]["sentences"]
    assert len(segments) == len(sentences)
    for segment, sentence in zip(segments, sentences, strict=True):
        assert abs(segment["start"] - sentence["start"]) < 1.5
        assert abs(segment["end"] - sentence["end"]) < 1.5


def test_a_text_note_is_filed_without_audio(deployed: Deployed) -> None:
    note = deployed.settled(deployed.text("The cellar door at 12 Elm Street is 78 cm wide, the stairs turn left.").sid)
    assert (note["status"], note["intent"], note["duration"]) == ("filed", "knowledge-document", 0)
    assert note["full_text"] == "The cellar door at 12 Elm Street is 78 cm wide, the stairs turn left."


def test_the_same_webhook_five_times_at_once_is_one_note(deployed: Deployed) -> None:
    text = "Please check the lift in the north tower by Friday, cable 4711."
    parameters = deployed.platform.twilio.receive("+15550100001", text)
    assert deployed.announced_at_once(parameters, 5) == [200] * 5
    sid = parameters["MessageSid"]
    note = deployed.settled(sid)
    assert deployed.announced_at_once(parameters, 2) == [200] * 2
    assert deployed.settled(deployed.text("Please close the gate behind you today, number 4712.").sid)
    assert len(deployed.keys_of(sid)) == len(note["artifacts"]) == 4
    assert deployed.replies_with("4711") == 1
    listed = deployed.api.get("/v1/notes", text="north tower")["notes"]
    assert [found["message_id"] for found in listed] == [sid]
