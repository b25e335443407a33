"""Which real clients answer what was handed over.

Apart from wiring.py: an answer takes the search engine, and waits for a model; a handshake does neither.
"""

from ai_voice_shared.answering import wiring as answering_wiring
from ai_voice_shared.answering.settings import AnsweringSettings
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.engines.connecting import openai_connection
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Quotas
from ai_voice_shared.stored.stored_notes import StoredNotes
from data_api_server.notes.asking import Asking
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.live_answers import LiveAnswers
from data_api_server.realtime.pushing import Push
from data_api_server.realtime.settings import RealtimeSettings

_ANSWER_SECONDS = 75.0
"""For the answer; with what comes before it, it stays below the function's 120 s, so that the client always hears."""


def build(
    settings: RealtimeSettings, ledger: Ledger, push: Push, connections: Connections, quotas: Quotas
) -> LiveAnswers:
    """The answering on AWS."""
    answers = AnsweringSettings.load()
    store, notes = ObjectStore(aws.s3(), settings.bucket), Notes(ledger)
    connect = openai_connection(answers, Secrets(aws.secretsmanager()))
    answering = answering_wiring.answering(
        answers,
        ledger=ledger,
        stored=StoredNotes(notes, store),
        segment_indexes=answering_wiring.indexes(answers, store, connect),
        connect=connect,
        seconds=_ANSWER_SECONDS,
    )
    asking = Asking(answering, notes, store, settings.url_seconds, quotas)
    return LiveAnswers(asking, ApiKeys(ledger), push, connections)
