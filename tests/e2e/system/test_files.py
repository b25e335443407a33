"""Files whose declared type says nothing, or says something dangerous, from the phone to the presigned URL."""

import httpx
import pytest
from support.audio_fixtures import encoded, sample
from support.deployed import Deployed

from voice_parser.sound.audio import RATE

UNTYPED = "application/octet-stream"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def test_an_m4a_without_a_type_is_heard_and_served_as_one(deployed: Deployed) -> None:
    second_sentence = sample("knowledge.ogg").samples[4 * RATE : 8 * RATE]  # other tests count replies to the whole
    m4a = encoded(second_sentence, "ipod", "aac")
    note = deployed.settled(deployed.file(m4a, UNTYPED).sid)
    assert (note["status"], note["kind"], len(note["segments"])) == ("filed", "voice", 1)
    (audio,) = (artifact for artifact in note["artifacts"] if artifact["file_type"] == "audio")
    assert (audio["key"].rpartition(".")[2], audio["content_type"]) == ("m4a", "audio/mp4")
    played = httpx.get(audio["url"], headers={"Range": "bytes=4-7"})
    assert (played.status_code, played.content, played.headers["content-type"]) == (206, b"ftyp", "audio/mp4")
    assert played.headers["content-disposition"].startswith("inline;")


@pytest.mark.parametrize(
    ("content", "declared"),
    [(b"<!DOCTYPE html><script>alert(1)</script>", "text/html"), (SVG, "image/svg+xml"), (SVG, UNTYPED)],
)
def test_what_a_browser_would_run_is_served_to_be_saved(deployed: Deployed, content: bytes, declared: str) -> None:
    note = deployed.settled(deployed.file(content, declared).sid)
    (artifact,) = note["artifacts"]
    served = httpx.get(artifact["url"])
    assert (served.content, served.headers["content-type"]) == (content, UNTYPED)
    assert served.headers["content-disposition"].startswith("attachment;")
    assert deployed.api.get("/v1/files/url", key=artifact["key"])["content_type"] == UNTYPED
