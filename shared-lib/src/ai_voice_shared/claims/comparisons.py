"""What a clause compares, or puts before another thing, and in which order it names them."""

from collections.abc import Sequence

from ai_voice_shared.claims.clauses import Clause, part

_THAN = {"en": "than", "de": "als", "fr": "que", "es": "que", "pt": "que", "it": "di", "nl": "dan"}
_MORE = "more"
_STEM = 5
_GOVERNED = 4
"""How many words after "before" count."""

_TWICE = 2


def is_turned(source: Clause, clause: Clause, scale: str) -> bool:
    """Whether the two compare the same two things in reverse order: "A is larger than B", "B is smaller than A"."""
    mine, theirs = _sides(clause, scale), _sides(source, scale)
    if not mine or not theirs:
        return False
    crossed = len(mine[0] & theirs[1]) + len(mine[1] & theirs[0])
    return crossed > _TWICE * len(mine[1] & theirs[1])


def compares(clause: Clause) -> bool:
    """Whether it compares two things, or puts one before the other."""
    return any(_sides(clause, pole.scale) for pole in clause.said.poles)


def of_other_things(source: Clause, clause: Clause, scale: str) -> bool:
    """Whether the two have more and less of different things: "plus grand que", "plus petit que"."""
    return scale == _MORE and source.code == clause.code and _compared(source) != _compared(clause)


def _compared(clause: Clause) -> str:
    """The word after "more"."""
    text = " ".join(clause.words)
    words = next((text[one.start :].split() for one in clause.said.poles if one.scale == _MORE), [])
    return words[1][:_STEM] if len(words) > 1 else ""


def _sides(clause: Clause, scale: str) -> tuple[set[str], set[str]] | None:
    """The two sides of a "than" or a "before"; None if there is none."""
    words = list(clause.words)
    than = _THAN.get(clause.code)
    if than in words:
        place = words.index(than)
        return _about(clause, words[:place], scale), _about(clause, words[place + 1 :], scale)
    relation = next((one for one in clause.said.poles if one.scale == scale and one.relates), None)
    if relation is None:
        return None
    place = " ".join(words)[: relation.start].count(" ") + 1
    governed = next((one for word in words[place : place + _GOVERNED] if (one := _about(clause, [word], scale))), set())
    return _about(clause, words, scale) - governed, governed


def _about(clause: Clause, words: Sequence[str], scale: str) -> set[str]:
    """The subject of the words; a word that compares has none itself."""
    about = part(" ".join(word.capitalize() for word in words), clause)
    return {one for one in about if not one.startswith((f"{scale} ", f"{_MORE} "))}
