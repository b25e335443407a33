"""Understands notes by cue words and extracts. It needs no language model, and its engine's name says so.

English, Spanish, German, French and Portuguese; any other language is filed by the English cues.
"""

import re
from collections.abc import Iterator, Sequence
from typing import cast

from ai_voice_shared.artifacts import tag_from
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
from ai_voice_shared.times import due_dates
from ai_voice_shared.words.languages import primary
from voice_parser.understanding.cues import CUES, Cues
from voice_parser.understanding.orders import orders
from voice_parser.understanding.understanding import Analysis, Analyzer

ENGINE = "rules"

_TITLE_WORDS = 9
_TAG_WORDS = 4
_SHORTEST_KNOWLEDGE = 6
"""Words. A shorter text only says thanks or hello."""

_BEFORE_A_QUESTION = (
    r"^(?:(?:hi|hello|hey|so|and|but|ok|okay|well|um|uh|please|sorry|hola|y|pero|bueno|perdón|por favor|hallo|und|"
    r"aber|also|äh|ähm|bitte|bonjour|salut|et|mais|alors|euh|s'il (?:te|vous) pla[iî]t|olá|oi|e|mas|então|desculpe)"
    r"\b[,:]? *)*¿?"
)
"""What people say before they ask."""


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
        language = _language(transcript, company)
        spoken = code if (code := primary(language)) in CUES else "en"
        return Analysis(language=language, note=_note(_sentences(transcript), spoken, kind), engine=ENGINE)


def build(_model: str, _connect: object) -> Analyzer:
    """The engine, for wiring."""
    return RulesAnalyzer()


def _note(sentences: list[str], language: str, filed_as: type[Intent] | None) -> AnyIntent:
    cues = CUES[language]
    question = _question(sentences, language)
    kind = filed_as or _kind(sentences, question, language)
    fields = {"intent": name(kind), "title": _title(sentences[0], cues), "tag": _tag(sentences, cues)}
    own = kind.extracted(_extracts(sentences, kind, question, language))
    return cast("AnyIntent", kind.model_validate(fields | own))


def _question(sentences: list[str], language: str) -> str | None:
    """What the note asks; None if it also tells something."""
    questions = [sentence for sentence in sentences if _asks(sentence, CUES[language])]
    rest = _without(sentences, questions)
    if questions and len(" ".join(rest).split()) < _SHORTEST_KNOWLEDGE and not _cued_kind(rest, language):
        return " ".join(map(_as_question, questions))
    return None


def _kind(sentences: list[str], question: str | None, language: str) -> type[Intent]:
    if question:
        return Other
    if kind := _cued_kind(sentences, language):
        return kind
    return KnowledgeDocument if len(" ".join(sentences).split()) >= _SHORTEST_KNOWLEDGE else Other


def _cued_kind(sentences: list[str], language: str) -> type[Intent] | None:
    """The first kind with a cue in one of the sentences."""
    return next((kind for kind in INTENTS if _cued(sentences, kind, language)), None)


def _cued(sentences: list[str], kind: type[Intent], language: str) -> list[str]:
    cue = kind.cues.get(language)
    return [sentence for sentence in sentences if re.search(cue, sentence.casefold())] if cue else []


def _extracts(sentences: list[str], kind: type[Intent], question: str | None, language: str) -> Extracts:
    cued, asked = _cued(sentences, kind, language), _cued(sentences, JobToBeDone, language)
    tasks = [item for sentence in asked for item in _action_items(sentence, language)]
    return Extracts(sentences, cued, _without(sentences, cued), tasks, question)


def _without(sentences: list[str], others: list[str]) -> list[str]:
    left_out = set(others)
    return [sentence for sentence in sentences if sentence not in left_out]


def _asks(sentence: str, cues: Cues) -> bool:
    """Whether the notes could answer it: by its first words, or by its "?" if it asks nobody to do something."""
    said = re.sub(r"^[\s¿,]+", "", sentence.casefold())
    said = re.sub(_BEFORE_A_QUESTION, "", said)
    if any(re.match(known.small_talk, said) for known in CUES.values()):
        return False
    marked = sentence.rstrip("!\"'”» ").endswith("?")
    return bool(re.match(cues.question, said)) or (marked and not re.search(cues.job, said))


def _as_question(sentence: str) -> str:
    """The question with its question mark, which speech leaves out."""
    return sentence.rstrip(".!…") + ("" if sentence.endswith("?") else "?")


def _action_items(sentence: str, language: str) -> Iterator[ActionItem]:
    """One item for each order. The person of the first order also has the next ones, unless they name somebody else."""
    cues, who = CUES[language], None
    for order in orders(sentence, cues):
        named = re.search(cues.who, order, re.IGNORECASE)
        who = named[1].capitalize() if named else who
        what = re.sub(rf"^[\s,]+|{cues.polite}[\s,]*", "", order, flags=re.IGNORECASE).strip()
        yield ActionItem(
            what=what[:1].upper() + what[1:] if what else order,
            who=who,
            by_when=due_dates.words(order, language) or _other_limit(order, cues),
        )


def _other_limit(order: str, cues: Cues) -> str | None:
    """By when, in words that name no day, such as "the end of the job"."""
    found = re.search(cues.by_when, order, re.IGNORECASE) if cues.by_when else None
    return found[0] if found else None


def _sentences(transcript: Transcript) -> list[str]:
    pieces = list(_pieces(transcript.segments)) or [transcript.caption, transcript.text]
    split = (re.split(r"(?<=[.!?…])\s+", piece) for piece in pieces)
    return [_as_sentence(sentence) for piece in split for part in piece if (sentence := part.strip())]


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
    """The text with a capital and a full stop, which some transcribers leave out."""
    return text[:1].upper() + text[1:] + ("" if re.search(r"\W$", text) else ".")


def _title(sentence: str, cues: Cues) -> str:
    words = re.sub(rf"{cues.polite}[\s,]*", "", sentence, flags=re.IGNORECASE).split() or sentence.split()
    title = " ".join(words[:_TITLE_WORDS]).rstrip(".,;:!")
    return title[:1].upper() + title[1:] + ("…" if len(words) > _TITLE_WORDS else "")


def _tag(sentences: list[str], cues: Cues) -> str:
    """The first words that have a meaning of their own, in their order."""
    words = re.findall(r"[^\W_]+", re.sub(cues.polite, " ", " ".join(sentences).casefold()))
    telling = dict.fromkeys(word for word in words if word not in cues.common)
    return tag_from(" ".join(list(telling)[:_TAG_WORDS]))


def _language(transcript: Transcript, company: Company) -> str:
    """The language of which the text has most common words; the company's first language if it has none."""
    if transcript.language:
        return transcript.language
    words = re.findall(r"[^\W\d_]+", transcript.full_text.casefold())
    counts = {code: sum(word in cues.common for word in words) for code, cues in CUES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else next(iter(company.languages), "en")
