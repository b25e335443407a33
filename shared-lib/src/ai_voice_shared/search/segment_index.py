"""The company's search index: which segments of its notes are about the question."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.search.archive import VECTORS, About, Archive
from ai_voice_shared.search.cache import FRESH_SECONDS, Archives
from ai_voice_shared.search.compounds import compounds, made_of, parts
from ai_voice_shared.search.missing import missing, with_near
from ai_voice_shared.search.model import EVERYWHERE, Embedder, Hit, IndexedNote, Scope
from ai_voice_shared.search.near import near
from ai_voice_shared.search.question import Sought, demands_phrases, sought
from ai_voice_shared.search.retrieval import best
from ai_voice_shared.telemetry import metric

if TYPE_CHECKING:
    from ai_voice_shared.search.vectors import VectorWriting
    from ai_voice_shared.search.writing import Writing

type Spend = Callable[[int], None]
"""Hears how many tokens were read to make a vector."""


class SegmentIndexes:
    """The indexes of all companies. Every method needs the company and uses only its index."""

    def __init__(
        self, store: ObjectStore, folder: Path, embedder: Embedder | None = None, fresh_seconds: float = FRESH_SECONDS
    ) -> None:
        """Keeps in the folder what it has read from S3. It sees a change by others after `fresh_seconds` at most."""
        self._archives = Archives(store, folder, fresh_seconds)
        self._embedder = embedder

    @property
    def has_vectors(self) -> bool:
        """Whether notes are found by what they mean, in any language, and not by their words alone."""
        return self._embedder is not None

    def search(
        self,
        company_id: str,
        question: str,
        scope: Scope = EVERYWHERE,
        limit: int = 10,
        *,
        verbatim: bool = False,
        spend: Spend = lambda _tokens: None,
    ) -> list[Hit]:
        """The passages that answer the question best, best first; raises RetryLater if S3 does not answer.

        Where no note has one of the question's words, what may be near to it comes behind what has the others. With
        `verbatim`, what stands in quotation marks has to stand in each of them, word for word. `spend` hears what the
        question's vector cost.
        """
        archive = self._archives.current(company_id)
        if archive is None:
            return []
        looked_for = sought(question, archive.about.languages, verbatim=verbatim)
        made, unknown = _unspoken(archive, question, looked_for)
        looked_for = replace(looked_for, spelled=[*looked_for.spelled, *made])
        vector = self._vector(company_id, question, archive.about, spend)
        hits = []
        for score, candidate in best(archive, looked_for, vector, scope, limit):
            message_id, first, last = archive.units.passage(candidate.address)
            hits.append(Hit(message_id, first, last, score, tuple(made)))
        if not (hits and unknown) or (verbatim and demands_phrases(question)):
            return hits
        return with_near(hits, _near(archive, unknown, looked_for, scope, limit), limit)

    def near(
        self, company_id: str, question: str, scope: Scope = EVERYWHERE, limit: int = 10, *, verbatim: bool = False
    ) -> list[Hit]:
        """Passages that may have words similar to the question's, the best first; for when `search` finds nothing.

        `near.near_at` then finds the similar words in a passage's text. A required phrase has no similar ones. Raises
        RetryLater if S3 does not answer.
        """
        archive = self._archives.current(company_id)
        if archive is None or (verbatim and demands_phrases(question)):
            return []
        looked_for = near(question, archive.about.languages)
        found = archive.units.near(looked_for, scope, limit) if looked_for else []
        return [Hit(*archive.units.passage(address), score) for score, address in found]

    def newest(self, company_id: str, scope: Scope, limit: int = 10) -> list[Hit]:
        """The passages of the newest notes in scope, with any words; raises RetryLater if S3 does not answer."""
        archive = self._archives.current(company_id)
        found = archive.units.newest(scope, limit) if archive else []
        return [Hit(*archive.units.passage(address), score=0.0) for address in found] if archive else []

    def languages(self, company_id: str) -> tuple[str, ...]:
        """The languages of the company's notes that the index knows; empty while it has none."""
        archive = self._archives.current(company_id)
        return archive.about.languages if archive else ()

    def version(self, company_id: str) -> str:
        """A value that changes with the company's index; empty while it has none."""
        archive = self._archives.current(company_id)
        return archive.etag.strip('"') if archive else ""

    def change(self, company_id: str, add: Sequence[IndexedNote], remove: Sequence[str] = ()) -> Mapping[str, int]:
        """Adds notes (replacing those of the same id) and removes notes by message id, in one write.

        Returns how many tokens were read to make the vectors of each note added; none without an embedder.
        For one writer a company at a time; raises Conflict (a RetryLater) when another wrote meanwhile.
        """
        archive = self._archives.latest(company_id)
        notes = {note.message_id: note for note in add}
        present = [message_id for message_id in {*notes, *remove} if archive and archive.units.holds(message_id)]
        if not notes and not present:
            return {}
        with self._writing(company_id, archive) as changed:
            for message_id in present:
                changed.remove(message_id)
            for note in notes.values():
                changed.add(note)
        return changed.tokens

    def rebuild(self, company_id: str, notes: Iterable[IndexedNote], progress: Callable[[int], None]) -> int:
        """Makes the company's index again from all its notes; `progress` hears how many are in it.

        Returns how many tokens were read to make all vectors. Holds one note at a time (with an embedder, also the
        vectors of all). Raises Conflict when somebody wrote the index meanwhile; the old one stays until the new one is
        complete.
        """
        latest = self._archives.latest(company_id)
        seen: set[str] = set()
        with self._writing(company_id, None, replacing=latest) as made:
            for note in notes:
                if note.message_id not in seen:
                    seen.add(note.message_id)
                    made.add(note)
                    progress(len(seen))
        return sum(made.tokens.values())

    @contextmanager
    def _writing(
        self, company_id: str, archive: Archive | None, replacing: Archive | None = None
    ) -> Iterator["Writing"]:
        """Changes a draft of the archive (a new one for None) and publishes it."""
        from ai_voice_shared.search.writing import writing  # noqa: PLC0415 - a search does not need it

        replaced = archive or replacing
        with self._archives.draft(company_id, archive) as draft:
            about = archive.about if archive else About(embedder=f"{self._embedder.name} 0" if self._embedder else "")
            with writing(draft, about, self._vector_writing(draft, about)) as changed:
                yield changed
            if self._embedder and not About.read(draft).embedder:
                metric("IndexedWordsAlone", reason=_no_vectors(company_id, self._embedder))
            self._archives.publish(company_id, draft, replaced.etag if replaced else None)

    def _vector(self, company_id: str, question: str, about: About, spend: Spend) -> list[float]:
        """The question's; none where the archive's are not of this embedder, or it does not answer now."""
        if self._embedder is None:
            return []
        reason = _no_vectors(company_id, self._embedder)
        if about.is_of(self._embedder.name):
            if not about.dimensions:  # nothing was said yet
                return []
            try:
                vectors = self._embedder.embed([question])
            except (RetryLater, DeadLetter) as error:
                reason = str(error)
            else:
                spend(vectors.tokens)
                if len(vectors.of_texts[0]) == about.dimensions:
                    return vectors.of_texts[0]
        metric("SearchedWordsAlone", reason=reason)
        return []

    def _vector_writing(self, draft: Path, about: About) -> "VectorWriting | None":
        """None where units would stay without a vector: those of an archive without vectors, or with another model's.

        New notes with vectors would be found before old ones without. Only a rebuild makes vectors of all of them.
        """
        if self._embedder is None or not about.is_of(self._embedder.name):
            return None
        from ai_voice_shared.search.vectors import VectorWriting  # noqa: PLC0415 - imports numpy

        return VectorWriting(draft / VECTORS, self._embedder, about.dimensions)


def _no_vectors(company_id: str, embedder: Embedder) -> str:
    return f"the index has no vectors of {embedder.name}: run make index-rebuild COMPANY={company_id}"


def _unspoken(archive: Archive, question: str, looked_for: Sought) -> tuple[list[str], list[str]]:
    """Compounds of the question's words, and parts of its own compounds, which are also searched.

    And the words that no note has in any of these forms.
    """
    languages, of_sections = archive.about.languages, archive.sections
    made = compounds(question, languages, of_sections.beginning, of_sections.contains_word)
    unknown = missing(question, languages, looked_for, of_sections.contains_word)
    for word in unknown:
        made += parts(word, languages, of_sections.contains_word)
    return made, [word for word in unknown if not made_of(word, languages, made)]


def _near(archive: Archive, unknown: Sequence[str], looked_for: Sought, scope: Scope, limit: int) -> list[Hit]:
    """Passages with words similar to these; first those that also have the question's other words."""
    looks_like = near(" ".join(unknown), archive.about.languages)
    found = archive.units.near(looks_like, scope, limit, beside=looked_for) if looks_like else []
    return [Hit(*archive.units.passage(address), score, near=tuple(unknown)) for score, address in found]
