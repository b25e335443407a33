"""How answering is built from settings, in the same way in every service that answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ai_voice_shared.answering.settings import ANSWERERS, EMBEDDERS, AnsweringSettings, SearchSettings
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.engines import choosing
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes

if TYPE_CHECKING:
    from ai_voice_shared.answering.answering import Answering
    from ai_voice_shared.openai.api import OpenAi


def indexes(settings: SearchSettings, store: ObjectStore, connect: "Callable[[], OpenAi]") -> SegmentIndexes:
    """The segment indexes, with vectors when the settings want them."""
    embedder = choosing.build(EMBEDDERS, settings.embedder)(settings.embedding_model, connect)
    return SegmentIndexes(store, settings.index_folder, embedder)


def answering(
    settings: AnsweringSettings,
    *,
    ledger: Ledger,
    stored: StoredNotes,
    segment_indexes: SegmentIndexes,
    connect: "Callable[[], OpenAi]",
    seconds: float,
) -> "Answering":
    """Answering, with at most so many seconds for the model's answer.

    Its imports are inside, because they take a tenth of the cold start of the indexer, which only needs `indexes`.
    """
    from ai_voice_shared.answering.answering import Answering  # noqa: PLC0415 - as said above
    from ai_voice_shared.answering.passages import Passages  # noqa: PLC0415
    from ai_voice_shared.records.conversations import AnswerCache, Conversations  # noqa: PLC0415

    model = choosing.build(ANSWERERS, settings.answerer)(settings.language_model, connect, seconds)
    return Answering(
        indexes=segment_indexes,
        passages=Passages(stored.read),
        conversations=Conversations(ledger),
        cache=AnswerCache(ledger),
        model=model,
        translates=not segment_indexes.has_vectors,
        tells_unproven=settings.unproven_statements == "tell",
    )
