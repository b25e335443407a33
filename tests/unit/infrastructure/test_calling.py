"""The phones in the box can call the platform: the number for asking, and each company's line."""

import json
from array import array
from pathlib import Path

from support.audio_fixtures import SAMPLES

from ai_voice_local.simulator.calling import answer_calls
from ai_voice_local.simulator.recognising import recogniser
from twilio_in_a_box.box import TwilioInABox
from voice_parser.sound.audio import RATE
from voice_parser.sound.decoding import decode

LINE = "+15550100010"
RETRIES = "#rc=3&rt=4000&rp=ct,rt,4xx,5xx"


def test_every_number_is_answered_by_the_platform_and_lines_are_named(tmp_path: Path) -> None:
    acme = {"company_id": "acme", "name": "Acme", "calls": {"lines": [{"number": "+1 555 010 0010", "agent": "+1"}]}}
    (file := tmp_path / "customers.json").write_text(json.dumps({"companies": [acme, {"name": "Other"}]}), "utf-8")
    box = TwilioInABox(tmp_path)
    answer_calls(box, "http://127.0.0.1:4566/stage/twilio/message", file)
    url = "http://127.0.0.1:4566/stage/twilio/voice"
    line, other = box.exchange.number(LINE), box.exchange.number("whatsapp:+15550100000")
    assert line
    assert other
    assert (line.url, line.status_callback) == (url + RETRIES, f"{url}/status{RETRIES}")
    assert (other.url, other.fallback_url) == (url + RETRIES, url + RETRIES)
    assert (line.label, other.label) == ("line of Acme", "Ask by phone")


def test_what_is_spoken_into_the_microphone_is_heard_by_the_engine_that_runs_here() -> None:
    spoken = decode(SAMPLES / "job.ogg", longest=60).samples[: 6 * RATE : 2]
    recognise = recogniser({"Transcriber": "whisper"})
    assert recognise
    assert "boiler" in recognise(array("h", spoken.tobytes()), "Elm Street, boiler")


def test_an_engine_elsewhere_hears_no_microphone() -> None:
    assert recogniser({"Transcriber": "openai"}) is None
