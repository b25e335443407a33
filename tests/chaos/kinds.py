"""Which kinds of notes are tried. For one more kind, add a line to the table.

`{run}` in a text stands for the run's own name, so that no two questions are the same, and no answer is used twice.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from support.audio_fixtures import Samples, encoded, sample

from chaos.forks import Function
from voice_parser.sound.audio import RATE

_OGG = "audio/ogg; codecs=opus"

HEARD = "The pump runs at 52 degrees, we measured this on Tuesday."
"""What the model hears in every window; short enough to be said in each of them, or it would be heard again. The
answer to a question cites it (`support.openai_server.draft`)."""

_JOB = {
    "intent": "job-to-be-done",
    "title": "Order valves",
    "tag": "order-valves",
    "summary": "Two valves are wanted.",
    "action_items": [{"what": "order two valves", "who": "Maria", "by_when": "Friday"}],
}
_KNOWLEDGE = {
    "intent": "knowledge-document",
    "title": "Pump in building seven",
    "tag": "pump-building-seven",
    "summary": "It runs at fifty two degrees.",
    "key_points": ["Switch it off first."],
}
# More than two messages hold: what was said is told in two, of which the second ends by saying where the whole is.
_LONG = _KNOWLEDGE | {"summary": " ".join(f"Sentence {number} of a long report." for number in range(130))}
_JPEG = b"\xff\xd8\xff\xe0 a picture"
_PDF = b"%PDF-1.7 a drawing"
_CONTACT = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ben\nTEL:+15550109999\nEND:VCARD\n"


@dataclass(frozen=True)
class Kind:
    """What a sender sends, and which function is killed over it.

    Attributes:
        media: the file that comes with it.
        parameters: what else Twilio sends; `{reply}` stands for the sid of the sender's last reply from us.
        note: what the model makes of it; None when OpenAI refuses our key.
        busy: how many of the model's first requests are one too many (429).
        busy_seconds: how long it then wants us to wait.
        hurried: whether the sender has taken more turns than an hour has, so that this message waits.
        first: what the same sender sent before, worked on undisturbed.
        killed: the function whose every effect is a kill point.
        bought_again: what may be bought again though its answer was kept, by path; the line tells why.
        about: what the index has to find the note by; empty for what is not indexed.
        late: Twilio has the file only after its sender was told that it is missing; the worker is killed while it is
            missing, or once it has come.
        uploaded: the file was uploaded, and nobody is answered.
        analyzed: an analysis of what came first is asked for, and nobody is answered.
        endpoint: the company has an endpoint, which is told of the note.
        posted: the sender is killed over the delivery, not over the event of which it is made.
        rule: a phrase that the company listens for, so that the note is marked.
        new: its sender has never written before, and is greeted.
        evening: nothing is sent: the sender's evening message is due.
        escalated: nothing is sent: a call needs help, and the sender is the company's supervisor.
        phoned: nothing is sent: the sender asked by phone, and was told that the answer comes by WhatsApp.
        called: nothing is sent: the sender is in a call with the company. A sentence or the end of it comes, or it
            is to be filed.
    """

    name: str
    text: str = ""
    media: bytes = b""
    content_type: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    note: dict[str, Any] | None = field(default_factory=lambda: dict(_JOB))
    busy: int = 0
    busy_seconds: int = 1
    hurried: bool = False
    first: "tuple[Kind, ...]" = ()
    killed: Function = "worker"
    about: str = ""
    bought_again: tuple[str, ...] = ()
    late: Literal["", "missing", "come"] = ""
    uploaded: bool = False
    analyzed: bool = False
    endpoint: bool = False
    posted: bool = False
    rule: str = ""
    new: bool = False
    evening: bool = False
    escalated: bool = False
    phoned: bool = False
    called: Literal["", "sentence", "ended", "filed"] = ""


def _asks(question: str) -> dict[str, Any]:
    return {"intent": "other", "title": "A question", "tag": "a-question", "question": question}


_SENTENCE = sample("knowledge.ogg").samples[: 4 * RATE]
_PAUSE = np.zeros(3 * RATE, np.int16)
"""Longer than what is sent of silence, so that there is one request before and one behind it."""


def _recording(*parts: Samples) -> bytes:
    return encoded(np.concatenate(parts), "ogg", "libopus")


_FILM = encoded(_PAUSE, "mp4", "aac", pictures=True)
"""In which nobody speaks."""

_TEXT_JOB = "Please order two valves for Elm Street by Friday."
_QUESTION = "When did we measure the pump, asks {run}?"

_QUOTED = {"OriginalRepliedMessageSid": "{reply}"}
_PRESSED = {"ButtonPayload": "file:knowledge-document", "ButtonText": "Knowledge"}

VOICE = Kind("voice", media=_recording(_SENTENCE), content_type=_OGG, note=_KNOWLEDGE, about="pump degrees")
QUESTION = Kind("question", _QUESTION, note=_asks(_QUESTION), first=(VOICE,))
TEXT = Kind("text job", _TEXT_JOB, about="valves")

KINDS = (
    TEXT,
    Kind("greeting", _TEXT_JOB, about="valves", new=True),
    Kind("keyword", _TEXT_JOB, about="valves", rule="order a valve"),
    Kind("text knowledge", "The pump in building seven runs at 52 degrees.", note=_KNOWLEDGE, about="pump degrees"),
    VOICE,
    Kind(
        "voice, two windows",
        media=_recording(_SENTENCE, _PAUSE, _SENTENCE),
        content_type=_OGG,
        note=_KNOWLEDGE,
        about="pump degrees",
    ),
    Kind(
        "upload", media=_recording(_SENTENCE), content_type=_OGG, note=_KNOWLEDGE, about="pump degrees", uploaded=True
    ),
    Kind("silence", media=_recording(_PAUSE), content_type=_OGG),
    Kind("image", "The cellar door, 78 cm wide", _JPEG, "image/jpeg", about="cellar door"),
    Kind("voice, caption", "Invoice 8822", _recording(_SENTENCE), _OGG, note=_KNOWLEDGE, about="invoice 8822"),
    Kind("silent video, caption", "The boiler ZX-4711", _FILM, "video/mp4", note=_KNOWLEDGE, about="boiler 4711"),
    Kind("document", "", _PDF, "application/pdf"),
    Kind("location", parameters={"Latitude": "47.37", "Longitude": "8.54", "Label": "Depot"}, about="depot"),
    Kind("contact", "", _CONTACT, "text/vcard", about="Ben"),
    Kind("reaction", "👍", parameters={"MessageType": "reaction"}),
    QUESTION,
    Kind("analysis", first=(VOICE,), analyzed=True),
    Kind("evening message", evening=True),
    Kind("escalation", first=(TEXT,), escalated=True, endpoint=True),
    Kind("question by phone", _QUESTION, first=(VOICE,), phoned=True),
    Kind("call event", called="sentence", killed="live"),
    Kind("call ended", called="ended", killed="live", about="valves"),
    Kind("call filed", called="filed", about="valves"),
    Kind("play 1", "play 1", first=(VOICE, QUESTION)),
    Kind("button", "Knowledge", parameters=_PRESSED | _QUOTED, first=(TEXT,), note=_KNOWLEDGE),
    Kind("correction", "no, Elm Road, not Elm Street", parameters=_QUOTED, first=(TEXT,)),
    Kind("done", "done", parameters=_QUOTED, first=(TEXT,)),
    Kind("forget that", "forget that", parameters=_QUOTED, first=(TEXT,)),
    Kind("long reply", media=_recording(_SENTENCE), content_type=_OGG, note=_LONG, about="pump degrees"),
    Kind("rate limited", _TEXT_JOB, busy=1, about="valves"),
    Kind("waits for hours", _TEXT_JOB, busy=1, busy_seconds=3_600, about="valves"),
    Kind("limit reached", _TEXT_JOB, hurried=True, about="valves"),
    Kind("file is missing", "", _recording(_SENTENCE), _OGG, note=_KNOWLEDGE, about="pump degrees", late="missing"),
    Kind("file comes late", "", _recording(_SENTENCE), _OGG, note=_KNOWLEDGE, about="pump degrees", late="come"),
    Kind("parked", "OpenAI will not take our key for this one.", note=None),
    Kind("webhook", _TEXT_JOB, killed="webhook", about="valves"),
    Kind("sweep", _TEXT_JOB, killed="sweep", about="valves"),
    Kind("told to an endpoint", _TEXT_JOB, about="valves", endpoint=True),
    Kind("event parted", _TEXT_JOB, killed="sender", about="valves", endpoint=True),
    Kind("event delivered", _TEXT_JOB, killed="sender", about="valves", endpoint=True, posted=True),
    Kind(
        "indexer", _TEXT_JOB, killed="indexer", about="valves", bought_again=("embeddings",)
    ),  # a note's cost a ten-thousandth of a cent
)
