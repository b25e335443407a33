"""A worker process of the soak: the real worker or indexer with engines that cost nothing, polling until the end."""

import dataclasses
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from support import patient
from support.app import FakeTranscriber

from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.intents import Intent, Other
from chaos import gates
from chaos.invoking import Context
from chaos.soak.faults import Faults, shorten_backoffs
from voice_parser import handler, indexer_handler
from voice_parser.outside import real_outside
from voice_parser.settings import Settings
from voice_parser.understanding.understanding import Analysis
from voice_parser.worker import wiring

HEARD = "the gate was oiled, says this recording"

_BATCH = 10
_HIDDEN_SECONDS = 60
_REMAINING_MS = 170_000
"""The lease outlasts any batch, also on a slow machine: nobody ends a worker here, as Lambda would."""


@dataclass(frozen=True)
class Soaking:
    """What one process does.

    Attributes:
        environment: of the deployed function, and what leads AWS clients to the embedded AWS.
    """

    function: Literal["worker", "indexer"]
    queue_url: str
    environment: Mapping[str, str]
    faults: Faults
    log: Path


@dataclass(frozen=True)
class Soaked:
    """What it has done: faults injected, by kind, of so many requests."""

    injected: Counter[str]
    requests: int


class StubAnalyzer:
    """Takes a note's own words for its title, so that each reply tells which note it is for."""

    def understand(
        self,
        transcript: Transcript,
        _company: Company,
        _received: object = None,
        _kind: type[Intent] | None = None,
    ) -> Analysis:
        """Costs nothing."""
        return Analysis(language="en", note=Other(intent="other", title=transcript.text, tag="soak"), engine="stub")


def soak(soaking: Soaking, pipe: Connection) -> None:
    """Polls and works until the pipe says to end; tells how many faults there were."""
    os.environ.update(soaking.environment)
    log = os.open(soaking.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    gates.install(soaking.faults)
    shorten_backoffs()
    handle = _worker() if soaking.function == "worker" else indexer_handler.handle
    _poll(soaking.queue_url, handle, pipe)
    pipe.send(Soaked(soaking.faults.injected, soaking.faults.requests))
    pipe.close()
    os._exit(0)


def _worker() -> Callable[[Any, Any], Any]:
    """The handler over a worker whose engines are stubs; all else in it is real."""
    settings = Settings.load()
    outside = dataclasses.replace(
        real_outside(settings), transcriber=FakeTranscriber(HEARD), analyzer=StubAnalyzer(), answering=None
    )
    stubbed = wiring.worker(settings, wiring.pipeline(outside))
    setattr(handler, "_worker", lambda: stubbed)  # noqa: B010 - where the handler keeps what wiring makes
    return handler.handle


def _poll(queue_url: str, handle: Callable[[Any, Any], Any], pipe: Connection) -> None:
    """As Lambda's poller, whose own requests do not fail."""
    sqs = patient.sqs()
    while not pipe.poll():
        found = sqs.receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=_BATCH,
            VisibilityTimeout=_HIDDEN_SECONDS,
            MessageSystemAttributeNames=["All"],
        ).get("Messages", [])
        if not found:
            time.sleep(0.1)
            continue
        records = [
            {"messageId": one["MessageId"], "receiptHandle": one["ReceiptHandle"], "body": one["Body"]}
            | {"attributes": one["Attributes"]}
            for one in found
        ]
        answer = handle({"Records": records}, Context(_REMAINING_MS))
        again = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        done = [one for one in found if one["MessageId"] not in again]
        if done:
            entries = [{"Id": str(n), "ReceiptHandle": one["ReceiptHandle"]} for n, one in enumerate(done)]
            sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)  # type: ignore[arg-type]
