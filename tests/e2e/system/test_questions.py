"""Asking the notes, by API and by WhatsApp: every answer can be heard at its source."""

import json
from typing import Any

import av
import httpx
from support.deployed import Deployed
from support.waiting import HANGS, eventually

PUMP = "The pump in hall 6101 runs at 52 degrees and must not be opened by one person alone."


def ask(deployed: Deployed, question: str, **more: Any) -> Any:
    """The API's answer."""
    headers = {"x-api-key": deployed.platform.api_key}
    answer = httpx.post(
        f"{deployed.api.url}/v1/ask", json={"question": question, **more}, headers=headers, timeout=HANGS
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def searchable(deployed: Deployed, message_id: str) -> bool:
    """Whether the note has reached the index."""
    note = deployed.api.note(message_id)
    return note is not None and "searchable" in note["steps"]


def test_a_question_is_answered_with_the_second_where_it_was_said(deployed: Deployed) -> None:
    sid = deployed.voice("knowledge.ogg").sid
    deployed.settled(sid)
    assert eventually(lambda: searchable(deployed, sid))
    answer = ask(deployed, "When was the repair measured?", notes=[sid])
    (citation, *_) = answer["statements"][0]["citations"]
    segments = deployed.api.note(sid)["segments"]  # type: ignore[index]
    assert any(citation["quote"] in segment["text"] for segment in segments)
    assert citation["audio_url"].endswith(f"#t={citation['start']:g}")
    assert 8.0 < citation["start"] < 9.0
    played = httpx.get(citation["audio_url"].partition("#")[0], headers={"Range": "bytes=0-3"})
    assert (played.status_code, played.content) == (206, b"OggS")
    assert "extracts" in answer["notice"]


def test_a_search_finds_the_note_and_marks_the_words(deployed: Deployed) -> None:
    sid = deployed.text(PUMP).sid
    assert eventually(lambda: searchable(deployed, sid))

    def found() -> list[dict[str, Any]]:
        passages: list[dict[str, Any]] = deployed.api.get("/v1/search", q="pump hall 6101")["passages"]
        return [passage for passage in passages if passage["message_id"] == sid]

    assert eventually(found)
    assert "<mark>6101</mark>" in found()[0]["highlighted"]


def test_a_whatsapp_question_is_answered_with_sources_and_played_on_request(deployed: Deployed) -> None:
    sid = deployed.voice("knowledge.ogg").sid
    assert eventually(lambda: searchable(deployed, sid))
    asked = deployed.text("At how many degrees does the pump in building seven run?").sid
    deployed.settled(asked)
    reply = "\n".join(message.body for message in deployed.answers(asked))
    assert "[1]" in reply
    assert "building 7 runs at 52 degrees" in reply
    assert "play 1" in reply
    wanted = deployed.text("Play 1").sid
    deployed.settled(wanted)
    (message,) = deployed.answers(wanted)
    assert message.media
    with av.open(str(message.media)) as clip:
        assert clip.duration
        assert 3.0 < clip.duration / av.time_base < 8.0


def test_a_question_is_filed_under_other(deployed: Deployed) -> None:
    note = deployed.settled(deployed.text("What did we promise the client in hall 6102?").sid)
    assert note["intent"] == "other"


def test_another_company_hears_nothing_of_it(deployed: Deployed) -> None:
    sid = deployed.text("The secret price for hall 6103 is nine thousand.").sid
    assert eventually(lambda: searchable(deployed, sid))
    asked = deployed.platform.twilio.deliver("+15550100002", text="What is the secret price for hall 6103?").sid
    assert eventually(lambda: deployed.answers(asked))
    assert all("nine thousand" not in message.body for message in deployed.platform.twilio.sent_to("+15550100002"))


def test_a_corrected_note_is_understood_again_and_its_sender_hears_nothing_of_it(deployed: Deployed) -> None:
    sid = deployed.text("Please ask Daniel to order nine gaskets by Friday.").sid
    assert _who(deployed.settled(sid)) == ["Daniel"]
    told = len(deployed.answers(sid))
    headers = {"x-api-key": deployed.platform.api_key}
    body = {"full_text": "Please ask Danielle to order nine gaskets by Friday.", "understand": True}
    url = f"{deployed.api.url}/v1/notes/{sid}"
    answer = httpx.patch(url, json=body, headers=headers, timeout=HANGS)
    assert (answer.status_code, answer.json()["understanding"]) == (200, "under-way")
    assert eventually(lambda: (deployed.api.note(sid) or {}).get("understanding", "") is None)
    note = deployed.api.note(sid)
    assert note is not None
    assert _who(note) == ["Danielle"]
    assert "Daniel " not in json.dumps(note["structure"])
    assert len(deployed.answers(sid)) == told


def _who(note: dict[str, Any]) -> list[str | None]:
    return [item["who"] for item in note["structure"]["action_items"]]


def test_a_corrected_transcript_is_found_by_its_new_words(deployed: Deployed) -> None:
    sid = deployed.voice("knowledge.ogg").sid
    assert eventually(lambda: searchable(deployed, sid))
    headers = {"x-api-key": deployed.platform.api_key}
    body = {"segments": [{"index": 0, "text": "The pump in building seven runs at fifty two degrees, valve zyx6104."}]}
    url = f"{deployed.api.url}/v1/notes/{sid}"
    assert httpx.patch(url, json=body, headers=headers, timeout=HANGS).status_code == 200

    def found() -> bool:
        passages = deployed.api.get("/v1/search", q="zyx6104")["passages"]
        return any(result["message_id"] == sid for result in passages)

    assert eventually(found)
