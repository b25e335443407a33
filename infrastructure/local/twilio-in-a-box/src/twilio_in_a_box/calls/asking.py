"""Fetches the documents of a call as Twilio does: signed, with its time limit, its redirects and its errors."""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from twilio_in_a_box.calls.exchange import Exchange
from twilio_in_a_box.voice import document
from twilio_in_a_box.voice.document import Step
from twilio_in_a_box.voice.problems import TwimlProblem
from twilio_in_a_box.webhooks.posting import Attempt

MOST_REDIRECTS = 10
_LOSES_THE_FORM = frozenset({301, 302, 303})
_XML = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True)
class Document:
    """The verbs of a document, the URL that relative ones in it are relative to, and how long it took to come."""

    steps: tuple[Step, ...]
    url: str
    ms: int = 0


def ask(
    exchange: Exchange, url: str, method: str, form: Mapping[str, str], phone: str, unsigned: frozenset[str]
) -> Document:
    """The document at a URL; raises TwimlProblem where it cannot be had or is wrong.

    `unsigned` are parameters that the signature leaves out.
    """
    attempt = _answered(exchange, url, method, form, phone, unsigned)
    if attempt.problem == "ct":
        raise TwimlProblem(11205, attempt.url)
    if not attempt.is_done:
        raise TwimlProblem(11200, f"{attempt.url} answered {attempt.status}" if attempt.status else attempt.url)
    if attempt.answer and attempt.content_type.partition(";")[0].strip().lower() not in _XML:
        raise TwimlProblem(12300, attempt.content_type or "none")
    return Document(document.read(attempt.answer), attempt.url, attempt.ms)


def _answered(
    exchange: Exchange, url: str, method: str, form: Mapping[str, str], phone: str, unsigned: frozenset[str]
) -> Attempt:
    """The last answer; a redirect by 301 or 302 makes a GET of a POST, and loses its parameters."""
    if "#" not in url and exchange.overrides:
        url = f"{url}#{exchange.overrides}"
    for _ in range(MOST_REDIRECTS + 1):
        attempt = exchange.poster.post("webhook", url, form, method, phone, unsigned)
        if not attempt.location:
            return attempt
        url = urllib.parse.urljoin(attempt.url, attempt.location)
        if attempt.status in _LOSES_THE_FORM and method == "POST":
            method, form = "GET", {}
    raise TwimlProblem(11215, url)
