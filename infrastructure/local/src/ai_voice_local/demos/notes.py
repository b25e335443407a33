"""`make demo`: sends three notes through the whole platform, shows each step, and then erases one of them."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from ai_voice_local import engines, templates
from ai_voice_local.note import FORGET
from ai_voice_local.platform import COMPANY, PHONE, Platform, platform
from ai_voice_local.terminal import (
    DataApi,
    NoAnswer,
    boxed,
    follow,
    on_phone,
    say,
    timeline,
    wait_until_not_found,
    wait_until_searchable,
)
from twilio_in_a_box.account.messages import Sent

SAMPLES = templates.INFRASTRUCTURE / "local" / "samples"
_TEXT_NOTE = (
    "The client at 12 Elm Street wants the new boiler in the cellar, not in the kitchen. "
    "The cellar door is 78 cm wide, the stairs turn left."
)

_WHATSAPP_QUESTION = "At how many degrees does the pump in building seven run?"
_OFFICE_QUESTION = "What did we measure after the repair?"
_WORDS_OF_THE_JOB = "new filter for the boiler"


def run() -> None:
    """Runs the demo and stops everything."""
    started = time.monotonic()
    say("The way of a note, on this machine: WhatsApp → webhook → queue → worker → S3 → reply and data API\n")
    with tempfile.TemporaryDirectory(prefix="ai-voice-demo-") as folder:
        chosen = engines.named(os.environ, warn=lambda sentence: say(f"  {sentence}"))
        with platform(Path(folder), overrides=chosen, progress=lambda what: say(f"  starting  {what}")) as running:
            say(f"  started in {time.monotonic() - started:.1f} s")
            say("\n".join(f"    {line}" for line in running.engines) + "\n")
            _play(running)
        say("\nEverything is stopped. `make up` keeps it running; then `make note FILE=…` sends your own note.")
    say(f"Done in {time.monotonic() - started:.0f} s.")


def _play(running: Platform) -> None:
    api = DataApi(running.outputs.data_api_url, running.api_key)
    voice = "audio/ogg; codecs=opus"
    notes = [
        _send(running, api, "a voice note with a job", media=(SAMPLES / "job.ogg").read_bytes(), content_type=voice),
        _send(
            running,
            api,
            "a voice note with knowledge",
            media=(SAMPLES / "knowledge.ogg").read_bytes(),
            content_type=voice,
        ),
        _send(running, api, "a text note", text=_TEXT_NOTE),
    ]
    _artifacts(api)
    _listing(api)
    _download(api, notes[0])
    _tap_to_fix(running, api, notes[2])
    _ask_by_whatsapp(running, api, notes[1]["message_id"])
    _ask_by_api(api)
    _forget(running, api, notes[0])


def _send(
    running: Platform,
    api: DataApi,
    what: str,
    *,
    text: str = "",
    media: bytes = b"",
    content_type: str = "",
    quoting: str = "",
) -> Any:
    say(f"▸ Sam sends {what}" + (f", {len(media) / 1000:.0f} kB" if media else ""))
    before = len(running.twilio.sent)
    delivered = running.twilio.deliver(
        PHONE, text=text, media=media, content_type=content_type, profile_name="Sam", quoting=quoting
    )
    say(f"          webhook answered {delivered.status}")
    note = follow(api, delivered.sid, lambda line: say(f"   {line}"))
    if times := timeline(note):
        say(times)
    say("   Sam's phone shows:")
    for message in running.twilio.sent_to(PHONE, before):
        say(boxed(on_phone(message.body, message.media, _buttons(message))))
    say()
    if note["status"] == "parked":
        raise NoAnswer(f"The demo ends here: the message was parked, because {note['problem']}.")
    return note


def _buttons(message: Sent) -> list[str]:
    return [button["title"] for button in (message.interactive or {}).get("buttons", ())]


def _artifacts(api: DataApi) -> None:
    say(f"▸ Files in S3 now (GET /v1/files)\n   {COMPANY}/")
    folder = ""
    for file in api.get("/v1/files", limit=100)["files"]:
        if file["intent"] != folder:
            folder = file["intent"]
            say(f"     {folder}/")
        say(f"     {file['size']:>9,} B  {file['key'].rpartition('/')[2]}")
    say()


def _listing(api: DataApi) -> None:
    say("▸ The company's notes, newest first (GET /v1/notes)")
    for note in api.get("/v1/notes")["notes"]:
        say(f"   {note['kind']:<6} {note['status']:<6} {note['intent']:<19} {note['title']}")
    say()


def _download(api: DataApi, note: dict[str, Any]) -> None:
    key = next(artifact["key"] for artifact in note["artifacts"] if artifact["file_type"] == "audio")
    say("▸ The recording, by a presigned URL (GET /v1/files/url)")
    url = api.get("/v1/files/url", key=key)["url"]
    whole = httpx.get(url).raise_for_status()
    part = httpx.get(url, headers={"Range": "bytes=1000-1999"}).raise_for_status()
    say(f"   {url.partition('?')[0]}?…")
    say(f"   {len(whole.content):,} B of {whole.headers['content-type']}, playable from any second")
    say(f"   Range bytes=1000-1999 → {part.status_code}, {part.headers['content-range']}")
    say()


def _tap_to_fix(running: Platform, api: DataApi, note: dict[str, Any]) -> None:
    """The sender presses a button below a reply: the note is filed as another kind, and its files move."""
    reply = next(one for one in reversed(running.twilio.sent_to(PHONE)) if note["title"] in one.body)
    button = (reply.interactive or {})["buttons"][-1]
    before = next(artifact["key"] for artifact in note["artifacts"])
    say(f"▸ Sam presses the button “{button['title']}” below the reply to the text note")
    there = len(running.twilio.sent)
    more = {"ButtonPayload": button["id"], "ButtonText": button["title"]}
    pressed = running.twilio.deliver(PHONE, text=button["title"], quoting=reply.sid, more=more)
    follow(api, pressed.sid, lambda _line: None)
    after = next(artifact["key"] for artifact in api.get(f"/v1/notes/{note['message_id']}")["artifacts"])
    say(f"   {before}\n   → {after}")
    for message in running.twilio.sent_to(PHONE, there):
        say(boxed(on_phone(message.body, message.media, _buttons(message))))
    say()


def _ask_by_whatsapp(running: Platform, api: DataApi, message_id: str) -> None:
    """A question as a note, then its source as a voice message."""
    wait_until_searchable(api, message_id)
    _send(running, api, f"a question: {_WHATSAPP_QUESTION}", text=_WHATSAPP_QUESTION)
    _send(running, api, "a request: play 1", text="play 1")


def _ask_by_api(api: DataApi) -> None:
    say(f"▸ Somebody in the office asks: {_OFFICE_QUESTION} (POST /v1/ask)")
    answer = api.post("/v1/ask", question=_OFFICE_QUESTION)
    say(boxed(answer["answer"] or answer["notice"]))
    cited = [one for statement in answer["statements"] for one in statement["citations"] if one["audio_url"]]
    if not cited:  # other engines may have heard something else
        return
    say(f"   {answer['notice']}" if answer["notice"] else "")
    citation = cited[0]
    minutes, seconds = divmod(int(citation["start"]), 60)
    say(f"   Said by {citation['sender_name']} at {minutes}:{seconds:02d}: “{citation['quote']}”")
    say("   Play it from that second:")
    say(f"   {citation['audio_url']}")
    part = httpx.get(citation["audio_url"], headers={"Range": "bytes=0-3"}).raise_for_status()
    say(f"   → {part.status_code}, {part.content.decode()}, {part.headers['content-type']}")
    say()


def _forget(running: Platform, api: DataApi, note: dict[str, Any]) -> None:
    """The sender replies "forget that" to a note; then the demo shows what is left of it."""
    sid = note["message_id"]
    _send(running, api, f"a reply to the first note: {FORGET}", text=FORGET, quoting=sid)
    wait_until_not_found(api, sid, _WORDS_OF_THE_JOB)
    files = [file for file in api.get("/v1/files", limit=100)["files"] if file["message_id"] == sid]
    left = {
        f"GET /v1/notes/{sid}": api.note(sid),
        f"its {len(note['artifacts'])} files in S3": len(files),
        "its words in a search": 0,
        "its recording at Twilio": running.twilio.media_of(sid),
    }
    say("▸ What is left of the first note")
    for what, found in left.items():
        say(f"   {what:<50} {found or 'nothing'}")
