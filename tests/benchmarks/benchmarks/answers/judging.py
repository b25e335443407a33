"""Whether an answer without a language model answers: the product's own answering, on its own index of all notes."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from support.account import open_account

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Question, Statement
from ai_voice_shared.answering.passages import Passages
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.times.zones import zone
from ai_voice_shared.words.sentences import sentences
from benchmarks.answers.questions import Labelled

_COMPANY = "benchmark"
_ZONE = zone("Europe/Berlin")
_ASKED_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Judged:
    """A question with the extracts that answer it, best first."""

    labelled: Labelled
    extracts: tuple[Statement, ...]

    @property
    def first_answers(self) -> bool:
        """Whether the first extract is of the right note, and has all words of the answer."""
        return any(map(self._answers, self.extracts[:1]))

    @property
    def a_sentence_answers(self) -> bool:
        """Whether the first extract answers, and is one sentence."""
        return self.first_answers and len(list(sentences(self.extracts[0].text))) == 1

    @property
    def some_answer(self) -> bool:
        """The same of any extract."""
        return any(map(self._answers, self.extracts))

    @property
    def first_is_of_the_note(self) -> bool:
        """Whatever it says."""
        return any(map(self._is_of_the_note, self.extracts[:1]))

    def _answers(self, extract: Statement) -> bool:
        return self._is_of_the_note(extract) and all(_contains(extract.text, words) for words in self.labelled.answer)

    def _is_of_the_note(self, extract: Statement) -> bool:
        return any(citation.message_id == self.labelled.note for citation in extract.citations)


@contextmanager
def answering(notes: Sequence[IndexedNote], folder: Path) -> Iterator[Answering]:
    """Answering over these notes, on an account in this process; without a model."""
    by_id = {note.message_id: note for note in notes}
    with open_account() as account:
        indexes = SegmentIndexes(account.store, folder, fresh_seconds=3600)
        indexes.rebuild(_COMPANY, notes, lambda _count: None)
        passages = Passages(lambda _company, message_id: by_id.get(message_id))
        yield Answering(indexes, passages, Conversations(account.ledger), AnswerCache(account.ledger))


def judged(labelled: Labelled, ask: Answering) -> Judged:
    """The question, asked as the API asks a single one."""
    question = Question(_COMPANY, "benchmark", labelled.question, zone=_ZONE, asked_at=_ASKED_AT)
    return Judged(labelled, ask.ask(question).statements)


def _contains(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text.casefold()))
