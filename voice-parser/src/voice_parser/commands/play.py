"""When a message asks to hear a source ("play 1"), and which clip or reply it gets."""

import re
import unicodedata
from dataclasses import dataclass

from ai_voice_shared.errors import TellSender
from ai_voice_shared.phrases import phrase
from voice_parser.commands.clips import Clips
from voice_parser.commands.sources import KEPT, Source, Sources, Told
from voice_parser.inbound.work import MessageInWork
from voice_parser.understanding.cues import LANGUAGES, cues_of

_PRESSED = re.compile(r"play:(\d{1,2})")
_BARE = re.compile(r"\W{0,2}(\d{1,2})\W{0,2}")
_MOST_WORDS = 6
_LONGEST = 300
"""Characters, with the blanks and marks around the words."""
_SEPARABLE = "ab|vor|af"
"""German and Dutch verbs come apart: "spiel 1 ab", "speel 1 af"."""


@dataclass(frozen=True)
class ClipRequest:
    """A request to hear a source.

    Attributes:
        language: of the request (BCP 47); None if it does not show it.
        certain: False for only a number, which asks for a source only if the answer has a source with this number.
    """

    number: int
    language: str | None = None
    certain: bool = True


@dataclass(frozen=True)
class Played:
    """The result of a request: a clip (its S3 key), or a reply if there is nothing to hear; the other is empty."""

    clip: str = ""
    words: str = ""


@dataclass(frozen=True)
class Player:
    """Plays to senders only the sources of their own answers."""

    sources: Sources
    clips: Clips

    def wanted(self, work: MessageInWork, text: str) -> ClipRequest | None:
        """The request in a message, given what was written or said in it; None when it holds a note."""
        request = requested(work.message.pressed, text)
        if request is None or request.certain:
            return request
        told = self._told(work)
        return request if told and _source(told, request) else None

    def play(self, work: MessageInWork, request: ClipRequest) -> Played:
        """Cuts the clip that was asked for, or says why there is none; raises RetryLater."""
        told = self._told(work)
        language = (told.language if told else "") or request.language or work.language
        try:
            source = _playable(told, request)
            return Played(clip=self.clips.make(work.job.company_id, source, work.message_id, request.number))
        except TellSender as nothing:
            return Played(words=phrase(nothing.phrase, language, **nothing.details))

    def _told(self, work: MessageInWork) -> Told | None:
        return self.sources.find(work.job.company_id, work.job.customer_id, work.message.replied_to)


def requested(pressed: str, text: str) -> ClipRequest | None:
    """The request in a pressed button's payload, else in a text; None when there is none."""
    if payload := _PRESSED.fullmatch(pressed):
        return ClipRequest(int(payload[1]))
    if len(text) > _LONGEST:
        return None
    said = unicodedata.normalize("NFKC", text).casefold().strip()
    if len(said.split()) > _MOST_WORDS:
        return None
    if bare := _BARE.fullmatch(said):
        return ClipRequest(int(bare[1]), certain=False)
    return next((request for language in LANGUAGES if (request := _in_language(said, language))), None)


def _in_language(said: str, language: str) -> ClipRequest | None:
    """A verb, perhaps a word or two ("number", "la fuente"), and the number."""
    cues = cues_of(language)
    polite = cues.pattern("polite").pattern
    verb = rf"(?:(?:{polite})\W*)?(?:{cues.pattern('play').pattern})(?:\W+[^\W\d]{{1,8}}\b){{0,2}}"
    match = re.fullmatch(
        rf"\W*{verb}\W*(\d{{1,2}}|\b(?:{'|'.join(cues.numbers)}))(?:\W+(?:{_SEPARABLE}))?(?:\W+(?:{polite}))?\W*", said
    )
    if match is None:
        return None
    number = match[1]
    return ClipRequest(cues.numbers.index(number) + 1 if number in cues.numbers else int(number), language)


def _playable(told: Told | None, request: ClipRequest) -> Source:
    if told is None or not told.sources:
        raise TellSender("nothing_to_play", hours=str(round(KEPT.total_seconds() / 3600)))
    source = _source(told, request)
    if source is None:
        raise TellSender("no_such_source", number=str(request.number), count=str(len(told.sources)))
    if not source.end:
        raise TellSender("source_is_text", number=str(request.number))
    return source


def _source(told: Told, request: ClipRequest) -> Source | None:
    return told.sources[request.number - 1] if 0 < request.number <= len(told.sources) else None
