"""Whether a clause of a statement is put together from two that each say something else: "the gutters are blocked".

The source: "The gutters are clear, but the drain is blocked." All words are the source's, and yet nobody said so.
"""

from collections.abc import Sequence

from ai_voice_shared.claims.clauses import Clause

_FEWEST = 2
_STEM = 4


def joins(told: Sequence[Clause], said: Sequence[Sequence[Clause]]) -> bool:
    """Whether a clause has all its words from several clauses of one sentence, and leaves out a word of each of them.

    `said` are sentences in the statement's language, each as its clauses. What tells opposites is judged by these.
    """
    plain = [one for one in told if not (one.said.poles or one.said.denies or one.numbers or one.when)]
    return any(_joins(_words(clause), sentence) for clause in plain for sentence in said)


def _joins(words: set[str], sentence: Sequence[Clause]) -> bool:
    parts = [_words(one) for one in sentence]
    if len(words) < _FEWEST or words - set().union(*parts) or any(words <= part for part in parts):
        return False
    used = [one for one, part in zip(sentence, parts, strict=True) if words & part]
    return all(_words(one) - _kinds(one) - words for one in used)


def _words(clause: Clause) -> set[str]:
    """The words with a subject, also those of opposites, but no names."""
    return {word[:_STEM] for word in clause.telling if word not in clause.named}


def _kinds(clause: Clause) -> set[str]:
    """The words that only say which one is meant: "new"."""
    text = " ".join(clause.words)
    return {text[one.start : one.end][:_STEM] for one in clause.said.poles if one.tells_which}
