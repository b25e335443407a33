"""A server on a Unix socket, which unit tests may use. It answers each connection with given bytes and closes it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """The socket's path, for a transport's `uds`; the answers come first to last, one a connection."""
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = str(Path(folder) / "s")
        server.bind(path)
        server.listen()
        thread = threading.Thread(target=_answer, args=(server, answers))
        thread.start()
        yield path
        thread.join()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer as it goes over the wire; its length is told by the headers, or by the end of the connection."""
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, "")).encode() + body


def _answer(server: socket.socket, answers: tuple[bytes, ...]) -> None:
    for one in answers:
        connection, _ = server.accept()
        with connection:
            _read_request(connection)
            connection.sendall(one)


def _read_request(connection: socket.socket) -> None:
    """To its end: a socket that is closed with bytes unread resets the connection."""
    received = b""
    while not _is_whole(received):
        received += connection.recv(65536)


def _is_whole(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    told = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
    return bool(end) and len(body) >= int(told.partition(b":")[2])
