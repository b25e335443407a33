"""Who may use a port of the local run: a program on this machine, or a page that this machine served.

Any web page that is open in a browser can send requests to loopback, and a page whose name suddenly means 127.0.0.1
(DNS rebinding) can read the answers, too. The browser's headers show both: `Origin` names the page, and `Host` the name
that it asked for. Every port checks these first. After that, each port also asks for a secret of this run, because
other users' programs send no Origin and can send any Host.
"""

import ipaddress
import urllib.parse
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

_OURS = ("127.0.0.1", "localhost")
_SERVED_HERE = (*_OURS, "::1")


def refusal(peer: str, port: int, hosts: Sequence[str], origins: Sequence[str]) -> str:
    """Why a request is refused, as a sentence; empty if it is not.

    Args:
        peer: the address from which it comes.
        port: the port to which it came.
        hosts: its `Host` headers; there has to be exactly one.
        origins: its `Origin` headers; programs send none.
    """
    if not _is_loopback(peer):
        return "Only programs on this machine may send requests."
    if not hosts or any(host not in {f"{ours}:{port}" for ours in _OURS} for host in hosts):
        return f"The Host of a request has to be {_OURS[0]}:{port} or {_OURS[1]}:{port}."
    if any(not _is_from_here(origin) for origin in origins):
        return "Pages of other hosts may not send requests."
    return ""


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def _is_from_here(origin: str) -> bool:
    try:
        page = urllib.parse.urlsplit(origin)
    except ValueError:
        return False
    return page.scheme in {"http", "https"} and page.hostname in _SERVED_HERE


class LocalHandler(BaseHTTPRequestHandler):
    """Answers 403 to requests that are not allowed. Its subclasses do the rest."""

    def parse_request(self) -> bool:
        """Reads the request's head; returns whether there is a request to answer."""
        if not super().parse_request():
            return False
        if problem := self.refusal():
            self.send_error(HTTPStatus.FORBIDDEN, problem)
        return not problem

    def refusal(self) -> str:
        """Why the request is refused; empty if it is not."""
        hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        return refusal(self.client_address[0], self.connection.getsockname()[1], hosts, origins)
