"""What a forked process does: it becomes one invocation of a deployed function, with the function's real code."""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any
from unittest import mock

import av.subtitles
import boto3
import httpx
import httpx2
import openai.resources.audio
import openai.resources.embeddings
import openai.resources.responses

import ai_voice_shared.answering.verification
import ai_voice_shared.openai.api
import ai_voice_shared.search.vectors
import ai_voice_shared.search.writing
import voice_parser.handler
import voice_parser.indexer_handler
import voice_parser.live_handler
import voice_parser.speech.transcribers.openai
import voice_parser.sweep_handler
import voice_parser.understanding.analyzers.openai
import voice_parser.worker.turns
import webhook_handler.handler
import webhook_handler.outbound_handler
from ai_voice_local.aws.embedded_aws import REGION
from ai_voice_shared.domain import now
from chaos import gates
from chaos.forks import Function, Task, Told

_HANDLERS: dict[Function, Callable[[Any, Any], Any]] = {
    "worker": voice_parser.handler.handle,
    "indexer": voice_parser.indexer_handler.handle,
    "live": voice_parser.live_handler.handle,
    "webhook": webhook_handler.handler.handle,
    "sweep": voice_parser.sweep_handler.handle,
    "sender": webhook_handler.outbound_handler.handle,
}

IMPORTED: Iterable[object] = (
    av.subtitles,
    openai.resources.audio,
    openai.resources.embeddings,
    openai.resources.responses,
    ai_voice_shared.answering.verification,
    ai_voice_shared.openai.api,
    ai_voice_shared.search.vectors,
    ai_voice_shared.search.writing,
    voice_parser.speech.transcribers.openai,
    voice_parser.understanding.analyzers.openai,
)
"""What the handlers would import only when it is used; imported once, before all forks."""

for _service in ("s3", "sqs", "dynamodb", "secretsmanager", "lambda"):
    # Reads the service's description, which every fork then has; it opens no connection.
    boto3.client(_service, region_name=REGION, aws_access_key_id="-", aws_secret_access_key="-")
for _client in (httpx.Client, httpx2.Client):
    _client().close()  # it imports its transports only then

gc.collect()
gc.freeze()  # or each fork would look at all of it once, and so copy it


@dataclass(frozen=True)
class Context:
    """Lambda's context, as far as our handlers look at it."""

    remaining_ms: int

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is ended."""
        return self.remaining_ms


def invoke(task: Task, pipe: Connection) -> None:
    """Handles the task's event, tells what came of it, and ends the process."""
    os.environ.update(task.environment)
    log = os.open(task.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    ports = gates.watch_connections() if task.watched else set()
    if task.watched:
        task.gate.begin()
    gates.install(task.gate)
    mock.patch.object(voice_parser.worker.turns, "now", side_effect=lambda: now() + task.later).start()
    answer = _HANDLERS[task.function](task.event, Context(task.remaining_ms))
    sys.stdout.flush()
    pipe.send(Told(answer, task.gate if task.watched else None, ports))
    pipe.close()
    os._exit(0)  # nothing here is worth tidying up
