"""All TwiML for calls: each verb as Twilio documents it, escaped, and within its limits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from webhook_handler.voice.voices import Voice, voice_of

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_LONGEST_SAY = 4_000
"""Characters; Twilio takes 4,096 (Twilio, "TwiML: Say")."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_HINTS, _LONGEST_HINT = 100, 100
"""Twilio takes 500 phrases of 100 characters (Twilio, "TwiML: Gather"); the whole document has 64 kB."""

_QUIET = 2
"""Seconds of silence that end a question; "auto" ends at the first pause."""

_LONGEST_NOTE = 600
"""Seconds."""


@dataclass(frozen=True)
class Verb:
    """One element, as text."""

    xml: str

    @classmethod
    def of(cls, name: str, attributes: Mapping[str, str] | None = None, content: str = "") -> "Verb":
        """The element with its attributes; those that are empty are left out. `content` is XML already."""
        told = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in (attributes or {}).items() if value)
        return cls(f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>")


def response(*verbs: Verb) -> str:
    """The document."""
    inner = "".join(verb.xml for verb in verbs)
    return f"{_DECLARATION}<Response>{inner}</Response>" if inner else f"{_DECLARATION}<Response/>"


def say(text: str, language: str) -> Verb:
    """Speaks the text, in the voice of its language."""
    voice: Voice = voice_of(language)
    attributes = {"language": voice.language, "voice": voice.name}
    return Verb.of("Say", attributes, escape(_clean(text)[:_LONGEST_SAY]))


def play(url: str) -> Verb:
    """Plays the recording behind the URL."""
    return Verb.of("Play", content=escape(_clean(url)))


def pause(seconds: int) -> Verb:
    """Waits."""
    return Verb.of("Pause", {"length": str(seconds)})


def listen(inside: Sequence[Verb], action: str, language: str, hints: Sequence[str] = ()) -> Verb:
    """Listens to a question or a key, while the verbs inside are heard; the caller may interrupt them.

    Silence is told to the action, too: otherwise the next verb would follow.
    """
    attributes = {
        "input": "speech dtmf",
        "action": action,
        "method": "POST",
        "language": voice_of(language).language,
        "speechTimeout": str(_QUIET),
        "timeout": "6",
        "numDigits": "1",
        "actionOnEmptyResult": "true",
        "hints": phrase_list(hints),
    }
    return Verb.of("Gather", attributes, _inner(inside))


def keys(inside: Sequence[Verb], action: str) -> Verb:
    """Takes keys up to the hash key."""
    attributes = {
        "input": "dtmf",
        "action": action,
        "method": "POST",
        "finishOnKey": "#",
        "timeout": "8",
        "actionOnEmptyResult": "true",
    }
    return Verb.of("Gather", attributes, _inner(inside))


def record(action: str, callback: str) -> Verb:
    """Records a note. Twilio tells the callback of it also when the caller hangs up meanwhile."""
    attributes = {
        "action": action,
        "method": "POST",
        "finishOnKey": "#",
        "maxLength": str(_LONGEST_NOTE),
        "timeout": "6",
        "playBeep": "true",
        "recordingStatusCallback": callback,
        "recordingStatusCallbackMethod": "POST",
        "recordingStatusCallbackEvent": "completed",
    }
    return Verb.of("Record", attributes)


def dial(number: str, action: str, **attributes: str) -> Verb:
    """Calls a number, and connects it; the action follows when that has ended."""
    return Verb.of("Dial", {"action": action, "method": "POST", **attributes}, Verb.of("Number", content=number).xml)


def redirect(url: str) -> Verb:
    """Goes on with another document."""
    return Verb.of("Redirect", {"method": "POST"}, escape(_clean(url)))


def hangup() -> Verb:
    """Ends the call."""
    return Verb.of("Hangup")


NOTHING = response()
"""What callbacks are answered with."""


def _inner(verbs: Sequence[Verb]) -> str:
    return "".join(verb.xml for verb in verbs)


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)


def phrase_list(words: Sequence[str]) -> str:
    """The phrases that an engine should expect. A comma parts two phrases, so it cannot be in one."""
    usable = (" ".join(word.replace(",", " ").split()) for word in words)
    return ",".join([word for word in usable if 0 < len(word) <= _LONGEST_HINT][:_MOST_HINTS])
