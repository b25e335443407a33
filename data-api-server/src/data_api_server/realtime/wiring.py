"""Which real clients the WebSocket API's function uses. Each part is made when it is first needed."""

import functools
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage
from data_api_server.realtime.async_invoker import AsyncInvoker
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.pushing import Push
from data_api_server.realtime.realtime import MessageHandler
from data_api_server.realtime.settings import RealtimeSettings
from data_api_server.realtime.tickets import Tickets

if TYPE_CHECKING:
    from data_api_server.realtime.live_answers import LiveAnswers
    from data_api_server.realtime.news import Newscast

_PUSH = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})


class Parts:
    """The parts of the function: handshakes, messages, answers."""

    def __init__(self, settings: RealtimeSettings) -> None:
        self._settings = settings
        self._ledger = Ledger(aws.dynamodb(), settings.table)
        self.tickets = Tickets(self._ledger)
        self.connections = Connections(self._ledger)

    @functools.cached_property
    def desk(self) -> MessageHandler:
        """Takes messages."""
        itself = AsyncInvoker(aws.lambda_(), self._settings.function_name)
        return MessageHandler(self._push, self.connections, self._allowances, itself.invoke_later)

    @functools.cached_property
    def answers(self) -> "LiveAnswers":
        """Answers what was handed over."""
        from data_api_server.realtime import answers_wiring  # noqa: PLC0415 - a handshake pays for none of it

        settings, ledger = self._settings, self._ledger
        return answers_wiring.build(settings, ledger, self._push, self.connections, self._allowances)

    @functools.cached_property
    def news(self) -> "Newscast":
        """Tells consoles of changed notes and tasks."""
        from ai_voice_shared.records.api_keys import ApiKeys  # noqa: PLC0415 - as above
        from ai_voice_shared.records.notes import Notes  # noqa: PLC0415
        from ai_voice_shared.tasks.tasks import Tasks  # noqa: PLC0415
        from data_api_server.realtime.news import Newscast  # noqa: PLC0415

        return Newscast(Notes(self._ledger), Tasks(self._ledger), ApiKeys(self._ledger), self.connections, self._push)

    @functools.cached_property
    def _allowances(self) -> Quotas:
        customers = CustomerLookup(aws.lambda_(), self._settings.customer_lookup_function)
        return Quotas(Usage(self._ledger), customers, Paces(self._ledger))

    @functools.cached_property
    def _push(self) -> Push:
        endpoint = self._settings.management_endpoint
        client = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint, config=_PUSH)
        return Push(client.post_to_connection, client.delete_connection)
