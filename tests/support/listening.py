"""Which ports this test's own processes listen on, as Linux tells."""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_LISTENS: Final = "0A"
_ADDRESS, _STATE, _INODE = 1, 3, 9  # columns of /proc/net/tcp


def family() -> set[int]:
    """This process and all that it has started, and these."""
    parents = dict(_parents())
    found, before = {os.getpid()}, 0
    while len(found) > before:
        before = len(found)
        found |= {process for process, parent in parents.items() if parent in found}
    return found


def listening() -> set[tuple[str, int]]:
    """The addresses and ports that the family listens on; IPv6 addresses as Linux writes them."""
    ours = {inode for process in family() for inode in _sockets(process)}
    return {address for inode, address in _addresses() if inode in ours}


def _parents() -> Iterator[tuple[int, int]]:
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            yield int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])


def _sockets(process: int) -> Iterator[str]:
    with suppress(OSError):
        for handle in (_PROC / str(process) / "fd").iterdir():
            with suppress(OSError):
                yield str(handle.readlink()).removeprefix("socket:[").removesuffix("]")


def _addresses() -> Iterator[tuple[str, tuple[str, int]]]:
    for table in ("tcp", "tcp6"):
        for line in (_PROC / "net" / table).read_text().splitlines()[1:]:
            columns = line.split()
            if columns[_STATE] == _LISTENS:
                address, _, port = columns[_ADDRESS].partition(":")
                yield columns[_INODE], (_readable(address), int(port, 16))


def _readable(address: str) -> str:
    octets = bytes.fromhex(address)
    return socket.inet_ntoa(octets[::-1]) if len(octets) == 4 else address
