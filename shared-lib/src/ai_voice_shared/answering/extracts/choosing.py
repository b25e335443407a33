"""Answers without a language model: the sentences that answer the question best, as is.

Words are compared as in the index, so that no result is lost. A short question belongs to those before it. Their words
show which sentences are meant, but alone they are no answer.
"""

from collections.abc import Callable, Iterable, Sequence

from ai_voice_shared.answering.extracts import follow_ups, sentences
from ai_voice_shared.answering.extracts.asked_words import Word, asked_words
from ai_voice_shared.answering.extracts.model import Extract, whole
from ai_voice_shared.answering.extracts.repeats import says_more
from ai_voice_shared.answering.extracts.scoring import Scored, Scoring, speaker_words
from ai_voice_shared.answering.extracts.tables import Want
from ai_voice_shared.answering.extracts.wanted import NEEDED, wanted
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.near import asked as may_be_misspelt
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.small_words import language_of

_EXTRACTS = 3

_LEAST = 0.4
"""The part of the question that a sentence has to have."""

_COVERS_SIMILAR, _LEAST_SIMILAR = 0.3, 0.5
"""The part of the question that a sentence with similar words has to have; and of the letters of the words that no note
has, those of the words for which it has similar ones."""

_CLOSE = 0.75
"""The part of the best score that another extract has to have."""


def best(
    question: str, found: Sequence[Found], turns: Sequence[Turn] = (), languages: Sequence[str] = ()
) -> list[Extract]:
    """At most three extracts, the best first; none if no sentence answers. Among equals, the one found first.

    One with similar words comes last, and always has the last place. `languages` are the question's.
    """
    like = [one for one in found if one.near]
    nearby = _chosen(_similar(question, like, languages))
    unknown = _missing(like) if nearby else ()
    fitting = _fitting(question, [one for one in found if not one.near], turns, languages, unknown)
    exact = _chosen([one for one in fitting if one.covers >= _LEAST])
    return [*exact[: _EXTRACTS - min(1, len(nearby))], *nearby][:_EXTRACTS]


def telling(found: Sequence[Found], tells: Callable[[str, IndexedNote], bool]) -> list[Extract]:
    """Only as many as are shown, in their order: of each segment the first sentence that tells."""
    said = sentences.of(found[:_EXTRACTS])
    first: dict[tuple[str, int], sentences.Sentence] = {}
    for one in said:
        if tells(one.text, one.one.note):
            first.setdefault((one.one.note.message_id, one.one.position), one)
    return [sentences.together(one) for one in first.values()]


def first(found: Sequence[Found]) -> list[Extract]:
    """The beginnings of at most three notes, for a question about everything."""
    beginnings: dict[str, Found] = {}
    for one in found:
        beginnings.setdefault(one.note.message_id, one)
    return [whole(one) for one in beginnings.values()][:_EXTRACTS]


def _fitting(
    question: str, found: Sequence[Found], turns: Sequence[Turn], languages: Sequence[str], unknown: Sequence[str]
) -> list[Scored]:
    """The sentences with a word of the question; a speaker's name is enough if the question has no other subject.

    `unknown` are words that no note has, if others have similar ones. If some are about the conversation's subject and
    the question names no other, only those are returned.
    """
    earlier = follow_ups.before(question, turns)
    asked = asked_words(question, found)
    before = [word for text in earlier for word in asked_words(text, found)]
    want, said = wanted(question, languages), sentences.of(found)
    likely = want or _first(wanted(text, languages) for text in reversed(earlier))
    language, needs = _language(question, languages), want in NEEDED
    scoring = Scoring(asked, before, likely, (), said, language, needs=needs, left_out=unknown)
    about = [word for word in asked if not any(word.stands_in(speaker_words(one), one.language) for one in said)]
    scored = _scored(scoring, said, by_speaker=not about)
    subject = [word for word in before if word.named] or before
    if about == asked and not any(word.named for word in asked):
        scored = [one for one in scored if _is_of(subject, scoring, one)] or scored
    return scored


def _similar(question: str, found: Sequence[Found], languages: Sequence[str]) -> list[Scored]:
    """The sentences with words that are similar to those that no note has."""
    missing = _missing(found)
    said = sentences.of(found)
    want, asked = wanted(question, languages), asked_words(question, found)
    scoring = Scoring(asked, (), want, missing, said, _language(question, languages), needs=want in NEEDED)
    letters = sum(map(len, missing))
    return [
        one
        for one in _scored(scoring, said, by_speaker=False)
        if one.covers >= _COVERS_SIMILAR and sum(map(len, scoring.similar(one.sentence))) >= _LEAST_SIMILAR * letters
    ]


def _missing(found: Sequence[Found]) -> list[str]:
    """The words that no note has."""
    spoken = tuple(dict.fromkeys(one.note.language for one in found))
    return may_be_misspelt(" ".join(dict.fromkeys(text for one in found for text in one.near)), spoken)


def _first(wants: Iterable[Want | None]) -> Want | None:
    return next(filter(None, wants), None)


def _language(question: str, languages: Sequence[str]) -> str:
    return language_of(question) or primary(next(iter(languages), ""))


def _scored(scoring: Scoring, said: Iterable[sentences.Sentence], *, by_speaker: bool) -> list[Scored]:
    return [one for sentence in said if (one := scoring.scored(sentence, by_speaker=by_speaker))]


def _is_of(subject: Sequence[Word], scoring: Scoring, one: Scored) -> bool:
    said = one.sentence
    return any(word.stands_in(scoring.notes[said.one.note.message_id], said.language) for word in subject)


def _chosen(scored: Sequence[Scored]) -> list[Extract]:
    """The best, as far as they say something that no better one says."""
    chosen: list[Extract] = []
    ordered = sorted(scored, key=lambda one: -one.score)
    for one in ordered:
        if one.score >= _CLOSE * ordered[0].score and says_more(one.extract, chosen):
            chosen.append(one.extract)
    return chosen
