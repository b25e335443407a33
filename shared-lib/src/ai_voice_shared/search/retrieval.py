"""Which units of an archive may answer a question: those with the best words, and those with the nearest meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ai_voice_shared.search.archive import Archive
from ai_voice_shared.search.ranking import Candidate, neighbours, ranked
from ai_voice_shared.search.text_index import Found

if TYPE_CHECKING:
    from ai_voice_shared.search.model import Scope
    from ai_voice_shared.search.question import Sought
    from ai_voice_shared.search.vectors import Similarity

_LEAST = 100
"""Candidates. More of them do not find more on QMSum. Neighbours count for each other only inside this list."""


def best(
    archive: Archive, sought: "Sought", vector: Sequence[float], scope: "Scope", limit: int
) -> list[tuple[float, Candidate]]:
    """The best units in scope with their scores; `vector` is empty if there are only words."""
    depth = max(_LEAST, 2 * limit)
    judging = _Judging(
        archive,
        _sections(archive, sought, scope, depth),
        archive.units.in_order(sought, scope, depth // 4),
        archive.vectors.near(vector, scope, depth) if vector else None,
    )
    pool = judging.judged(archive.units.find(sought, scope, depth))
    known = {one.key for one in pool}
    others = [key for key in judging.similarity.nearest if key not in known] if judging.similarity else []
    if others:
        pool += judging.judged(archive.units.with_keys(others, sought, scope))
    first = ranked(pool, limit)
    beside = neighbours(one for _, one in first) - {one.key for one in pool}
    if not beside:
        return first
    pool += judging.judged(archive.units.with_keys(sorted(beside), sought, scope))
    return ranked(pool, limit)


class _Sections(dict[int, float]):
    """Scores by key. A section after the end of the list counts as good as the last one on it."""

    rest: float = 0.0

    def __missing__(self, key: int) -> float:
        return self.rest


def _sections(archive: Archive, sought: "Sought", scope: "Scope", limit: int) -> _Sections:
    found = archive.sections.find(replace(sought, phrases=[]), scope, limit)
    keys = archive.sections.values("key", found)
    scores = _Sections((key, score) for key, (score, _) in zip(keys, found, strict=True))
    scores.rest = found[-1][0] if len(found) == limit else 0.0
    return scores


@dataclass(frozen=True)
class _Judging:
    """The scores of a unit, in addition to its own words."""

    archive: Archive
    sections: _Sections
    in_order: dict[int, float]
    similarity: "Similarity | None"

    def judged(self, found: Sequence[Found]) -> list[Candidate]:
        """The units as candidates."""
        fields = (self.archive.units.values(field, found) for field in ("key", "section", "ends"))
        return [
            Candidate(
                key,
                bool(ends),
                text + self.in_order.get(key, 0.0),
                self.sections[section],
                address,
                self.similarity.of(key) if self.similarity else 0.0,
            )
            for (text, address), key, section, ends in zip(found, *fields, strict=True)
        ]
