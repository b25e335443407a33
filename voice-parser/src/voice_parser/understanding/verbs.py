"""Whether an order begins or ends with its verb, by a language's lists of verbs and the pronouns at their ends."""

from collections.abc import Sequence

from ai_voice_shared.times import due_dates
from voice_parser.understanding.clauses import MARKS
from voice_parser.understanding.cues import Cues, bare

_TO = frozenset(["zu", "zum", "beim", "vom", "im", "te", "het"])
"""Before a verb as it is named, they make it a part of another verb's sentence."""

_THEY = (["die"], ["dat"], ["sie"])
"""Before a verb, and alone, they are who does it."""

_LONGEST_CLITICS = 8


def begins_with_verb(said: str, cues: Cues) -> bool:
    """Whether an order begins here: "order two valves", "encargar dos válvulas", "llámalo"."""
    first, _, rest = said.partition(" ")
    first = first.strip(MARKS)
    if not rest:
        return _has_clitic(first, "imperatives", cues)
    if first in cues.words("nouns") and cues.pattern("behind_a_noun").match(said, len(first)):
        return False
    if is_verb(first, "imperatives", cues) or (_named_first(cues) and is_named(first, cues)):
        return True
    return first not in cues.words("common") and cues.pattern("open_order").match(said) is not None


def ends_with_verb(said: str, cues: Cues) -> bool:
    """Whether an order ends here: "zwei Ventile bestellen", with a day or so behind it."""
    if _named_first(cues):
        return False
    words = [word.strip(MARKS) for word in said.split()]
    last = next((at for at in range(len(words) - 1, 0, -1) if is_named(words[at], cues)), 0)
    if (
        not last
        or words[:last] in _THEY
        or any(word in cues.words("finite") for word in words)
        or words[last - 1] in _TO
    ):
        return False
    behind = " ".join(words[last + 1 :])
    return (
        not behind
        or cues.pattern("tail").match(behind) is not None
        or due_dates.words(behind, cues.language) is not None
    )


def is_verb(word: str, name: str, cues: Cues) -> bool:
    """Whether a word is a verb of the list, with or without a pronoun at its end."""
    return word in cues.words(name) or _has_clitic(word, name, cues)


def is_named(word: str, cues: Cues) -> bool:
    """Whether it is a verb as it is named, with what its language may put before it."""
    if cues.pattern("infinitive").fullmatch(word):
        return True
    return is_verb(word, "infinitives", cues) or any(
        word[at:] in cues.words("infinitives") for at in _behind_prefixes(word, cues)
    )


def _named_first(cues: Cues) -> bool:
    return not cues.words("finite").exact


def _has_clitic(word: str, name: str, cues: Cues) -> bool:
    """Whether a word is a verb of the list with a pronoun at its end, which may move its accent."""
    folded, verbs, ends = bare(word), cues.words(name).bare, cues.pattern("clitics")
    places = range(max(len(folded) - _LONGEST_CLITICS, 2), len(folded))
    return any(folded[:at] in verbs and ends.fullmatch(folded, at) for at in places)


def _behind_prefixes(word: str, cues: Cues) -> Sequence[int]:
    found = cues.pattern("prefixes").match(word)
    return [found.end()] if found else []
