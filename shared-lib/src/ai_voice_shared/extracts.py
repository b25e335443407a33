"""Answers without a language model: the segments that share most with the question, as they are."""

from collections.abc import Sequence

from ai_voice_shared.answer_model import Plan
from ai_voice_shared.conversations import Turn
from ai_voice_shared.passages import Found
from ai_voice_shared.search_near import near_at
from ai_voice_shared.text_words import cut, pairs, plain, unspaced_runs

ENGINE = "extracts"

_EXTRACTS = 3
_STEM = 5
"""Letters by which two forms of a word are taken for one, in want of every language's grammar."""

_TELLING = 4
"""Letters of a word that tells what a question is about; shorter ones mostly do not, figures apart."""

_FOLLOW_UP_WORDS = 2


def plan(question: str, turns: Sequence[Turn]) -> Plan:
    """The question as it stands; a short follow-up together with the question before it."""
    follows = turns and len(_telling(question)) <= _FOLLOW_UP_WORDS
    asked = f"{turns[-1].question} {question}" if follows else question
    return Plan(standalone=asked, language="", searches=[])


def best(question: str, found: Sequence[Found]) -> list[Found]:
    """At most three segments, those first that hold most of what is asked; of equals the one found first."""
    asked = _telling(question)
    shared = [(_shares(question, asked, one), -place, one) for place, one in enumerate(found)]
    ranked = sorted((entry for entry in shared if entry[0]), key=lambda entry: entry[:2], reverse=True)
    return [one for _, _, one in ranked[:_EXTRACTS]]


def _shares(question: str, asked: set[str], one: Found) -> int:
    if one.near:
        return len(near_at(one.segment.text, question, one.note.language))
    return len(asked & _telling(one.segment.text))


def _telling(text: str) -> set[str]:
    spaced = [plain(word.text) for word in cut(text) if not word.unspaced]
    telling = {word[:_STEM] for word in spaced if len(word) >= _TELLING or word.isdigit()}
    return telling | {pair.text for run in unspaced_runs(text) for pair in pairs(run)}
