"""What is pushed back for a message that was taken in: each statement, then the whole answer, or an error."""

from dataclasses import dataclass

from pydantic import JsonValue

from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.telemetry import log, timed
from data_api_server.models.ask import AnswerShown, Ask, StatementShown
from data_api_server.notes.asking import Asking
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.line import Line
from data_api_server.realtime.problems import Unusable
from data_api_server.realtime.pushing import LARGEST, Push, encoded
from data_api_server.realtime.realtime import AskMessage, Job
from data_api_server.realtime.tickets import Bearer

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
        line = Line(self.push, self.connections, connection_id, asked.id)
        with line.failures_told():
            if not self.connections.take(connection_id, message_id):
                log("already_answered", message_id=message_id)
                return
            bearer = self._bearer(connection_id)
            with timed("answered_live", company_id=bearer.company_id, message_id=message_id):
                self._answer(line, asked, bearer)

    def _bearer(self, connection_id: str) -> Bearer:
        """Whose the connection is; a key that works no more ends what was opened with it."""
        bearer = self.connections.bearer(connection_id)
        if bearer and self._may_ask(bearer):
            return bearer
        self.connections.close(connection_id)
        raise Unusable(401, "What this connection was opened with does not work any more: buy a new ticket.")

    def _may_ask(self, bearer: Bearer) -> bool:
        return self.keys.may(bearer.company_id, bearer.key_id, "read")

    def _answer(self, line: Line, asked: Ask, bearer: Bearer) -> None:
        def tell(statement: StatementShown) -> None:
            # When nobody is there any more, this raises, out of the answering and through all that is left of it.
            line.say("statement", statement=statement.model_dump())

        line.say("done", answer=_fitting(self.asking.answered(asked, bearer, tell)))


def _fitting(shown: AnswerShown) -> dict[str, JsonValue]:
    """The answer; without its statements, which have all been pushed, where it would not fit into one message."""
    whole = shown.model_dump()
    return whole if len(encoded(whole)) <= LARGEST - _ENVELOPE else whole | {"statements": []}
