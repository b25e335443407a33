"""`make demo-call`: a recorded call of two people through the whole platform, and then a question by phone."""

import json
import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from ai_voice_local import engines
from ai_voice_local.make_samples import SAMPLES, SCRIPTS
from ai_voice_local.platform import PHONE, Platform, platform
from ai_voice_local.terminal import DataApi, NoAnswer, boxed, follow, say, wait_until_searchable
from twilio_in_a_box.calls.acts import HangUp, Side, Speech
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.sound import RATE, Samples
from voice_parser.sound import audio
from voice_parser.sound.decoding import decode

CUSTOMER = "+15550100031"
LINE = "+15550100020"
"""Of the sample company in `customers.json`."""

_AGENT_VOICE = "awb"
_RULE = {
    "name": "Wants to leave",
    "words": ["cancel the contract"],
    "points": "- Notice is three months; do not argue about it.\n- Offer a date that you can keep.",
}
_QUESTION = "At how many degrees does the pump in building seven run?"
_SPEED = 4.0
"""How much faster than the wall the caller's time goes; the answer takes as long as it takes."""

_PATIENCE = 300.0
"""Seconds; only what hangs takes so long."""


def run() -> None:
    """Runs the demo and stops everything."""
    started = time.monotonic()
    say("A call, on this machine: Twilio's events → live transcript → hints for the agent → a note that plays\n")
    with tempfile.TemporaryDirectory(prefix="ai-voice-demo-") as folder:
        chosen = engines.named(os.environ, warn=lambda sentence: say(f"  {sentence}"))
        with platform(Path(folder), overrides=chosen, progress=lambda what: say(f"  starting  {what}")) as running:
            say(f"  started in {time.monotonic() - started:.1f} s\n")
            _play(running)
    say(f"Everything is stopped. Done in {time.monotonic() - started:.0f} s.")


def _play(running: Platform) -> None:
    api = DataApi(running.outputs.data_api_url, running.api_key)
    _earlier_note(running, api)
    _earlier_call(running, api)
    api.post("/v1/rules", **_RULE)
    say(f"▸ The office adds a rule: “{_RULE['words'][0]}” shows what to say (POST /v1/rules)\n")
    call_id = _customer_calls(running, api)
    _note_of_the_call(api, call_id)
    _ask_by_phone(running)


def _earlier_note(running: Platform, api: DataApi) -> None:
    say("▸ Earlier, Sam sent a voice note")
    content = (SAMPLES / "knowledge.ogg").read_bytes()
    sent = running.twilio.deliver(PHONE, media=content, content_type="audio/ogg; codecs=opus", profile_name="Sam")
    note = follow(api, sent.sid, lambda _line: None)
    wait_until_searchable(api, sent.sid)
    say(f"     “{note['segments'][0]['text']}”\n")


def _earlier_call(running: Platform, api: DataApi) -> None:
    say(f"▸ Earlier, a customer called the company's line {LINE}")
    session = running.twilio.place_call(CUSTOMER, LINE)
    for side, text, sound in _lines("earlier-call"):
        session.act(Speech(text, sound, side))
        say(f"     {'customer' if side == 'caller' else '   agent'}  {text}")
    session.act(HangUp())
    wait_until_searchable(api, session.call.sid)
    say()


def _customer_calls(running: Platform, api: DataApi) -> str:
    say("▸ The customer calls again; Robin answers (GET /v1/calls/…, pushed to the console)")
    session = running.twilio.place_call(CUSTOMER, LINE)
    _say_said(session.call)
    shown: set[str] = set()
    for side, text, sound in _lines("call"):
        before = len(_seen(api, session.call.sid)["sentences"])
        session.act(Speech(text, sound, side))
        _tell(_grown(api, session.call.sid, before), shown)
    session.act(HangUp())
    say("     (the customer hangs up)\n")
    return session.call.sid


def _seen(api: DataApi, call_id: str) -> dict[str, Any]:
    call: dict[str, Any] = api.get(f"/v1/calls/{call_id}")
    return call


def _grown(api: DataApi, call_id: str, before: int) -> dict[str, Any]:
    """The call, as soon as it has more sentences than before."""
    found: dict[str, Any] = _until(lambda: _seen(api, call_id), lambda call: len(call["sentences"]) > before)
    return found


