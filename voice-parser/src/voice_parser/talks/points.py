"""The summary of a call in three points, from what was understood of it."""

from ai_voice_shared.intents import Intent, JobToBeDone, KnowledgeDocument
from ai_voice_shared.words.sentences import sentences

_POINTS = 3


def points(note: Intent) -> list[str]:
    """At most three sentences: those of the summary first, then facts or things to do, none twice."""
    summary = note.summary if isinstance(note, JobToBeDone | KnowledgeDocument) else ""
    told = [summary[begin:end] for begin, end in sentences(summary)]
    told += note.key_points if isinstance(note, KnowledgeDocument) else []
    told += [item.what for item in note.action_items] if isinstance(note, JobToBeDone) else []
    return list(dict.fromkeys(one.strip() for one in told if one.strip()))[:_POINTS] or [note.title]
