"""What is pushed back for a message that was taken in: each statement, then the whole answer, or an error."""

from dataclasses import dataclass

from pydantic import JsonValue

from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.telemetry import log, timed
from data_api_server.models.ask import AnswerShown, Ask, StatementShown
from data_api_server.notes.asking import Asking
from data_api_server.realtime.channel import Channel
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.problems import Unusable
from data_api_server.realtime.pushing import LARGEST, Push, encoded
from data_api_server.realtime.realtime import AskMessage, Job
from data_api_server.realtime.tickets import Principal

_ENVELOPE = 1024
"""Bytes that a message takes around its answer, with room to spare."""


@dataclass(frozen=True)
class LiveAnswers:
    """Answers the messages handed over, for as long as their client is there."""

    asking: Asking
    keys: ApiKeys
    push: Push
    connections: Connections

    def answer(self, job: Job) -> None:
        """Pushes each statement as it is verified, then the whole answer; a job already taken up is left alone."""
        connection_id, message_id = job["connection_id"], job["message_id"]
        asked = AskMessage.model_validate(job["ask"])
        channel = Channel(self.push, self.connections, connection_id, asked.id)
        with channel.failures_told():
            if not self.connections.take(connection_id, message_id):
                log("already_answered", message_id=message_id)
                return
            principal = self._principal(connection_id)
            with timed("answered_live", company_id=principal.company_id, message_id=message_id):
                self._answer(channel, asked, principal)

    def _principal(self, connection_id: str) -> Principal:
        """Whose the connection is; a key that works no more ends what was opened with it."""
        principal = self.connections.principal(connection_id)
        if principal and self._may_ask(principal):
            return principal
        self.connections.close(connection_id)
        raise Unusable(401, "What this connection was opened with does not work any more: buy a new ticket.")

    def _may_ask(self, principal: Principal) -> bool:
        return self.keys.may(principal.company_id, principal.key_id, "read")

    def _answer(self, channel: Channel, asked: Ask, principal: Principal) -> None:
        def tell(statement: StatementShown) -> None:
            # When nobody is there any more, this raises, out of the answering and through all that is left of it.
            channel.say("statement", statement=statement.model_dump())

        channel.say("done", answer=_fitting(self.asking.answered(asked, principal, tell)))


def _fitting(shown: AnswerShown) -> dict[str, JsonValue]:
    """The answer; without its statements, which have all been pushed, where it would not fit into one message."""
    whole = shown.model_dump()
    return whole if len(encoded(whole)) <= LARGEST - _ENVELOPE else whole | {"statements": []}
