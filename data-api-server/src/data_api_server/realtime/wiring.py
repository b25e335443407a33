"""Which real clients the WebSocket API's function works with; each part is made when it is first needed."""

import functools

import boto3
from botocore.config import Config

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Allowances, Usage
from ai_voice_shared.stored.stored_notes import StoredNotes
from data_api_server.notes.asking import Asking
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.handing_over import Itself
from data_api_server.realtime.pushing import Push
from data_api_server.realtime.realtime import Desk, LiveAnswers
from data_api_server.realtime.settings import RealtimeSettings
from data_api_server.realtime.tickets import Tickets

_PUSH = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})

_ANSWER_SECONDS = 75.0
"""For the answer; with what comes before it, it stays below the function's 120 s, so that the client always hears."""


class Parts:
    """The parts of the function, from a handshake's to the answering."""

    def __init__(self, settings: RealtimeSettings) -> None:
        self._settings = settings
        self._ledger = Ledger(aws.dynamodb(), settings.table)
        self.tickets = Tickets(self._ledger)
        self.connections = Connections(self._ledger)

    @functools.cached_property
    def desk(self) -> Desk:
        """Takes messages in."""
        itself = Itself(aws.lambda_(), self._settings.function_name)
        return Desk(self._push, self.connections, self._allowances, itself.hand_over)

    @functools.cached_property
    def answers(self) -> LiveAnswers:
        """Answers what was handed over."""
        from ai_voice_shared.answering import wiring as answering_wiring  # noqa: PLC0415 - a handshake pays for none of it
        from ai_voice_shared.answering.settings import AnsweringSettings  # noqa: PLC0415 - as above

        settings = AnsweringSettings.load()
        store, notes = ObjectStore(aws.s3(), self._settings.bucket), Notes(self._ledger)
        connect = answering_wiring.openai_connection(settings, Secrets(aws.secretsmanager()))
        answering = answering_wiring.answering(
            settings,
            ledger=self._ledger,
            stored=StoredNotes(notes, store),
            segment_indexes=answering_wiring.indexes(settings, store, connect),
            connect=connect,
            seconds=_ANSWER_SECONDS,
        )
        asking = Asking(answering, notes, store, self._settings.url_seconds, self._allowances)
        return LiveAnswers(asking, ApiKeys(self._ledger), self._push, self.connections)

    @functools.cached_property
    def _allowances(self) -> Allowances:
        customers = CustomerLookup(aws.lambda_(), self._settings.customer_lookup_function)
        return Allowances(Usage(self._ledger), customers, Paces(self._ledger))

    @functools.cached_property
    def _push(self) -> Push:
        endpoint = self._settings.management_endpoint
        client = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint, config=_PUSH)
        return Push(client.post_to_connection, client.delete_connection)
