"""Runs the sweep once a minute, as its schedule does on AWS: it finds messages whose webhooks were lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ai_voice_local.deployment import Outputs
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws import functions
from ai_voice_shared.errors import RetryLater

SECONDS = 60.0


@contextmanager
def sweeping(outputs: Outputs, seconds: float = SECONDS) -> Iterator[None]:
    """Begins the sweep's function again and again, for the length of the block."""
    function = outputs.functions["voice-parser"].removesuffix("voice-parser") + "sweep"
    client, ended = aws.lambda_at_once(), threading.Event()

    def work() -> None:
        while not ended.wait(seconds):
            with suppress(RetryLater):  # the next minute tries again
                functions.begin(client, function, "{}")

    thread = threading.Thread(target=work, name="sweep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
