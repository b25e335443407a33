"""The title, the tag, the summary and the points of a note that rules understand: from its own words."""

import re
from collections import Counter
from collections.abc import Sequence

from ai_voice_shared.artifacts import tag_from
from voice_parser.understanding.clauses import opening
from voice_parser.understanding.cues import Cues, plain, word_list

_TITLE_WORDS = 9
_FEWEST_WORDS = 4
"""Of a title that ends at a comma."""

_TAG_WORDS = 4
_FEWEST_TAG_WORDS = 2

_OPEN = '¿¡"«„“('

_SUMMARY = 200
"""Characters of a summary, if the note has more."""

_SENTENCES = 2
_POINTS = 7
"""Sentences of a summary, and points below it."""

_OFTEN = 3
"""Times that a word counts at most."""


def title(text: str, cues: Cues) -> str:
    """The beginning of a text, without greetings: whole, up to a comma, or up to a word that may end it."""
    words = without_opening(text, cues).split() or text.split()
    short = words if len(words) <= _TITLE_WORDS else _cut(words[:_TITLE_WORDS], cues)
    said = " ".join(short).rstrip(".,;:!")
    return _capital(said) + ("…" if len(short) < len(words) else "")


def tag(texts: Sequence[str], cues: Cues) -> str:
    """The first words that have a meaning of their own, in their order."""
    telling: dict[str, None] = {}
    for text in texts:
        words = re.findall(r"[^\W_]+", plain(without_opening(text, cues)))
        telling |= dict.fromkeys(word for word in words if word not in cues.words("common"))
        if len(telling) >= _FEWEST_TAG_WORDS:
            break
    return tag_from(" ".join(list(telling)[:_TAG_WORDS]))


def summary(sentences: Sequence[str], cues: Cues) -> list[str]:
    """The sentences that tell most, in their order: those whose words the note has most often."""
    if not sentences or (len(sentences) <= _SENTENCES and len(" ".join(sentences)) <= _SUMMARY):
        return list(sentences)
    counts = Counter(word for sentence in dict.fromkeys(sentences) for word in telling_words(sentence, cues))
    places = {sentence: at for at, sentence in reversed(list(enumerate(sentences)))}
    points = {at: _score(sentence, counts, cues) for sentence, at in places.items()}
    chosen: list[int] = []
    room = _SUMMARY
    for at in sorted(points, key=lambda at: (-points[at], at)):
        if len(chosen) < _SENTENCES and len(sentences[at]) <= room:
            chosen.append(at)
            room -= len(sentences[at])
    return [sentences[at] for at in sorted(chosen)] or [_shortened(sentences[0])]


def points(sentences: Sequence[str], told: Sequence[str], cues: Cues) -> list[str]:
    """Other sentences with facts: a number, or a name."""
    left_out = set(told)
    facts = (one for one in sentences if one not in left_out and re.search(r"\d|\w\W+[A-ZÀ-Þ]", one))
    return [without_opening(fact, cues) for fact, _ in zip(facts, range(_POINTS), strict=False)]


def without_opening(text: str, cues: Cues) -> str:
    """The text without greetings and fillers before it; as it is if it has nothing else."""
    at = opening(plain(text), cues)
    while at and text[at - 1] in _OPEN:
        at -= 1
    return _capital(text[at:]) or text


def telling_words(sentence: str, cues: Cues) -> set[str]:
    """The words of a text that are no small words."""
    return {word for word in word_list(plain(sentence)) if word not in cues.words("common")}


def _score(sentence: str, counts: Counter[str], cues: Cues) -> int:
    """How much a sentence tells: its words, more for those that the note has again, and its numbers."""
    words = sum(min(counts[word], _OFTEN) for word in telling_words(sentence, cues))
    return words + len(re.findall(r"\d+", sentence))


def _cut(words: Sequence[str], cues: Cues) -> Sequence[str]:
    """Up to the last comma; otherwise up to the last word that is no small word."""
    ends = [at for at, word in enumerate(words, 1) if word[-1] in ",;:" and at >= _FEWEST_WORDS]
    if ends:
        return words[: ends[-1]]
    last = len(words)
    while last > _FEWEST_WORDS and plain(words[last - 1]) in cues.words("common"):
        last -= 1
    return words[:last]


def _shortened(sentence: str) -> str:
    return sentence[:_SUMMARY].rpartition(" ")[0] + "…" if len(sentence) > _SUMMARY else sentence


def _capital(text: str) -> str:
    return re.sub(r"\w", lambda first: first[0].upper(), text, count=1)
