"""The verbs that bridge a call: live transcription of both tracks, and the call of the agent."""

from urllib.parse import parse_qsl, urlencode

from ai_voice_shared.calls.company_calls import Line
from ai_voice_shared.domain import Company
from webhook_handler.voice import twiml
from webhook_handler.voice.place import Place
from webhook_handler.voice.voices import voice_of

_RINGS = 30
"""Seconds until nobody answers."""


def transcribe(place: Place, company: Company, *, partial: bool) -> twiml.Verb:
    """Has both tracks transcribed until the call ends. Twilio filters profanity unless it is told not to."""
    attributes = {
        "statusCallbackUrl": _url(place, "transcription", company.company_id),
        "statusCallbackMethod": "POST",
        "track": "both_tracks",
        "inboundTrackLabel": "customer",
        "outboundTrackLabel": "agent",
        "languageCode": voice_of(place.language).language,
        "partialResults": "true" if partial else "false",
        "profanityFilter": "false",
        "enableAutomaticPunctuation": "true",
        "hints": twiml.phrase_list(company.glossary),
    }
    return twiml.Verb.of("Start", content=twiml.Verb.of("Transcription", attributes).xml)


def dial(place: Place, company_id: str, line: Line, shown: str, *, records: bool) -> twiml.Verb:
    """Calls the agent, who sees the number `shown` (empty: the caller's own).

    Each side is recorded on a channel of its own, from the answer on, where the company records.
    """
    recording = {
        "record": "record-from-answer-dual",
        "recordingStatusCallback": _url(place, "recording", company_id),
        "recordingStatusCallbackMethod": "POST",
        "recordingStatusCallbackEvent": "completed",
    }
    more = {"callerId": shown, **(recording if records else {})}
    return twiml.dial(line.agent, place.url("status"), timeout=str(_RINGS), **more)


def _url(place: Place, step: str, company_id: str) -> str:
    """A URL that names the company. Twilio signs it, so it comes from our own TwiML; its parameters are in order."""
    url, _, query = place.url(step).partition("?")
    return f"{url}?{urlencode(sorted([('company', company_id), *parse_qsl(query)]))}"
