"""One POST to an endpoint: to the IP that was checked, for ten seconds in all, without following anything."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from ai_voice_shared.webhooks.addresses import Addresses, RefusedAddress, Target
from ai_voice_shared.webhooks.deliveries import Problem

SECONDS = 10.0
"""From the first packet to the last: an answer that trickles in takes no longer."""

_MOST_BYTES = 16_384
"""What is read of an answer."""

_KEPT_CHARACTERS = 200

_REDIRECT = range(300, 400)
_DONE = range(200, 300)
_REFUSED = (400, 413, 415, 422)
"""The endpoint has understood the event and refuses it: the same bytes would get the same answer."""

_GONE = 410


@dataclass(frozen=True)
class Answer:
    """How a try ended.

    Attributes:
        status: 0 without an HTTP answer.
        text: the beginning of its body; never more.
        problem: empty if it was delivered.
    """

    status: int
    ms: int
    text: str = ""
    problem: Problem = ""


@dataclass(frozen=True)
class Poster:
    """Posts to endpoints; an address is checked at each try."""

    addresses: Addresses
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS

    def post(self, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        """Never raises for what the endpoint does."""
        started = time.monotonic()
        try:
            status, text = self._post(self.addresses.target(url), body, headers)
        except RefusedAddress as error:
            problem: Problem = "no_such_host" if error.refusal == "no_such_host" else "address"
            return Answer(0, _since(started), problem=problem)
        except TimeoutError:
            return Answer(0, _since(started), problem="timeout")
        except ssl.SSLCertVerificationError:
            return Answer(0, _since(started), problem="certificate")
        except (OSError, http.client.HTTPException, ValueError):
            late = time.monotonic() - started >= self.seconds
            return Answer(0, _since(started), problem="timeout" if late else "connection")
        return Answer(status, _since(started), text, _problem(status))

    def _post(self, target: Target, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
        ends = time.monotonic() + self.seconds
        with self._connected(target, ends) as connected:
            over = threading.Event()
            cut = threading.Timer(max(0.0, ends - time.monotonic()), _cut, (connected, over))
            cut.start()
            try:
                answer = exchange(target, connected, body, headers)
            finally:
                cut.cancel()
            if over.is_set():  # what was read may look like a whole answer
                raise TimeoutError
            return answer

    def _connected(self, target: Target, ends: float) -> socket.socket:
        """A connection to the first of the checked IPs that takes one; raises OSError."""
        failed: OSError = OSError("no address")
        for address in target.addresses:
            if (left := ends - time.monotonic()) <= 0:
                raise TimeoutError
            try:
                connected = socket.create_connection((address, target.port), timeout=left)
            except OSError as error:
                failed = error
                continue
            if not target.secure:
                return connected
            try:
                return self.tls.wrap_socket(connected, server_hostname=target.host)
            except BaseException:
                connected.close()
                raise
        raise failed


def exchange(target: Target, connected: socket.socket, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    """Sends one request; status and the beginning of the answer. Raises OSError and http.client.HTTPException."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connected
    port = "" if target.port == (443 if target.secure else 80) else f":{target.port}"
    host = f"[{target.host}]" if ":" in target.host else target.host
    sent = {"content-type": "application/json", "user-agent": "ai-voice-tool-webhooks", "host": host + port, **headers}
    connection.request("POST", target.path, body.encode(), sent)
    answer = connection.getresponse()
    return answer.status, _shown(answer.read(_MOST_BYTES))


def _cut(connected: socket.socket, over: threading.Event) -> None:
    """Ends what is being read or written: a socket's own timeout begins again with each byte."""
    over.set()
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _shown(body: bytes) -> str:
    text = body.decode("utf-8", errors="replace")
    return "".join(one if one.isprintable() else " " for one in text[:_KEPT_CHARACTERS]).strip()


def _problem(status: int) -> Problem:
    if status in _DONE:
        return ""
    if status in _REDIRECT:
        return "redirect"
    if status == _GONE:
        return "gone"
    return "refused" if status in _REFUSED else "status"


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
