"""The embedded AWS's process: ministack behind our gate, so that no port is open without a secret.

Each environment of a function has a Runtime API on its own port, which gives out events and takes answers. It asks
for a secret as the first part of the path. Only the function's process gets this secret (function_runtime.py).
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from functools import partialmethod
from types import SimpleNamespace
from typing import Any

from ministack import app
from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from ai_voice_local.access import LocalHandler
from ai_voice_local.aws import conditions
from ai_voice_local.aws.gate import Gate

_LOG_SECONDS = 0.005
"""How long an answer waits for the function's first line of log. A later one is told with the next answer."""


def main() -> None:
    """Serves until it is ended, as the variables say (embedded_aws.py)."""
    _close_runtime_api(secrets.token_urlsafe())
    _draw_role_credentials(secrets.token_bytes())
    conditions.read_once()
    app._port_is_bindable = lambda *_: False  # noqa: SLF001 - over TLS it would open port 443, too
    app.app = Gate(app.app, os.environ["MINISTACK_ACCOUNT_ID"])
    app.main()


def _close_runtime_api(secret: str) -> None:
    worker = lambda_runtime.ProvidedWorker
    worker._build_handler_class = _closed(worker._build_handler_class, secret)  # noqa: SLF001 - it has no other place
    worker._drain_stderr_bounded = partialmethod(worker._drain_stderr_bounded, first_line_wait=_LOG_SECONDS)  # noqa: SLF001
    lambda_svc._provided_worker_env = _told(lambda_svc._provided_worker_env, secret)  # noqa: SLF001 - as above


def _closed(build: Callable[..., type[Any]], secret: str) -> Callable[..., type[Any]]:
    def closed(*arguments: Any) -> type[Any]:
        return type("Closed", (_RuntimeHandler, build(*arguments)), {"secret": secret})

    return closed


class _RuntimeHandler(LocalHandler):
    secret: str
    disable_nagle_algorithm = True
    """An event's head and body are two writes: the second one would wait 40 ms for the first one's receipt."""

    def refusal(self) -> str:
        """Why the request is refused; empty if it is not."""
        given = self.path.removeprefix("/").partition("/")[0]
        known = hmac.compare_digest(given.encode(), self.secret.encode())
        return super().refusal() or ("" if known else "Only the function itself may send requests.")


def _told(environment: Callable[..., dict[str, str]], secret: str) -> Callable[..., dict[str, str]]:
    def told(*arguments: Any) -> dict[str, str]:
        given = environment(*arguments)
        return given | {"AWS_LAMBDA_RUNTIME_API": f"{given['AWS_LAMBDA_RUNTIME_API']}/{secret}"}

    return told


def _draw_role_credentials(key: bytes) -> None:
    """If roles are enforced, ministack makes a function's credentials only from its name and its role's name."""

    def digest(text: bytes) -> Any:
        is_secret = text.startswith((b"secret:", b"token:"))
        return hmac.new(key, text, "sha256") if is_secret else hashlib.sha256(text)

    lambda_runtime.hashlib = SimpleNamespace(sha256=digest)


if __name__ == "__main__":
    main()
