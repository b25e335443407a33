"""How well a sentence answers: how much of the question it has, and whether it has the kind of thing that is wanted."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ai_voice_shared.answering.extracts.asked_words import Word
from ai_voice_shared.answering.extracts.model import Extract
from ai_voice_shared.answering.extracts.sentences import Sentence, together
from ai_voice_shared.answering.extracts.tables import Want
from ai_voice_shared.answering.extracts.wanted import reports, stands_for
from ai_voice_shared.search.near import near_at
from ai_voice_shared.search.words import found_at, indexed_words
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.text_words import plain

_COMMON, _UNSEEN, _NAMED, _LIGHT = 0.2, 0.7, 1.5, 0.5
"""The weights of a word that all sentences have, and of one that none has; one that a single of many has is almost 1.
The factors of a name or a code, and of a word that says little, such as "new"."""

_BACKGROUND = 20
"""Sentences; of fewer found ones, nobody can tell whether a word is common."""

_REFERRED, _BEFORE, _IN_NOTE, _SIMILAR, _RELATED = 0.85, 0.75, 0.3, 0.8, 0.7
"""What a word counts that stands in the sentences before, or elsewhere in the note; a similar and a related one."""

_KIND, _WITHOUT, _SELDOM_WITHOUT = 0.6, 0.4, 0.7
"""What the wanted thing adds to the score, at most; the factors for a sentence that lacks it, needed or not."""

_FAR = 6
"""Words between an asked word and the wanted thing that make it half as likely to be the one that is meant."""

_BY_BEARER = 0.25
"""What a name adds, if this person said the sentence."""

_EARLIER = 0.1
"""What each word of the questions before adds."""

_NAMED_WITHIN = 4
"""Sentences before one among which its subject is looked for, to be told with it."""

_SAME_LANGUAGE = 0.1
"""What a note in the question's language has more than others."""

_ABOUT = 0.5
"""The part of the question that the sentences before have to have, for a sentence that has nothing of it."""


@dataclass(frozen=True)
class Scored:
    """An extract with its score; `covers` is the part of the question that it has, from 0 to 1."""

    score: float
    covers: float
    extract: Extract
    sentence: Sentence


