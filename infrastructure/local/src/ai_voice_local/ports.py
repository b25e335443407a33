"""Which port of the loopback interface a server gets, so that it can use the same port again after a stop."""

import random
import socket

LOOPBACK = "127.0.0.1"

_PORTS = range(20_000, 32_768)
"""Lower than the ports that Linux (32768–60999) and macOS (49152–65535) give to outgoing connections: while the server
is stopped, no other connection takes its port."""

_TRIES = 100


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections of the last run do not count
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A free port, a different one each time; raises OSError if there is none."""
    for port in random.SystemRandom().sample(_PORTS, _TRIES):  # two processes may have the same seed for `random`
        if is_free(port):
            return port
    raise OSError(f"none of {_TRIES} ports of {LOOPBACK} is free")
