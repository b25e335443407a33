"""A file goes up to the embedded AWS in parts, as a browser would send it, and becomes a note."""

import httpx
from support.audio_fixtures import SAMPLES
from support.deployed import Deployed
from support.waiting import HANGS, eventually

RECORDING = (SAMPLES / "job.ogg").read_bytes()
PAGE = "http://localhost:5173"


def test_a_file_of_two_parts_goes_on_after_an_interruption_and_becomes_a_note(deployed: Deployed) -> None:
    api = deployed.api
    content = RECORDING + bytes(8 * 2**20)  # what stands behind a recording is not heard
    begun = api.post("/v1/uploads", name="talk.ogg", size=str(len(content)), media_type="audio/ogg")
    first, second = begun["parts"]
    send(second, content)
    again = api.get(f"/v1/uploads/{begun['upload_id']}")
    assert (again["arrived"], [one["number"] for one in again["parts"]]) == ([2], [1])
    send(again["parts"][0], content)
    assert first["number"] == 1
    assert api.post(f"/v1/uploads/{begun['upload_id']}/complete") == {"message_id": begun["upload_id"]}
    assert api.note(begun["upload_id"])
    assert eventually(lambda: (api.note(begun["upload_id"]) or {}).get("status") == "filed")
    assert deployed.answers(begun["upload_id"]) == []


def send(part: dict[str, object], content: bytes) -> None:
    """A page asks first, as the bucket is another origin."""
    url, offset, size = str(part["url"]), int(str(part["offset"])), int(str(part["size"]))
    asked = httpx.options(url, headers={"Origin": PAGE, "Access-Control-Request-Method": "PUT"}, timeout=HANGS)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) in {(200, "*"), (204, "*")}
    assert "PUT" in asked.headers["access-control-allow-methods"]
    answer = httpx.put(url, content=content[offset : offset + size], headers={"Origin": PAGE}, timeout=HANGS)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
