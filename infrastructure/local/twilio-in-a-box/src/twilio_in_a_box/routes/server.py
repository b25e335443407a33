"""The server on loopback, in a thread of its own."""

import socket
import threading

import uvicorn
from starlette.types import ASGIApp

_STOP_SECONDS = 10.0


class Server:
    """Serves an app at a port of 127.0.0.1, 0 for a free one, which it takes at once."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        # without the protocol's name, asyncio leaves Nagle's algorithm on, which holds each answer back for 40 ms
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._socket.listen(128)  # who asks before the thread runs waits
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="twilio", daemon=True)

    def start(self) -> None:
        """Starts to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the present answers."""
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS)
        self._socket.close()
