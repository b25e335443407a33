"""The sender's POST against real servers: what each answer means, and that none holds it up or leads it away."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ai_voice_shared.webhooks.addresses import Addresses
from webhook_handler.outbound.posting import Poster

HEADERS = {"webhook-id": "msg_1"}


@dataclass
class Server:
    """Answers each connection with the same bytes.

    Attributes:
        requests: what was received, by connection.
    """

    port: int
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def serving(answer: bytes = b"", *, tls: ssl.SSLContext | None = None, trickles: bool = False) -> Iterator[Server]:
    """A server on this machine; one that trickles sends a byte now and then, for ever."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1])

        def serve() -> None:
            while not over.is_set():
                with suppress(OSError):
                    connected, _ = listening.accept()
                    with tls.wrap_socket(connected, server_side=True) if tls else connected as one:
                        server.requests.append(one.recv(65_536))
                        while b"POST" in server.requests[-1] and not server.requests[-1].endswith(b"}"):
                            server.requests[-1] += one.recv(65_536)
                        one.sendall(answer)
                        while trickles and not over.wait(0.05):
                            one.sendall(b"x")

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            over.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            thread.join()


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", ""))
    return lines.encode() + body


def poster(seconds: float = 10.0, **fields: ssl.SSLContext) -> Poster:
    return Poster(Addresses(loopback=True), seconds=seconds, **fields)


def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/in?a=1"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("200 OK", ""),
        ("204 No Content", ""),
        ("400 Bad Request", "refused"),
        ("404 Not Found", "status"),
        ("410 Gone", "gone"),
        ("422 Unprocessable", "refused"),
        ("429 Too Many", "status"),
        ("503 Unavailable", "status"),
    ],
)
def test_what_each_status_means(status: str, problem: str) -> None:
    with serving(http(status, b"unknown\x00site")) as server:
        answer = poster().post(url(server), "{}", HEADERS)
    shown = "" if status.startswith("204") else "unknown site"
    assert (answer.status, answer.problem, answer.text) == (int(status[:3]), problem, shown)


def test_the_request_is_a_post_with_our_headers() -> None:
    with serving(http("200 OK")) as server:
        poster().post(url(server), '{"type": "ü"}', HEADERS)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /in?a=1 HTTP/1.1"
    assert {"webhook-id: msg_1", "content-type: application/json", f"host: 127.0.0.1:{server.port}"} <= set(lines)
    assert body.decode() == '{"type": "ü"}'


def test_a_redirect_is_not_followed() -> None:
    with serving(http("200 OK")) as other, serving(http("302 Found", b"", f"Location: {url(other)}")) as server:
        assert poster().post(url(server), "{}", HEADERS).problem == "redirect"
    assert len(other.requests) <= 1  # of the test's own end
    assert b"POST" not in b"".join(other.requests)


def test_no_more_of_an_answer_is_kept_than_a_line() -> None:
    with serving(http("200 OK", b"a" * 5_000_000)) as server:
        assert len(poster().post(url(server), "{}", HEADERS).text) == 200


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"])
def test_an_answer_that_trickles_in_is_cut_off(begun: bytes) -> None:
    with serving(begun, trickles=True) as server:
        assert poster(seconds=0.5).post(url(server), "{}", HEADERS).problem == "timeout"


@pytest.mark.parametrize("rubbish", [b"", b"\x00\x01\x02\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/9.9 200\r\n" * 9])
def test_what_is_no_http_is_a_failure_like_others(rubbish: bytes) -> None:
    with serving(rubbish) as server:
        assert poster().post(url(server), "{}", HEADERS).problem in {"connection", "timeout"}


def test_a_port_where_nobody_listens_is_a_failure() -> None:
    with serving() as server:
        pass
    assert poster().post(url(server), "{}", HEADERS).problem == "connection"


def test_a_name_that_leads_here_gets_no_connection() -> None:
    with serving(http("200 OK")) as server:
        there = Poster(Addresses(resolve=lambda _host, _port: ["127.0.0.1"]))
        assert there.post(f"https://erp.example:{server.port}/", "{}", HEADERS).problem == "address"
        answers = iter((["93.184.215.14"], ["127.0.0.1"]))
        rebinding = Addresses(resolve=lambda _host, _port: next(answers))
        assert rebinding.target("https://erp.example/").addresses == ("93.184.215.14",)  # as it is saved
        assert Poster(rebinding).post("https://erp.example/", "{}", HEADERS).problem == "address"
        assert server.requests == []


def test_tls_is_made_with_the_checked_ip_and_the_name_of_the_address(tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path, "hooks.example")
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with serving(http("200 OK"), tls=server_tls) as server:
        sender = Poster(Addresses(loopback=True, resolve=resolve), client_tls)
        assert sender.post(f"https://hooks.example:{server.port}/", "{}", HEADERS).problem == ""
        assert asked == ["hooks.example"]
        assert sender.post(f"https://other.example:{server.port}/", "{}", HEADERS).problem == "certificate"
        assert poster().post(f"https://127.0.0.1:{server.port}/", "{}", HEADERS).problem == "certificate"


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The two sides' settings, with a certificate for the name that only the client's knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
