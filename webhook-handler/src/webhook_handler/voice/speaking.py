"""What callers hear at each place of a call: the phrases and the verbs around them."""

from collections.abc import Sequence

from ai_voice_shared.calls.asking import AskedCall
from ai_voice_shared.domain import Company
from ai_voice_shared.phrases import phrase
from webhook_handler.replies import Reply
from webhook_handler.voice import twiml
from webhook_handler.voice.place import Place
from webhook_handler.voice.twiml import Verb

_LONGEST_NAME = 60
_WHATSAPP = "whatsapp:"


def reply(outcome: str, *verbs: Verb, metric: str = "") -> Reply:
    """The answer to Twilio; `outcome` is logged."""
    return Reply(200, outcome, twiml=twiml.response(*verbs), metric=metric)


def said(place: Place, *names: str, **details: str) -> list[Verb]:
    """The phrases as one stretch of speech, in the language of the call."""
    text = " ".join(phrase(name, place.language, **details) for name in names)
    return [twiml.say(text, place.language)] if text else []


def name_of(name: str) -> str:
    """A person's name as it is spoken."""
    return " ".join(name.split())[:_LONGEST_NAME]


def ask(place: Place, company: Company, before: Sequence[Verb]) -> list[Verb]:
    """Speaks, and listens to the next question meanwhile. If Twilio goes on without a word, it is asked again."""
    listening = twiml.listen(before, place.url("turn"), place.language, company.glossary)
    return [listening, twiml.redirect(place.url("turn"))]


def ask_for_pin(place: Place, before: Sequence[Verb]) -> list[Verb]:
    """Speaks, and takes a PIN, or the key for a note or a person."""
    return [twiml.keys(before, place.url("pin")), twiml.redirect(place.url("pin"))]


def record(place: Place) -> list[Verb]:
    """Records a note. If nothing was recorded, Twilio goes on with what follows."""
    return [
        *said(place, "call_record"),
        twiml.record(place.url("note"), place.url("note", callback=1)),
        twiml.redirect(place.url("note")),
    ]


def connect(place: Place, company: Company, call: AskedCall) -> list[Verb]:
    """Connects the caller with the company's person; without one it says so, and goes on.

    A telephone cannot be called from a WhatsApp number, so it shows the number that was called.
    """
    person = company.calls.person
    if not person:
        return [*said(place, "call_nobody"), twiml.redirect(place.url("turn"))]
    shown = call.our_number.removeprefix(_WHATSAPP) if call.number.startswith(_WHATSAPP) else ""
    return [*said(place, "call_person"), twiml.dial(person, place.url("status"), timeout="20", callerId=shown)]


def goodbye(place: Place, *names: str) -> list[Verb]:
    """Says the phrases, and ends the call."""
    return [*said(place, *names, "call_goodbye"), twiml.hangup()]
