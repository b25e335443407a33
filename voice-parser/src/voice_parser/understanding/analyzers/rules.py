"""Understands notes by cue words and extracts. It needs no language model, and its engine's name says so.

In the languages that have cues; a note in any other language is filed by the English ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from ai_voice_shared.domain import Company, Segment, Transcript
from ai_voice_shared.intents import (
    INTENTS,
    ActionItem,
    AnyIntent,
    Extracts,
    Intent,
    JobToBeDone,
    KnowledgeDocument,
    Other,
    name,
)
from ai_voice_shared.stored.sentence_groups import joined
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.sentences import sentences
from voice_parser.understanding.asking import asks, is_pleasantry, is_question, tells
from voice_parser.understanding.cues import Cues, cues_of, lenient, plain
from voice_parser.understanding.language import language_of
from voice_parser.understanding.orders import action_items
from voice_parser.understanding.titles import points, summary, tag, telling_words, title
from voice_parser.understanding.understanding import Analysis, Analyzer

ENGINE = "rules"

_COUNTED, _COUNTED_LENGTH = re.compile(r"(?<![\w.,])\d{1,2}\.$"), 4


class RulesAnalyzer:
    """No model, no key, no cost."""

    def understand(
        self,
        transcript: Transcript,
        company: Company,
        _received: object = None,
        kind: type[Intent] | None = None,
    ) -> Analysis:
        """The intent that the cues show, or the given one, with extracts as title, tag and structure."""
        language = language_of(transcript, company)
        said = _Said.read(_sentences(transcript), cues_of(primary(language)))
        return Analysis(language=language, note=_note(said, kind), engine=ENGINE)


def build(_model: str, _connect: object) -> Analyzer:
    """The engine, for wiring."""
    return RulesAnalyzer()


@dataclass(frozen=True)
class _Said:
    """A note's sentences, in order; those that ask for something to be done, and those that ask the notes."""

    sentences: list[str]
    asked: list[str]
    questions: list[str]
    cues: Cues

    @classmethod
    def read(cls, sentences: list[str], cues: Cues) -> "_Said":
        questions = [one for one in sentences if is_question(one, cues)]
        asked = [one for one in _without(sentences, questions) if asks(one, cues)]
        return cls(sentences, asked, questions, cues)

    def with_cue(self, kind: type[Intent]) -> list[str]:
        """The sentences that make a note of this kind."""
        if kind is JobToBeDone:
            return self.asked
        cue = kind.cues.get(self.cues.language)
        return [one for one in self.sentences if lenient(cue).search(plain(one))] if cue else []

    def telling(self, sentences: list[str]) -> list[str]:
        """Those that are more than greetings and thanks."""
        return [one for one in sentences if tells(one, self.cues)]

    def question(self) -> str | None:
        """What the note asks; None if it also tells something."""
        rest = _without(self.sentences, self.questions)
        if not self.questions or self.asked or self.telling(rest):
            return None
        return " ".join(_as_question(one) for one in self.questions)

    def kind(self) -> type[Intent]:
        """The first kind with a cue in one of the sentences, if the note is no question."""
        if self.question() or (not self.asked and is_pleasantry(" ".join(self.sentences), self.cues)):
            return Other
        cued = next((kind for kind in INTENTS if self.with_cue(kind)), None)
        return cued or (KnowledgeDocument if self.telling(self.sentences) else Other)


def _note(said: _Said, filed_as: type[Intent] | None) -> AnyIntent:
    kind = filed_as or said.kind()
    tasks = [item for sentence in said.asked for item in action_items(sentence, said.cues)]
    cued = said.with_cue(kind)
    told = summary(said.telling(_without(said.sentences, cued) if kind is JobToBeDone else said.sentences), said.cues)
    extracts = Extracts(told, points(said.sentences, told, said.cues), cued, tasks, said.question())
    subjects = [*_subjects(kind, tasks, said.cues), *(said.telling(said.sentences) or said.sentences)]
    fields = {"intent": name(kind), "title": title(subjects[0], said.cues), "tag": tag(subjects, said.cues)}
    return cast("AnyIntent", kind.model_validate(fields | kind.extracted(extracts)))


def _subjects(kind: type[Intent], tasks: Sequence[ActionItem], cues: Cues) -> Iterator[str]:
    """What a job is about, unless only other sentences tell it: "repair it"."""
    return (item.what for item in tasks if kind is JobToBeDone and len(telling_words(item.what, cues)) > 1)


def _without(sentences: list[str], others: list[str]) -> list[str]:
    left_out = set(others)
    return [sentence for sentence in sentences if sentence not in left_out]


def _as_question(sentence: str) -> str:
    """The question with its question mark, which speech leaves out."""
    return sentence.rstrip(".!…") + ("" if sentence.endswith("?") else "?")


def _sentences(transcript: Transcript) -> list[str]:
    pieces = list(_pieces(transcript.segments)) or [transcript.caption, transcript.text]
    return [_as_sentence(sentence) for piece in pieces for sentence in _split(piece)]


def _split(piece: str) -> Iterator[str]:
    """The sentences of a piece; a number with a full stop, as in "4. Dezember", ends none."""
    begin = None
    for start, end in sentences(piece):
        begin = start if begin is None else begin
        if not _COUNTED.search(piece[max(start, end - _COUNTED_LENGTH) : end]):
            yield piece[begin:end]
            begin = None
    if begin is not None:
        yield piece[begin:]


def _pieces(segments: Sequence[Segment]) -> Iterator[str]:
    """The segments; if a sentence is in several of them, they are put together."""
    parts: list[str] = []
    for segment in segments:
        parts.append(segment.text)
        if not segment.goes_on:
            yield joined(parts)
            parts = []
    if parts:
        yield joined(parts)


def _as_sentence(text: str) -> str:
    """The text with a capital and a full stop, which some transcribers leave out; in NFC, as the cues read it."""
    text = unicodedata.normalize("NFC", text)
    return text[:1].upper() + text[1:] + ("" if re.search(r"\W$", text) else ".")