@dataclass(frozen=True)
class Scoring:
    """The scores for one question.

    Attributes:
        asked: its words; `earlier`: those of the questions before it.
        missing: words that no note has; similar ones count for them.
        language: the question's; empty if it is not known.
        needs: whether a sentence hardly answers without the wanted thing.
        left_out: words that a sentence need not have.
    """

    asked: Sequence[Word]
    earlier: Sequence[Word]
    want: Want | None
    missing: Sequence[str]
    sentences: Sequence[Sentence]
    language: str = ""
    needs: bool = False
    left_out: Sequence[str] = ()
    weights: Mapping[Word, float] = field(init=False)
    notes: Mapping[str, frozenset[str]] = field(init=False)
    about: Sequence[Word] = field(init=False)

    def __post_init__(self) -> None:
        """Finds what all sentences are compared by."""
        notes: dict[str, set[str]] = {}
        for one in self.sentences:
            notes.setdefault(one.one.note.message_id, set(speaker_words(one))).update(one.words)
        object.__setattr__(self, "notes", {key: frozenset(held) for key, held in notes.items()})
        little = [word for word in self.asked if word.is_light or stands_for(self.want, word.text)]
        object.__setattr__(self, "about", [word for word in self.asked if word not in little] or self.asked)
        object.__setattr__(self, "weights", {word: self._weight(word) for word in self.asked})

    def similar(self, sentence: Sentence) -> list[str]:
        """The missing words to which the sentence, or the one before it, has similar ones."""
        texts = [one.text for one in (sentence.before, sentence) if one]
        return [word for word in self.missing if any(near_at(text, word, sentence.language) for text in texts)]

    def scored(self, sentence: Sentence, *, by_speaker: bool) -> Scored | None:
        """None if the sentence has nothing of the question; `by_speaker`: whether the speaker's name is enough."""
        own = [word for word in self.asked if self._stands(word, sentence)]
        own = own if any(word in self.about for word in own) else []
        by_name = [word for word in self.asked if word.stands_in(speaker_words(sentence), sentence.language)]
        is_named = by_speaker and bool(by_name)
        if not own and not is_named and self._covers(sentence, own, by_name, 0.0) < _ABOUT:
            return None
        fit = self._fit(sentence)
        if not own and not is_named and fit < _CLEAR:
            return None
        covers = self._covers(sentence, own, by_name, fit)
        if self.want and not fit:
            covers *= _WITHOUT if self.needs else _SELDOM_WITHOUT
        score = covers + _KIND * fit
        score += _BY_BEARER * any(word.named or by_speaker for word in by_name)
        score += _SAME_LANGUAGE * (primary(sentence.language) == self.language)
        score += sum(
            _EARLIER * (1 + word.named)
            for word in self.earlier
            if word.stands_in(self._note(sentence), sentence.language)
        )
        extract = self._with_subject(sentence, own)
        if self.want == "who" and (fit < _CERTAIN or self._asks_who_said()):
            extract = replace(extract, sayer=speaker(sentence))
        return Scored(score, covers, extract, sentence)

    def _with_subject(self, sentence: Sentence, own: Sequence[Word]) -> Extract:
        """The sentence, after the one that names what it is about, if it does not say so itself."""
        if sentence.continues or sentence.refers or not own:
            others = [word for word in self.asked if word not in own]
            near = sentence.context[: 1 if sentence.continues else _NAMED_WITHIN]
            subject = max(near, key=lambda one: sum(self._stands(word, one) for word in others), default=None)
            if subject:
                return together(subject, sentence)
        return together(sentence)

    def _stands(self, word: Word, sentence: Sentence) -> bool:
        if word.stands_in(sentence.words, sentence.language):
            return True
        if word.text not in self.missing or not sentence.one.near:
            return False
        return bool(near_at(sentence.text, word.text, sentence.language))

    def _covers(self, sentence: Sentence, own: Sequence[Word], by_name: Sequence[Word], fit: float) -> float:
        """The part of the question that stands there; words for which the wanted thing itself stands do not count."""
        stood_for = [word for word in self.asked if fit >= _CLEAR and stands_for(self.want, word.text)]
        words = [word for word in self.asked if word not in stood_for] or self.asked
        whole = sum(self.weights[word] for word in words) or 1.0
        return sum(self.weights[word] * self._counts(word, sentence, own, by_name) for word in words) / whole

    def _counts(self, word: Word, sentence: Sentence, own: Sequence[Word], by_name: Sequence[Word]) -> float:
        if word in own:
            return _SIMILAR if word.text in self.missing else 1.0
        if word in by_name:
            return 1.0
        if any(word.stands_in(one.words, sentence.language) for one in sentence.context):
            return _REFERRED if sentence.refers else _BEFORE
        if word.is_related(sentence.beginnings, sentence.language):
            return _RELATED
        return _IN_NOTE if word.stands_in(self._note(sentence), sentence.language) else 0.0

    def _note(self, sentence: Sentence) -> frozenset[str]:
        return self.notes[sentence.one.note.message_id]

    def _weight(self, word: Word) -> float:
        holding = sum(word.stands_in(one.words | speaker_words(one), one.language) for one in self.sentences)
        if (word.extra and not holding) or word.text in self.left_out:
            return 0.0
        most = max(len(self.sentences), _BACKGROUND) + 1
        rare = math.log(most / (holding + 0.5)) / math.log(most / 0.5)
        factor = _NAMED if word.named else _LIGHT if word.is_light else 1.0
        if not holding:
            return _UNSEEN * factor
        weight = (_COMMON + (1 - _COMMON) * rare) * factor
        return weight / 2 if stands_for(self.want, word.text) else weight

    def _fit(self, sentence: Sentence) -> float:
        """How well the sentence has the wanted thing, from 0 to 1: beside an asked word it is the one that is meant."""
        if self.want is None:
            return 0.0
        from ai_voice_shared.answering.extracts.told import told  # noqa: PLC0415 - only some questions need its tables

        language = sentence.language
        text = f"{sentence.before.text} {sentence.text}" if sentence.before and sentence.continues else sentence.text
        found = told(self.want, text, language, frozenset(plain(word.text) for word in self.asked))
        forms = {form for word in self.asked for form in word.forms[sentence.language]}
        asked = found_at(found.text, forms, language)
        fits = (spot.fit * _nearness(found.text, spot.start, spot.end, asked) for spot in found.spots)
        return max(fits, default=_BY_SENDER if self._asks_who_said() else 0.0)

    def _asks_who_said(self) -> bool:
        return any(reports(self.want, word.text) for word in self.asked)


_CLEAR = 0.5
"""How well the wanted thing has to fit to stand for words of the question."""

_CERTAIN, _BY_SENDER = 0.65, 0.6
"""How well a name fits that is surely the one that is asked for; and the sender's, if the question asks who said it."""

_ELSEWHERE = 0.8
"""The nearness of a thing if the asked words stand in another sentence."""


def _nearness(text: str, start: int, end: int, asked: Iterable[tuple[int, int]]) -> float:
    apart = [one for one in asked if one[1] <= start or one[0] >= end]
    if not apart:
        return _ELSEWHERE
    between = min(
        len(text[one[1] : start].split()) if one[1] <= start else len(text[end : one[0]].split()) for one in apart
    )
    return 1 / (1 + max(0, between - 1) / _FAR)


def speaker(sentence: Sentence) -> str:
    """The name of who said it."""
    return sentence.one.segment.speaker or sentence.one.note.sender_name


def speaker_words(sentence: Sentence) -> frozenset[str]:
    """The words of that name."""
    return _name_words(speaker(sentence), sentence.language)


@lru_cache(maxsize=1024)
def _name_words(name: str, language: str) -> frozenset[str]:
    return frozenset(indexed_words(name, language))