def _tell(call: dict[str, Any], shown: set[str]) -> None:
    """The last sentence, and what is new beside it."""
    last = call["sentences"][-1]
    who = "customer" if last["speaker"] == "customer" else "   agent"
    say(f"   {_clock(last['start'])}  {who}  {last['text']}")
    for hint in (*call["hints"], *call["escalations"]):
        if hint["hint_id"] not in shown:
            shown.add(hint["hint_id"])
            say("\n".join(f"                     ┃ {line}" for line in _hint(hint)))


def _hint(hint: dict[str, Any]) -> Iterator[str]:
    content = hint["content"]
    match hint["kind"]:
        case "keyword":
            yield f"{content['name']}: “{content['phrase']}”"
            yield from content["points"].splitlines()
            for promise in content["promised"]:
                yield f"promised before: “{promise['quote']}” ▸ {promise['sender_name']}, {_clock(promise['start'])}"
        case "escalation":
            yield f"ESCALATION ({content['cause']}): " + " · ".join(f"“{text}”" for text in content["texts"])
        case "recovered":
            yield f"the customer is content again ({content['cause']})"


def _note_of_the_call(api: DataApi, call_id: str) -> None:
    say("▸ Seconds later the call is a note like any other (GET /v1/notes/…)")
    note = _until(lambda: api.note(call_id), lambda note: note and note["status"] == "filed" and _playable(note))
    say(f"     {note['intent']}: {note['title']}")
    for point in note["call"]["points"]:
        say(f"     • {point}")
    for task in note["structure"].get("action_items") or ():
        say(f"     ☐ {task['what']}")
    spoken = note["call"]["talk_seconds"]
    say(f"     spoken: customer {spoken['customer']:.0f} s, agent {spoken['agent']:.0f} s")
    wait_until_searchable(api, call_id)
    answer = api.post("/v1/ask", question="What did the customer say about the contract?")
    cited = [
        one for statement in answer["statements"] for one in statement["citations"] if one["message_id"] == call_id
    ]
    for citation in cited[:1]:
        part = httpx.get(citation["audio_url"], headers={"Range": "bytes=0-3"}).raise_for_status()
        say(f"     asked: “{citation['quote']}” ▸ {_clock(citation['start'])}, plays ({part.headers['content-type']})")
    say()


def _playable(note: dict[str, Any]) -> bool:
    return any(artifact["file_type"] == "audio" for artifact in note["artifacts"])


def _ask_by_phone(running: Platform) -> None:
    say("▸ Sam calls by WhatsApp and asks the notes")
    session = running.twilio.place_call(f"whatsapp:{PHONE}", clock="real", speed=_SPEED)
    call = session.call
    told = _say_said(call)
    _speak(session, _QUESTION)
    _until(lambda: call.said[-1], lambda said: "play" in said)  # what it takes to hear the source
    told = _say_said(call, told)
    _speak(session, "play")
    _until(lambda: call.lines, lambda lines: any(line["kind"] == "play" for line in lines))
    played = next(line for line in call.lines if line["kind"] == "play")
    say(f"   phone   ▶ {played['text']}")
    session.act(HangUp())
    if call.is_failed or call.problems:
        raise NoAnswer(f"The call failed: {call.problems}")
    say()


def _speak(session: Session, text: str) -> None:
    say(f"   Sam     {text}")
    session.act(Speech(text, array("h", bytes(2 * RATE))))


def _say_said(call: Call, told: int = 0) -> int:
    """What the caller was told since; returns how much that is in all."""
    for text in call.said[told:]:
        say(boxed(text, "   phone   "))
    return len(call.said)


def _lines(name: str) -> Iterator[tuple[Side, str, Samples]]:
    """Who says what in a recorded call, and how it sounds on the phone."""
    known = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))[f"{name}.ogg"]["sentences"]
    samples = decode(SAMPLES / f"{name}.ogg", longest=600).samples
    for line, truth in zip(SCRIPTS[name], known, strict=True):
        part = samples[round(truth["start"] * audio.RATE) : round(truth["end"] * audio.RATE)].astype(np.int32)
        half = (part[0 : len(part) // 2 * 2 : 2] + part[1::2][: len(part) // 2]) // 2  # 16 kHz to the phone's 8
        side: Side = "agent" if line.voice == _AGENT_VOICE else "caller"
        yield side, line.text, array("h", half.astype(np.int16).tobytes())


def _until(read: Callable[[], Any], holds: Callable[[Any], Any]) -> Any:
    """What was read as soon as it holds; raises NoAnswer if that takes too long."""
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE:
        if holds(found := read()):
            return found
        time.sleep(0.1)
    raise NoAnswer("The call did not go on in time. aws.log in the platform's folder says why.")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
