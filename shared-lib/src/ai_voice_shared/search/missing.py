"""Which words of a question no note of the company has, and where passages with similar words rank.

A question without such words has no extra cost.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ai_voice_shared.search.near import asked, forms
from ai_voice_shared.search.question import Sought

if TYPE_CHECKING:
    from ai_voice_shared.search.model import Hit

_A_SHARE = 4
"""Similar words get one of so many places, the last ones, however much was found. Otherwise a misspelt word would have
none."""


def missing(question: str, languages: Sequence[str], sought: Sought, is_word: Callable[[str], bool]) -> list[str]:
    """The words (only of letters) that are in no note of these languages, without words that only form questions.

    `is_word` says whether a word, in the index's form, is in any note; `sought` is what is searched.
    """
    if any(all(map(is_word, of_one)) for of_one in sought.of_each):
        return []
    return [word for word in asked(question, languages) if not any(map(is_word, forms(word, languages)))]


def with_near(found: Sequence["Hit"], nearby: Sequence["Hit"], limit: int) -> list["Hit"]:
    """The results, in their order, and then the similar ones; `limit` in all."""
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
