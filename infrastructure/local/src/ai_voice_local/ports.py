"""Which port of the loopback interface a server gets that comes back to it after a stop."""

import random
import socket

LOOPBACK = "127.0.0.1"

_PORTS = range(20_000, 32_768)
"""Below those that Linux (32768–60999) and macOS (49152–65535) give to outgoing connections: while the server is
stopped, no passing connection of some program takes its port."""

_TRIES = 100


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the last run's closed connections do not count
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A free port, another one each time; raises OSError when there is none."""
    for port in random.SystemRandom().sample(_PORTS, _TRIES):  # two processes may have seeded `random` alike
        if is_free(port):
            return port
    raise OSError(f"none of {_TRIES} ports of {LOOPBACK} is free")
