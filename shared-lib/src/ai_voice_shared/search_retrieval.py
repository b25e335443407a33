"""Which units of an archive may answer a question: those whose words match best, and those that mean what it means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ai_voice_shared.search_archive import Archive
from ai_voice_shared.search_level import Found
from ai_voice_shared.search_ranking import Candidate, neighbours, ranked

if TYPE_CHECKING:
    from ai_voice_shared.search_vectors import Nearness
    from ai_voice_shared.segment_index import Scope

_LEAST = 100
"""Candidates; more find no more on QMSum, and neighbours lend to one another only inside this list."""


def best(
    archive: Archive, words: Sequence[str], vector: Sequence[float], scope: "Scope", limit: int
) -> list[tuple[float, Candidate]]:
    """The best units in scope with their scores; `vector` is empty where words are all there is."""
    depth = max(_LEAST, 2 * limit)
    sections = _sections(archive, words, scope, depth)
    nearness = archive.vectors.near(vector, scope, depth) if vector else None
    found = archive.units.find(words, scope, depth)
    pool = _judged(archive, found, sections, nearness)
    known = {one.key for one in pool}
    others = [key for key in nearness.nearest if key not in known] if nearness else []
    if others:
        pool += _judged(archive, archive.units.with_keys(others, words, scope), sections, nearness)
    first = ranked(pool, limit)
    beside = neighbours(one for _, one in first) - {one.key for one in pool}
    if not beside:
        return first
    pool += _judged(archive, archive.units.with_keys(sorted(beside), words, scope), sections, nearness)
    return ranked(pool, limit)


class _Sections(dict[int, float]):
    """Scores by key. A section behind the end of the list is taken for as good as the last one on it."""

    rest: float = 0.0

    def __missing__(self, key: int) -> float:
        return self.rest


def _sections(archive: Archive, words: Sequence[str], scope: "Scope", limit: int) -> _Sections:
    found = archive.sections.find(words, scope, limit)
    keys = archive.sections.values("key", found)
    scores = _Sections((key, score) for key, (score, _) in zip(keys, found, strict=True))
    scores.rest = found[-1][0] if len(found) == limit else 0.0
    return scores


def _judged(
    archive: Archive, found: Sequence[Found], sections: _Sections, nearness: "Nearness | None" = None
) -> list[Candidate]:
    fields = (archive.units.values(field, found) for field in ("key", "section", "ends"))
    return [
        Candidate(key, bool(ends), text, sections[section], address, nearness.of(key) if nearness else 0.0)
        for (text, address), key, section, ends in zip(found, *fields, strict=True)
    ]
