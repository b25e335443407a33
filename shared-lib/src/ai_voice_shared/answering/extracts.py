"""Answers without a language model: the segments that share most words with the question, as is.

Words are compared as in the index, so that no result is lost. A short question belongs to those before it. Their words
show which segments are meant, but alone they are no answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ai_voice_shared.answering.model import Plan
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search.compounds import made_of
from ai_voice_shared.search.near import near_at
from ai_voice_shared.search.question import capitals_name, telling
from ai_voice_shared.search.words import indexed_words, length, spelled_words, words
from ai_voice_shared.words.text_words import cut, is_unspaced

ENGINE = "extracts"

_EXTRACTS = 3
_FOLLOW_UP_WORDS = 2
"""The most words with a subject in a question that may belong to the one before it; unspaced characters count half."""

_MOST_WORDS = 100
"""The most words of one question, as in the search."""

_ASKED, _NAMED = 2.0, 3.0
"""The weight of a word of the question, and of a name, a number or a code."""

_BEFORE, _NAMED_BEFORE = 0.5, 2.0
"""The same weights for the questions before it."""

_BY_ITS_BEARER = 1.0
"""The extra weight of a name if this person said the segment."""


@dataclass(frozen=True)
class _Word:
    """A word of a question, in the index's forms; `named` for a name, a number or a code."""

    forms: frozenset[str]
    named: bool

    def stands_in(self, held: frozenset[str]) -> bool:
        return not self.forms.isdisjoint(held)


@dataclass(frozen=True)
class _Said:
    """The words of a segment, of its speaker's name, and of all found segments of its note."""

    words: frozenset[str]
    speaker: frozenset[str]
    note: frozenset[str]

    def score(self, asked: Sequence[_Word], before: Sequence[_Word]) -> float:
        own = sum(
            (_NAMED if word.named else _ASKED) + (_BY_ITS_BEARER if word.stands_in(self.speaker) else 0.0)
            for word in asked
            if word.stands_in(self.words | self.speaker)
        )
        return own + sum(_NAMED_BEFORE if word.named else _BEFORE for word in before if word.stands_in(self.note))


def plan(question: str, turns: Sequence[Turn]) -> Plan:
    """The question as is; a follow-up question also together with the questions before it."""
    before = _before(question, turns)
    alone = [question] if before and telling(question) else []
    return Plan(standalone=" ".join([*before, question]), language="", searches=alone)


def best(question: str, found: Sequence[Found], turns: Sequence[Turn] = ()) -> list[Found]:
    """At most three segments, first those with most of the question; among equals, the one found first.

    A segment with similar words comes last, and always has the last place.
    """
    nearby = _best_first([(float(len(_near_to(one))), one) for one in found if one.near and _near_to(one)])
    exact = _best_first(_fitting(question, [one for one in found if not one.near], turns))
    return [*exact[: _EXTRACTS - min(1, len(nearby))], *nearby][:_EXTRACTS]


def _best_first(scored: Sequence[tuple[float, Found]]) -> list[Found]:
    return [one for _, one in sorted(scored, key=lambda entry: -entry[0])]


def _near_to(one: Found) -> list[tuple[int, int]]:
    return near_at(one.segment.text, " ".join(one.near), one.note.language)


def _before(question: str, turns: Sequence[Turn]) -> list[str]:
    """The questions before this one, oldest first, back to the last complete one."""
    chain = [question]
    for turn in reversed(turns):
        if length(" ".join(telling(chain[-1]))) > _FOLLOW_UP_WORDS:
            break
        chain.append(turn.question)
    return chain[:0:-1]


def _fitting(question: str, found: Sequence[Found], turns: Sequence[Turn]) -> list[tuple[float, Found]]:
    """The segments with a word of the question; a speaker's name is enough if the question has no other subject.

    If some are about the conversation's subject and the question names no other, only those are returned.
    """
    asked = _words(question, found)
    before = [word for text in _before(question, turns) for word in _words(text, found)]
    all_said = list(zip(_said(found), found, strict=True))
    about = [word for word in asked if not any(word.stands_in(said.speaker) for said, _ in all_said)]
    fitting = [
        (said, one)
        for said, one in all_said
        if any(word.stands_in(said.words if about else said.words | said.speaker) for word in asked)
    ]
    subject = [word for word in before if word.named] or before
    if about == asked and not any(word.named for word in asked):
        of_subject = [(said, one) for said, one in fitting if any(word.stands_in(said.note) for word in subject)]
        fitting = of_subject or fitting
    return [(said.score(asked, before), one) for said, one in fitting]


def _words(question: str, found: Sequence[Found]) -> list[_Word]:
    """The question's words with a subject, in the languages of the results, with their found compounds."""
    languages = tuple(dict.fromkeys(one.note.language for one in found))
    compounds = tuple(dict.fromkeys(compound for one in found for compound in one.compounds))
    text, names = " ".join(telling(question)), _names(question)
    forms = [
        _Word(
            frozenset(form for language in languages for form in words(word.text, language))
            | frozenset(made_of(word.text, languages, compounds)),
            word.text in names,
        )
        for word in cut(text)[:_MOST_WORDS]
        if not word.unspaced
    ]
    others = [pair for pair in words(text, "") if is_unspaced(pair[0])]
    others += [spelled for language in languages for spelled in spelled_words(text, language)]
    others = list(dict.fromkeys(others))[:_MOST_WORDS]
    return [*forms, *(_Word(frozenset({other}), _has_figure(other)) for other in others)]


def _names(question: str) -> set[str]:
    """The words with a figure in them, and those with a capital that do not begin the question."""
    written = [word.text for word in cut(question)]
    capitals = [word for word in written[1:] if word[0].isupper()] if capitals_name(question) else []
    return {*capitals, *filter(_has_figure, written)}


def _has_figure(word: str) -> bool:
    return any(character.isnumeric() for character in word)


def _said(found: Sequence[Found]) -> Iterator[_Said]:
    segments = [frozenset(indexed_words(one.segment.text, one.note.language)) for one in found]
    speakers = [frozenset(indexed_words(_speaker(one), one.note.language)) for one in found]
    notes: dict[str, frozenset[str]] = {}
    for one, held, speaker in zip(found, segments, speakers, strict=True):
        notes[one.note.message_id] = notes.get(one.note.message_id, frozenset()) | held | speaker
    for one, held, speaker in zip(found, segments, speakers, strict=True):
        yield _Said(held, speaker, notes[one.note.message_id])


def _speaker(one: Found) -> str:
    return one.segment.speaker or one.note.sender_name


def few(found: Sequence[Found]) -> list[Found]:
    """Only as many as are shown, in their order."""
    return list(found[:_EXTRACTS])


def first(found: Sequence[Found]) -> list[Found]:
    """The beginnings of at most three notes, for a question about everything."""
    beginnings: dict[str, Found] = {}
    for one in found:
        beginnings.setdefault(one.note.message_id, one)
    return list(beginnings.values())[:_EXTRACTS]
