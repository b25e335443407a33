"""Which words of a question no note of the company has, and where what is near to them comes among what was found.

All that is done for such words costs a question without any nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ai_voice_shared.search.near import asked, forms
from ai_voice_shared.search.question import Sought

if TYPE_CHECKING:
    from ai_voice_shared.search.model import Hit

_A_SHARE = 4
"""What is near gets one place in so many, the last ones, however much was found: or a misspelt word would have none."""


def missing(question: str, languages: Sequence[str], sought: Sought, is_word: Callable[[str], bool]) -> list[str]:
    """The words of letters alone that are in no note of these languages; none of those that only ask.

    `is_word` tells whether a word, as the index holds it, is in some note; `sought` is what is looked for.
    """
    if any(all(map(is_word, of_one)) for of_one in sought.of_each):
        return []
    return [word for word in asked(question, languages) if not any(map(is_word, forms(word, languages)))]


def with_near(found: Sequence["Hit"], nearby: Sequence["Hit"], limit: int) -> list["Hit"]:
    """What was found, in its order, and behind it what is near; `limit` in all."""
    share = limit // _A_SHARE
    first = {_place(hit) for hit in found[: limit - share]}
    fresh = [hit for hit in nearby if _place(hit) not in first]
    kept = found[: limit - min(share, len(fresh))]
    known = {_place(hit) for hit in kept}
    behind = [hit for hit in fresh if _place(hit) not in known][: limit - len(kept)]
    best = max((hit.score for hit in behind), default=0.0) or 1.0
    return [*kept, *(replace(hit, score=kept[-1].score * hit.score / best) for hit in behind)]


def _place(hit: "Hit") -> tuple[str, int, int]:
    return hit.message_id, hit.first, hit.last
